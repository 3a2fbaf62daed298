import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateSigner, type Signer } from '@sapan/trust'
import {
  type ActorToken,
  type ConsentReceipt,
  keyThumbprint,
  type Status,
  type SubjectTokenIssuer,
  signActorToken,
  signConsentReceipt,
  signStatusList,
} from '../../src/index.ts'
import { client, service } from './agencies.ts'
import { close } from './closing.ts'
import { somebody } from './register.ts'

/** Somebody who vouches for people, over HTTP on loopback, and does what the test wants. */
export interface TestIssuer {
  readonly entry: SubjectTokenIssuer
  readonly uri: string
  /** The key to come, which the directory names already. */
  readonly next: Signer
  /** Milliseconds by which its clock is ahead. */
  ahead: number
  /** Nobody is answered any more; those who wait are cut off. */
  down: boolean
  /** A list that another signs. */
  forged: boolean
  /** How many asked for the list. */
  readonly asked: number
  set(index: number, status: Status): void
  receipt(changes?: Partial<ConsentReceipt>, by?: Signer): string
  actor(changes?: Partial<ActorToken>, by?: Signer): string
  close(): Promise<void>
}

const size = 1024

export async function startIssuer(): Promise<TestIssuer> {
  const signer = withName(generateSigner('ecdsa-p256-sha256'))
  const next = withName(generateSigner('ed25519'))
  const other = withName(generateSigner('ecdsa-p256-sha256'))
  const statuses = new Map<number, Status>()
  const waiting = new Set<() => void>()
  let version = 1
  const state = { ahead: 0, down: false, forged: false, asked: 0 }
  const now = () => Date.now() + state.ahead
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    state.asked++
    if (state.down) return response.destroy()
    const wait = Number(/wait=(\d+)/.exec(String(request.headers.prefer))?.[1] ?? 0)
    if (wait > 0 && request.headers['if-none-match']?.startsWith(`"${version}.`)) {
      await new Promise<void>((resolve) => {
        waiting.add(resolve)
        setTimeout(resolve, wait * 1000).unref()
      })
    }
    if (state.down) return response.destroy()
    const jws = signStatusList(
      { issuer, uri, size, exceptions: statuses, now: now(), life: 60, ttl: 5 },
      state.forged ? other : signer,
    )
    return response.setHeader('etag', `"${version}.${now()}"`).end(jws)
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const uri = `${issuer}/status/1`
  const wake = () => {
    for (const resolve of waiting) resolve()
    waiting.clear()
  }
  return {
    get ahead() {
      return state.ahead
    },
    set ahead(value) {
      state.ahead = value
    },
    get down() {
      return state.down
    },
    set down(value) {
      state.down = value
      wake()
    },
    get forged() {
      return state.forged
    },
    set forged(value) {
      state.forged = value
    },
    get asked() {
      return state.asked
    },
    uri,
    next,
    entry: {
      issuer,
      jwk: { ...signer.publicKey.export({ format: 'jwk' }), kid: signer.keyId ?? '' },
      keys: [{ ...next.publicKey.export({ format: 'jwk' }), kid: next.keyId ?? '' }],
      statusLists: `${issuer}/status`,
    },
    set(index: number, status: Status) {
      statuses.set(index, status)
      version++
      wake()
    },
    receipt: (changes: Partial<ConsentReceipt> = {}, by: Signer = signer) =>
      signConsentReceipt({ ...consent(issuer, uri, now()), ...changes }, by),
    actor: (changes: Partial<ActorToken> = {}, by: Signer = signer) =>
      signActorToken({ ...officer(issuer, uri, now()), ...changes }, by),
    close: async () => {
      state.down = true
      wake()
      await close(server)
    },
  }
}

function withName(signer: Signer): Signer {
  const { algorithm, publicKey, sign } = signer
  return { algorithm, publicKey, keyId: keyThumbprint(publicKey), sign }
}

function consent(issuer: string, uri: string, now: number): ConsentReceipt {
  return {
    issuer,
    id: randomUUID(),
    subject: { scheme: 'national-id', value: somebody },
    purpose: 'tax-assessment',
    provider: 'TH/GOV/DOPA',
    service,
    operations: null,
    fields: ['nationalId', 'name', 'persons'],
    consumer: client,
    issuedAt: now,
    expires: now + 3_600_000,
    status: { uri, index: 7 },
  }
}

function officer(issuer: string, uri: string, now: number): ActorToken {
  return {
    issuer,
    audience: 'TH/GOV/RD',
    subject: 'opaque-1',
    kind: 'officer',
    officer: {
      agency: 'TH/GOV/RD',
      duty: 'tax-officer',
      title: { th: 'นักวิชาการสรรพากร', en: 'Revenue officer' },
    },
    case: 'RD-2569-001',
    tokenId: randomUUID(),
    status: { uri, index: 8 },
    issuedAt: now,
    expires: now + 300_000,
  }
}
