import {
  type Authority,
  type CertificateOptions,
  createIssuer,
  createRoot,
  fingerprint,
  generateSigner,
  issueCertificate,
  type SignatureAlgorithm,
  type Signer,
} from '../src/index.ts'

export const now = Date.UTC(2026, 5, 1)
export const day = 86_400_000

/** A root, an issuer under it, and what they issue, for tests. */
export class TestAuthority {
  readonly root: Authority
  readonly issuer: Authority
  readonly algorithm: SignatureAlgorithm

  constructor(algorithm: SignatureAlgorithm = 'ecdsa-p256-sha256') {
    this.algorithm = algorithm
    const make = () => generateSigner(algorithm)
    this.root = createRoot({ subject: { commonName: 'Test root' }, signer: make(), now, years: 30 })
    this.issuer = createIssuer(this.root, {
      subject: { commonName: 'Test issuer' },
      signer: make(),
      now,
      years: 5,
    })
  }

  get chain(): Buffer[] {
    return [this.issuer.certificate, this.root.certificate]
  }

  get roots(): string[] {
    return [fingerprint(this.root.certificate)]
  }

  issue(options: Partial<CertificateOptions> = {}): { signer: Signer; certificate: Buffer } {
    const signer = generateSigner(this.algorithm)
    const certificate = issueCertificate(this.issuer, {
      publicKey: signer.publicKey,
      profile: 'signing',
      subject: { commonName: 'กรมการปกครอง', organization: 'กระทรวงมหาดไทย', country: 'TH' },
      uris: ['sapan:member:TH/GOV/DOPA'],
      now,
      days: 90,
      ...options,
    })
    return { signer, certificate }
  }
}

/** The bytes with one bit changed. */
export function flipped(bytes: Uint8Array, at: number, bit = 0): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ (1 << bit)
  return copy
}
