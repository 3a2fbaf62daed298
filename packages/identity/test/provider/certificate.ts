import { createRoot, generateSigner, issueCertificate } from '@sapan/trust'

/** A TLS certificate (DER) for a name, of an authority that is made for it. */
export function testCertificate(dns: string): Buffer {
  const now = Date.now()
  const signer = generateSigner('ecdsa-p256-sha256')
  const root = createRoot({ subject: { commonName: 'Test root' }, signer, now, years: 1 })
  const { publicKey } = generateSigner('ecdsa-p256-sha256')
  return issueCertificate(root, {
    publicKey,
    profile: 'tls',
    subject: { commonName: dns },
    now,
    days: 30,
    dns: [dns],
  })
}
