import {
  createDocumentIssuer,
  createDocumentRoot,
  type DigestKey,
  type DocumentCertificateOptions,
  fileDigestKey,
  fileKey,
  issueDocumentCertificate,
  type KeyAlgorithm,
  type SigningKey,
  uncertifiedKey,
} from '../src/index.ts'
import { testPrivateKey } from './test-keys.ts'

export const now = Date.UTC(2026, 5, 1)
export const day = 86_400_000

/** A root and an issuer for documents, and what they issue, for tests. Keys of one algorithm throughout. */
export class TestDocumentAuthority {
  readonly algorithm: KeyAlgorithm
  readonly root: SigningKey
  readonly issuer: SigningKey

  private constructor(algorithm: KeyAlgorithm, root: SigningKey, issuer: SigningKey) {
    this.algorithm = algorithm
    this.root = root
    this.issuer = issuer
  }

  static async create(algorithm: KeyAlgorithm = 'ecdsa-sha256'): Promise<TestDocumentAuthority> {
    const make = (name: string) => uncertifiedKey(testPrivateKey(algorithm, name), algorithm)
    const subject = (commonName: string) => ({ commonName, organization: 'Test', country: 'TH' })
    const root = await createDocumentRoot(make('root'), { subject: subject('Root'), now, years: 20 })
    const issuer = await createDocumentIssuer(root, make('issuer'), {
      subject: subject('Issuer'),
      now,
      years: 5,
    })
    return new TestDocumentAuthority(algorithm, root, issuer)
  }

  get chain(): Uint8Array[] {
    return [this.issuer.certificate, ...this.issuer.chain]
  }

  /** What a person holds: key and certificate. */
  async officer(options: Partial<DocumentCertificateOptions> = {}, name = 'officer'): Promise<OfficerFiles> {
    const privateKey = testPrivateKey(this.algorithm, name)
    const { publicKey } = uncertifiedKey(privateKey, this.algorithm)
    const certificate = await issueDocumentCertificate(this.issuer, {
      publicKey,
      subject: { commonName: 'สมชาย ใจดี', title: 'นายทะเบียน', organization: 'กรมทดสอบ', country: 'TH' },
      now,
      days: 365,
      ...options,
    })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    return { pem, certificate, chain: this.chain }
  }

  async key(options: Partial<DocumentCertificateOptions> = {}, name = 'officer'): Promise<SigningKey> {
    return fileKey({ ...(await this.officer(options, name)), algorithm: this.algorithm })
  }

  async digestKey(): Promise<DigestKey> {
    return fileDigestKey(await this.officer())
  }
}

export interface OfficerFiles {
  readonly pem: string
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
}
