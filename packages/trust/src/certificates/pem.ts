export type PemLabel = 'CERTIFICATE' | 'CERTIFICATE REQUEST'

/** DER as PEM (RFC 7468). */
export function toPem(der: Uint8Array, label: PemLabel = 'CERTIFICATE'): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g)
  return `-----BEGIN ${label}-----\n${(lines ?? []).join('\n')}\n-----END ${label}-----\n`
}

/** Every element with that label in a PEM text, as DER; empty when there is none. */
export function fromPem(pem: string, label: PemLabel = 'CERTIFICATE'): Buffer[] {
  const blocks = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`, 'g')
  return [...pem.matchAll(blocks)].map((block) => Buffer.from(block[1] ?? '', 'base64'))
}
