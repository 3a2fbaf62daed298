import { createHash, randomBytes } from 'node:crypto'
import {
  contentDigestOfBody,
  createEvidence,
  type Evidence,
  type EvidenceRecord,
  grantHash,
  signAnswer,
  signRequest,
} from '@sapan/exchange'
import { createLogger, type Pool, uuidv7 } from '@sapan/kernel'
import {
  type Authority,
  createIssuer,
  createRoot,
  fingerprint,
  generateSigner,
  issueCertificate,
  keyedHash,
  Sealer,
  signJws,
} from '@sapan/trust'

import { createStamps, createWitness } from './watchers.ts'

export const member = 'BENCH/GOV/GIVE'
const peer = 'BENCH/GOV/ASK'
const service = `${member}/register/records-v1`
const body = Buffer.from(JSON.stringify({ person: { name: 'สมชาย ใจดี' }, note: 'x'.repeat(900) }))

/** A member that keeps evidence, with keys and certificates, a witness and a time-stamp authority of its own. */
export class LogKeeper {
  readonly evidence: Evidence
  readonly #signer = generateSigner('ecdsa-p256-sha256')
  readonly #certificate: Buffer
  readonly #directory: string
  readonly #grant: string
  #logKeys: readonly { origin: string; vkey: string }[] = []
  readonly #subjectKey = randomBytes(32)

  constructor(pool: Pool) {
    const { root, issuer } = createAuthorities()
    this.#certificate = issueCertificate(issuer, {
      publicKey: this.#signer.publicKey,
      profile: 'signing',
      subject: { commonName: member },
      uris: [`sapan:member:${member}`],
      now: Date.now(),
      days: 365,
    })
    const logSigner = generateSigner('ed25519')
    const chain = [issuer.certificate, root.certificate]
    const signing = { signer: this.#signer, chain: [this.#certificate, ...chain] }
    this.#directory = signJws({ version: 1 }, { ...signing, type: 'sapan-directory+jws' })
    this.#grant = signJws({ id: member }, { ...signing, type: 'sapan-grant+jws' })
    const witness = createWitness(() => this.#logKeys)
    const stamps = createStamps(issuer, chain)
    const exportSigner = { signer: this.#signer, certificate: this.#certificate, chain }
    this.evidence = createEvidence({
      pool,
      members: [member],
      sealer: new Sealer(new Map([[1, randomBytes(32)]]), 1),
      logSigner: () => logSigner,
      exportSigner: () => exportSigner,
      clock: Date.now,
      log: createLogger({ name: 'bench', level: 'error' }),
      witnesses: () => [witness],
      timestamping: () => stamps,
      roots: () => [fingerprint(root.certificate)],
    })
  }

  /** Its log goes on from now on, and its witness knows it. */
  async start(): Promise<void> {
    await this.evidence.prepare()
    this.#logKeys = await this.evidence.logKeys(member)
    // The audit looks whether what its records name is kept.
    await this.evidence.keepDirectory(1, this.#directory)
    await this.evidence.keepGrant(this.#grant)
    await this.evidence.start()
  }

  /** As evidence knows a person. */
  subject(number: number): Buffer {
    return keyedHash(this.#subjectKey, Buffer.from(String(number)))
  }

  /** What an exchange leaves with its provider: request and answer of 1 KB, signed as they are between gateways. */
  exchange(): { readonly request: EvidenceRecord; readonly answer: EvidenceRecord } {
    const created = Math.floor(Date.now() / 1000)
    const keyId = fingerprint(this.#certificate)
    const signing = { signer: this.#signer, keyId, created, expires: created + 60 }
    const nonce = () => randomBytes(16).toString('base64url')
    const digest = ['content-digest', contentDigestOfBody(body)] as const
    const fields = [digest, ['x-road-client', `${peer}/app`], ['sapan-sender', peer]] as const
    const target = { authority: 'give.bench:8443', path: `/r1/${service}/records`, query: '?' }
    const asked = signRequest({ method: 'POST', ...target, fields }, { ...signing, nonce: nonce() })
    const given = signAnswer({ status: 200, fields: [digest] }, asked, { ...signing, nonce: nonce() })
    const common = { ...circumstances(), grant: grantHash(this.#grant), certificate: keyId }
    return {
      request: { ...common, kind: 'request', status: null, fields: [], head: asked },
      answer: { ...common, kind: 'answer', status: 200, fields: ['person.name', 'note'], head: given },
    }
  }
}

function createAuthorities(): { root: Authority; issuer: Authority } {
  const made = () => ({ now: Date.now(), signer: generateSigner('ecdsa-p256-sha256') })
  const root = createRoot({ subject: { commonName: 'Root' }, ...made(), years: 20 })
  return { root, issuer: createIssuer(root, { subject: { commonName: 'Issuer' }, ...made(), years: 5 }) }
}

/** What request and answer have in common. */
function circumstances() {
  return {
    member,
    exchange: uuidv7(Date.now()),
    side: 'provider' as const,
    at: Date.now(),
    client: `${peer}/app`,
    service,
    operation: 'findRecord',
    method: 'POST',
    route: '/records',
    purpose: 'measuring',
    impliedPurpose: true,
    law: 'Act of the benchmark, 1',
    peer,
    problem: null,
    subjects: [],
    subjectKey: 1,
    withheldUntil: null,
    directoryVersion: 1,
    body,
    bodyDigest: createHash('sha256').update(body).digest(),
    bodyBytes: body.length,
  }
}
