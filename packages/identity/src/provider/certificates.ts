import type { X509Certificate } from 'node:crypto'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { CertificateOf } from './ports.ts'

type Property = `tls_client_auth_${'subject_dn' | `san_${'dns' | 'uri' | 'ip' | 'email'}`}`

/** oidc-provider's side of RFC 8705, on what the composer tells of the request's certificate. */
export function mutualTls(certificateOf: CertificateOf) {
  return {
    enabled: true,
    certificateBoundAccessTokens: true,
    selfSignedTlsClientAuth: true,
    tlsClientAuth: true,
    getCertificate: (ctx: KoaContextWithOIDC) => certificateOf(ctx.req)?.certificate,
    certificateAuthorized: (ctx: KoaContextWithOIDC) => certificateOf(ctx.req)?.trusted ?? false,
    certificateSubjectMatches: (ctx: KoaContextWithOIDC, property: string, expected: string) => {
      const certificate = certificateOf(ctx.req)?.certificate
      return certificate !== undefined && names(certificate, property as Property, expected)
    },
  }
}

/** Names are compared exactly: no wildcards, no parts of them (RFC 8705 §2.1.2). */
function names(certificate: X509Certificate, property: Property, expected: string): boolean {
  if (property === 'tls_client_auth_subject_dn') return sortedDn(certificate.subject) === sortedDn(expected)
  const label = { dns: 'DNS', uri: 'URI', ip: 'IP Address', email: 'email' }[property.slice(20)]
  return (certificate.subjectAltName ?? '').split(', ').includes(`${label}:${expected}`)
}

/** RFC 4514 writes a name from its end, node from its beginning, with a line for each part: only the parts count. */
function sortedDn(dn: string): string {
  return dn
    .split(/\n|(?<!\\),\s*/)
    .filter((part) => part !== '')
    .sort()
    .join('\n')
}
