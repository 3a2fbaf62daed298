import type { KeyObject } from 'node:crypto'
import {
  answerOcsp,
  type CertificateStatus,
  createCrl,
  createDocumentIssuer,
  createDocumentRoot,
  createTimestampAuthority,
  type DocumentCertificateOptions,
  type DocumentProfile,
  generateKey,
  generateSigner,
  issueDocumentCertificate,
  type KeyAlgorithm,
  type SigningKey,
  type UncertifiedKey,
  withCertificate,
} from '@sapan/trust'
import {
  localRevocation,
  localTimestamper,
  type PdfSigningOptions,
  type RevocationSource,
  type Timestamper,
} from '../../src/sign/index.ts'

export const now = Date.UTC(2026, 5, 1, 9)
export const day = 86_400_000

/** A root, an issuer, a time-stamp authority and an OCSP responder, for tests. */
export class TestPki {
  readonly root: SigningKey
  readonly issuer: SigningKey
  readonly responder: SigningKey
  readonly stamping: { readonly certificate: Buffer; readonly signer: ReturnType<typeof generateSigner> }
  /** What its clocks say. */
  readonly now: number
  /** Revoked or unknown, by serial number in hex. */
  readonly states = new Map<string, CertificateStatus>()
  #serial = 0n

  constructor(
    root: SigningKey,
    issuer: SigningKey,
    responder: SigningKey,
    stamping: TestPki['stamping'],
    at: number,
  ) {
    this.now = at
    this.root = root
    this.issuer = issuer
    this.responder = responder
    this.stamping = stamping
  }

  static async create(algorithm: KeyAlgorithm = 'ecdsa-sha256', at = now): Promise<TestPki> {
    const root = await createDocumentRoot(key(algorithm), {
      subject: { commonName: 'Test root' },
      now: at - 30 * day,
      years: 30,
    })
    const issuer = await createDocumentIssuer(root, key(algorithm), {
      subject: { commonName: 'Test issuer' },
      now: at - 30 * day,
      years: 10,
      crl: ['http://crl.test.invalid/root.crl'],
    })
    // Older than the answers of the past that tests ask it for.
    const responder = await certified(issuer, key('ecdsa-sha256'), 'ocsp', 'Test responder', {
      now: at - 30 * day,
    })
    const signer = generateSigner('ecdsa-p256-sha256')
    const certificate = await issued(issuer, signer.publicKey, 'timestamping', 'Test time-stamps', {
      now: at - day,
    })
    return new TestPki(root, issuer, responder, { certificate, signer }, at)
  }

  get chain(): Uint8Array[] {
    return [this.issuer.certificate, this.root.certificate]
  }

  async signingKey(
    algorithm: KeyAlgorithm = 'ecdsa-sha256',
    options: Partial<DocumentCertificateOptions> = {},
  ): Promise<SigningKey> {
    const own = key(algorithm)
    const certificate = await issued(this.issuer, own.publicKey, 'document', 'สมชาย ใจดี', {
      now: this.now - day,
      ...options,
    })
    return withCertificate(own, certificate, this.chain)
  }

  /** What signing asks others for. */
  services(): { timestamper: Timestamper; revocation: RevocationSource } {
    return { timestamper: this.timestamper(), revocation: this.revocation() }
  }

  /** How a test signs where it asks for nothing else: B-B, now. */
  signing(own: SigningKey, more: Partial<PdfSigningOptions> = {}): PdfSigningOptions {
    return { key: own, level: 'B-B', time: now, ...this.services(), ...more }
  }

  /** `at`: what its clock says. */
  timestamper(at: () => number = () => this.now): Timestamper {
    return localTimestamper(this.timestampAuthority(at))
  }

  timestampAuthority(at: () => number = () => this.now) {
    return createTimestampAuthority({
      signer: this.stamping.signer,
      certificate: this.stamping.certificate,
      chain: this.chain,
      clock: at,
      policy: '1.3.6.1.4.1.99999.1',
      nextSerial: () => ++this.#serial,
    })
  }

  /** What the issuer's responder answers. The root is offline and has a list. */
  async ocsp(request: Uint8Array, at = this.now): Promise<Uint8Array> {
    const status = (serial: bigint): CertificateStatus =>
      this.states.get(serial.toString(16)) ?? { state: 'good' }
    const { responder, issuer } = this
    return (await answerOcsp(request, { status, now: at, responder, issuer: issuer.certificate })).body
  }

  crl(authority: SigningKey, revoked: readonly bigint[] = [], at = this.now): Promise<Uint8Array> {
    return createCrl(authority, {
      revoked: revoked.map((serial) => ({ serial, at: at - day })),
      number: 1,
      now: at,
      nextUpdate: at + day,
    })
  }

  revocation(): RevocationSource {
    return localRevocation({
      ocsp: (request) => this.ocsp(request),
      crls: async () => [await this.crl(this.root)],
    })
  }
}

/** RSA keys take long to make; smaller ones do for tests. */
function key(algorithm: KeyAlgorithm): UncertifiedKey {
  return generateKey(algorithm, { bits: 2048 })
}

function issued(
  issuer: SigningKey,
  publicKey: KeyObject,
  profile: DocumentProfile,
  commonName: string,
  options: Partial<DocumentCertificateOptions> = {},
): Promise<Buffer> {
  return issueDocumentCertificate(issuer, {
    publicKey,
    profile,
    subject: { commonName, organization: 'หน่วยงานทดสอบ', country: 'TH' },
    now: now - day,
    days: 365,
    ocsp: ['http://ocsp.test.invalid/'],
    ...options,
  })
}

async function certified(
  issuer: SigningKey,
  own: UncertifiedKey,
  profile: DocumentProfile,
  name: string,
  options: Partial<DocumentCertificateOptions>,
) {
  const certificate = await issued(issuer, own.publicKey, profile, name, options)
  return withCertificate(own, certificate, [issuer.certificate, ...issuer.chain])
}
