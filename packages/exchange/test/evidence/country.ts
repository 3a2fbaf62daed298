import { createHash, randomBytes } from 'node:crypto'
import { createLogger, type Pool, uuidv7 } from '@sapan/kernel'
import {
  type Authority,
  addSignatures,
  createIssuer,
  createRoot,
  createTimestampAuthority,
  fingerprint,
  generateSigner,
  issueCertificate,
  keyedHash,
  parseNote,
  Sealer,
  type Signer,
  signJws,
  timestampFromResponse,
  timestampRequest,
  Witness,
  type WitnessedCheckpoint,
} from '@sapan/trust'
import type { Directory } from '../../src/directory/document.ts'
import { createEvidence, type Evidence, type EvidenceOptions } from '../../src/evidence/evidence.ts'
import type { EvidenceRecord } from '../../src/evidence/record.ts'
import type { WitnessClient, WitnessReply } from '../../src/evidence/witness-client.ts'
import { type Grant, grantHash, signGrant } from '../../src/grant/grant.ts'
import { contentDigestOfBody } from '../../src/signature/digest.ts'
import { signAnswer, signRequest } from '../../src/signature/sign.ts'

export const dopa = 'TH/GOV/DOPA'
export const rd = 'TH/GOV/RD'
export const client = 'TH/GOV/RD/efiling'
export const service = 'TH/GOV/DOPA/population/person-v1'

const log = createLogger({ name: 'test', level: 'silent' })

interface Member {
  readonly id: string
  readonly signer: Signer
  readonly certificate: Buffer
  readonly logSigner: Signer
}

/** A small country in memory: authorities, witness, two members, one grant. Nothing listens. */
export class TestCountry {
  readonly root: Authority
  readonly issuer: Authority
  readonly members = new Map<string, Member>()
  readonly grant: string
  readonly sealer = new Sealer(new Map([[1, randomBytes(32)]]), 1)
  readonly subjectKey = randomBytes(32)
  readonly witnessed = new Map<string, WitnessedCheckpoint>()
  readonly witness: Witness
  witnessDown = false
  stampsDown = false
  directoryVersion = 1
  /** Log keys that the directory publishes. */
  readonly logKeys = new Map<string, { origin: string; vkey: string; epoch: number }[]>()
  revoked: Directory['revoked'] = []
  #clockAhead = 0
  #serial = 1n
  readonly #furtherWitnesses: Directory['witnesses'][number][] = []
  readonly #timestamping: ReturnType<typeof createTimestampAuthority>
  readonly #timestampingCertificate: Buffer
  readonly #directorySigner = generateSigner('ecdsa-p256-sha256')
  readonly #directoryCertificate: Buffer

  constructor() {
    const now = Date.now()
    const made = { now, signer: generateSigner('ecdsa-p256-sha256') }
    this.root = createRoot({ subject: { commonName: 'Root' }, ...made, years: 20 })
    this.issuer = createIssuer(this.root, {
      subject: { commonName: 'Issuer' },
      now,
      signer: generateSigner('ecdsa-p256-sha256'),
      years: 5,
    })
    for (const id of [dopa, rd]) this.members.set(id, this.#makeMember(id))
    this.#directoryCertificate = this.#issue(this.#directorySigner, 'directory', [])
    const timestamper = generateSigner('ecdsa-p256-sha256')
    this.#timestampingCertificate = this.#issue(timestamper, 'timestamping', [])
    this.#timestamping = createTimestampAuthority({
      signer: timestamper,
      certificate: this.#timestampingCertificate,
      chain: this.chain,
      clock: this.clock,
      policy: '1.3.6.1.4.1.99999.1',
      nextSerial: () => this.#serial++,
    })
    this.witness = this.#createWitness('center.test/witness', this.witnessed)
    const { signer, certificate } = this.member(dopa)
    this.grant = signGrant(this.grantPayload(), { signer, chain: [certificate, ...this.chain] })
  }

  #createWitness(name: string, witnessed: Map<string, WitnessedCheckpoint>): Witness {
    return new Witness({
      name,
      signer: generateSigner('ed25519'),
      clock: this.clock,
      logs: (origin) => {
        const keys = [...this.logKeys.values()].flat().filter((key) => key.origin === origin)
        return keys.length === 0 ? undefined : keys.map(({ vkey }) => vkey)
      },
      store: {
        read: async (origin) => witnessed.get(origin),
        compareAndSet: async (origin, oldSize, size, root, note) => {
          if ((witnessed.get(origin)?.size ?? 0) !== oldSize) return false
          witnessed.set(origin, { size, root, note })
          return true
        },
      },
    })
  }

  /** A further witness, which the directory names from now on. */
  addWitness(name: string): WitnessClient {
    const witness = this.#createWitness(name, new Map())
    this.#furtherWitnesses.push({ name, vkey: witness.vkey, url: `https://${name}` })
    const submit: WitnessClient['submit'] = (_, oldSize, proof, note) =>
      this.#submit(witness, oldSize, proof, note)
    return { name, vkey: witness.vkey, submit }
  }

  readonly clock = () => Date.now() + this.#clockAhead

  advance(milliseconds: number): void {
    this.#clockAhead += milliseconds
  }

  get chain(): Buffer[] {
    return [this.issuer.certificate, this.root.certificate]
  }

  get roots(): string[] {
    return [fingerprint(this.root.certificate)]
  }

  member(id: string): Member {
    const member = this.members.get(id)
    if (!member) throw new Error(`no ${id}`)
    return member
  }

  grantPayload(): Grant {
    return {
      id: uuidv7(),
      consumer: client,
      service,
      provider: dopa,
      operations: { getPerson: { fields: ['name', 'address.province'], query: [] } },
      purpose: 'tax-assessment',
      law: { act: { th: 'ประมวลรัษฎากร', en: 'Revenue Code' }, section: '3' },
      rate: null,
      notBefore: '2020-01-01T00:00:00Z',
      expires: '2099-01-01T00:00:00Z',
      consent: false,
    }
  }

  subject(number: string): Buffer {
    return keyedHash(this.subjectKey, Buffer.from(number))
  }

  #makeMember(id: string): Member {
    const signer = generateSigner('ecdsa-p256-sha256')
    const certificate = this.#issue(signer, 'signing', [`sapan:member:${id}`], id)
    return { id, signer, certificate, logSigner: generateSigner('ed25519') }
  }

  #issue(
    signer: Signer,
    profile: 'signing' | 'directory' | 'timestamping',
    uris: string[],
    name = profile as string,
  ) {
    return issueCertificate(this.issuer, {
      publicKey: signer.publicKey,
      profile,
      subject: { commonName: name },
      uris,
      now: Date.now(),
      days: 365,
    })
  }

  directory(): Directory {
    return {
      instance: 'TH',
      version: this.directoryVersion,
      issuedAt: new Date(this.clock()).toISOString(),
      validUntil: new Date(this.clock() + 600_000).toISOString(),
      members: [...this.members.values()].map(({ id, certificate }) => ({
        id,
        class: 'GOV' as const,
        name: { th: id === dopa ? 'กรมการปกครอง' : 'กรมสรรพากร', en: id },
        subsystems: [{ code: id === dopa ? 'population' : 'efiling', name: { th: 'ระบบ', en: 'system' } }],
        signing: [certificate.toString('base64')],
        log: this.logKeys.get(id) ?? [],
        gateways: [],
      })),
      gateways: [],
      services: [
        { id: service, title: { th: 'บุคคล', en: 'Person' }, personal: true, openapi: '0'.repeat(64) },
      ],
      grants: [{ provider: dopa, hashes: [grantHash(this.grant)] }],
      revoked: this.revoked,
      issuers: [this.issuer.certificate.toString('base64')],
      timestamping: [
        { url: 'https://center.test/tsa', certificate: this.#timestampingCertificate.toString('base64') },
      ],
      witnesses: [
        { name: 'center.test/witness', vkey: this.witness.vkey, url: 'https://center.test/witness' },
        ...this.#furtherWitnesses,
      ],
      subjectTokens: [],
    }
  }

  directoryJws(): string {
    const chain = [this.#directoryCertificate, ...this.chain]
    return signJws(this.directory(), { signer: this.#directorySigner, type: 'sapan-directory+jws', chain })
  }

  readonly witnessClient: WitnessClient = {
    name: 'center.test/witness',
    get vkey() {
      return ''
    },
    submit: async (_origin, oldSize, proof, note) => {
      if (this.witnessDown) throw new Error('the witness is down')
      return await this.#submit(this.witness, oldSize, proof, note)
    },
    latest: async (origin) => this.witnessed.get(origin)?.note ?? null,
  }

  async #submit(
    witness: Witness,
    oldSize: number,
    proof: readonly Buffer[],
    note: string,
  ): Promise<WitnessReply> {
    const lines = [`old ${oldSize}`, ...proof.map((hash) => hash.toString('base64'))]
    const answer = await witness.addCheckpoint(`${lines.join('\n')}\n\n${note}`)
    if (answer.status === 200) return { status: 'cosigned', lines: answer.body.split('\n').filter(Boolean) }
    if (answer.status === 409) return { status: 'conflict', size: Number(answer.body) }
    return { status: 'refused', code: answer.status }
  }

  async stamp(digest: Buffer): Promise<Buffer> {
    if (this.stampsDown) throw new Error('the authority is down')
    const request = timestampRequest(digest, { nonce: randomBytes(8).readBigUInt64BE() })
    return timestampFromResponse(await this.#timestamping.respond(request), request)
  }

  /** Evidence for members on one database, with fast rounds. Does not start them. */
  evidence(pool: Pool, members: readonly string[], changes: Partial<EvidenceOptions> = {}): Evidence {
    const witness = { ...this.witnessClient, vkey: this.witness.vkey }
    return createEvidence({
      pool,
      members,
      sealer: this.sealer,
      logSigner: (member) => this.member(member).logSigner,
      exportSigner: (member) => {
        const { signer, certificate } = this.member(member)
        return { signer, certificate, chain: this.chain }
      },
      clock: this.clock,
      log,
      witnesses: () => [witness],
      timestamping: () => ({ stamp: (digest) => this.stamp(digest) }),
      roots: () => this.roots,
      ...changes,
      settings: {
        sequenceAfter: 20,
        lookEvery: 50,
        lease: 400,
        callWithin: 5_000,
        flushWithin: 15_000,
        ...changes.settings,
      },
    })
  }

  /** Tables there, log keys and directory published, as after a gateway joined. */
  async join(evidence: Evidence, members: readonly string[]): Promise<void> {
    await evidence.prepare()
    for (const member of members) this.logKeys.set(member, await evidence.logKeys(member))
    this.directoryVersion++
    await evidence.keepDirectory(this.directoryVersion, this.directoryJws())
    await evidence.keepGrant(this.grant)
  }

  /** One signed exchange, as both sides would record it. */
  exchange(options: ExchangeOptions = {}): TestExchange {
    const {
      number = '3365341504617',
      at = this.clock(),
      body = true,
      withheldUntil = null,
      problem = null,
    } = options
    const exchange = uuidv7(at)
    const seconds = Math.floor(at / 1000)
    const timing = { created: seconds, expires: seconds + 60 }
    const requestBody = Buffer.alloc(0)
    const answerBody = Buffer.from(
      JSON.stringify({ name: { th: 'สมชาย ใจดี' }, address: { province: 'เชียงใหม่' } }),
    )
    const consumer = this.member(rd)
    const provider = this.member(dopa)
    const path = `/r1/${service}/persons/${number}`
    const request = signRequest(
      {
        method: 'GET',
        authority: 'dopa.test:8443',
        path,
        query: '?',
        fields: [
          ['content-digest', contentDigestOfBody(requestBody)],
          ['x-road-client', client],
          ['sapan-exchange', exchange],
          ['sapan-sender', rd],
          ['sapan-receiver', dopa],
          ['sapan-grant', grantHash(this.grant)],
          ['sapan-purpose', 'tax-assessment'],
        ],
      },
      { signer: consumer.signer, keyId: fingerprint(consumer.certificate), ...timing, nonce: nonce() },
    )
    const answer = signAnswer(
      {
        status: 200,
        fields: [
          ['content-digest', contentDigestOfBody(answerBody)],
          ['content-type', 'application/json'],
          ['sapan-exchange', exchange],
          ...(problem === null ? [] : [['sapan-problem', problem] satisfies [string, string]]),
        ],
      },
      request,
      { signer: provider.signer, keyId: fingerprint(provider.certificate), ...timing, nonce: nonce() },
    )
    const common = {
      exchange,
      at,
      client,
      service,
      operation: 'getPerson',
      method: 'GET',
      route: '/persons/{id}',
      purpose: 'tax-assessment',
      impliedPurpose: true,
      law: 'ประมวลรัษฎากร 3 / Revenue Code, 3',
      grant: grantHash(this.grant),
      problem: null,
      subjects: [this.subject(number)],
      subjectKey: 1,
      withheldUntil,
      directoryVersion: this.directoryVersion,
    }
    const asked = {
      ...common,
      kind: 'request' as const,
      status: null,
      fields: [],
      head: request,
      body: body ? requestBody : null,
      bodyDigest: sha256(requestBody),
      bodyBytes: requestBody.length,
      certificate: fingerprint(consumer.certificate),
    }
    const answered = {
      ...common,
      kind: 'answer' as const,
      status: 200,
      problem,
      fields: ['name', 'address.province'],
      head: answer,
      body: body ? answerBody : null,
      bodyDigest: sha256(answerBody),
      bodyBytes: answerBody.length,
      certificate: fingerprint(provider.certificate),
    }
    const of = (member: string, peer: string, side: 'consumer' | 'provider') => ({
      request: { ...asked, member, peer, side },
      answer: { ...answered, member, peer, side },
    })
    return { id: exchange, consumer: of(rd, dopa, 'consumer'), provider: of(dopa, rd, 'provider') }
  }
}

export interface ExchangeOptions {
  readonly number?: string
  readonly at?: number
  readonly body?: boolean
  readonly withheldUntil?: number | null
  /** Why the provider's gateway refused, which its signed answer says. */
  readonly problem?: string | null
}

export interface TestExchange {
  readonly id: string
  readonly consumer: { readonly request: EvidenceRecord; readonly answer: EvidenceRecord }
  readonly provider: { readonly request: EvidenceRecord; readonly answer: EvidenceRecord }
}

export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function nonce(): string {
  return randomBytes(16).toString('base64url')
}

/** The note with a line added, as a witness that forked would have it. */
export { addSignatures, parseNote }
