import {
  type Authority,
  type CertificateProfile,
  createIssuer,
  createRoot,
  generateSigner,
  issueCertificate,
  type SignatureAlgorithm,
  type Signer,
  toPem,
} from '@sapan/trust'

/** A root, an issuer under it, and what they issue, made the way the center makes them. */
export interface TestAuthority {
  readonly algorithm: SignatureAlgorithm
  readonly root: Authority
  readonly issuer: Authority
  issue(profile: CertificateProfile, uris?: readonly string[]): { certificate: Buffer; signer: Signer }
}

export function createTestAuthority(algorithm: SignatureAlgorithm, now = Date.now()): TestAuthority {
  const subject = (commonName: string) => ({ commonName, organization: 'Conformance', country: 'TH' })
  const root = createRoot({ subject: subject('Root'), signer: generateSigner(algorithm), now, years: 20 })
  const issuer = createIssuer(root, {
    subject: subject('Issuer'),
    signer: generateSigner(algorithm),
    now,
    years: 5,
  })
  return {
    algorithm,
    root,
    issuer,
    issue(profile, uris = []) {
      const signer = generateSigner(algorithm)
      const options = { publicKey: signer.publicKey, profile, subject: subject(profile), uris, now, days: 90 }
      const names = profile === 'tls' ? { dns: ['gateway.example'], ips: ['127.0.0.1'] } : {}
      return { signer, certificate: issueCertificate(issuer, { ...options, ...names }) }
    },
  }
}

/** The files of an authority as OpenSSL takes them. */
export function authorityFiles({ root, issuer }: TestAuthority): Record<string, string> {
  const [above, between] = [toPem(root.certificate), toPem(issuer.certificate)]
  return { 'root.pem': above, 'issuer.pem': between, 'chain.pem': between + above }
}
