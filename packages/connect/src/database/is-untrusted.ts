/** What Node says of certificates that it does not trust, of their names and their time. */
const CERTIFICATE = /certificate|altnames|self-signed|UNABLE_TO_VERIFY|ERR_TLS_CERT|CERT_/i

/** Whether a connection was not made because the server's certificate is not trusted. */
export function isUntrusted(error: unknown): boolean {
  for (let at: unknown = error, deep = 0; at instanceof Error && deep < 5; at = at.cause, deep += 1)
    if (CERTIFICATE.test(`${'code' in at ? at.code : ''} ${at.message}`)) return true
  return false
}
