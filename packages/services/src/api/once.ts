import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import type { SiteFile, SiteRequest } from '@sapan/ui'
import type { ServicesGround } from '../ground.ts'
import {
  answerUnder,
  claimKey,
  deleteAnswersBefore,
  giveUpClaim,
  type KeyedRequest,
  keepAnswer,
} from '../store/api-answers.ts'
import { headerOf } from './answer.ts'
import type { ApiCaller } from './options.ts'
import { apiProblems } from './problems.ts'

/** How long an answer is kept under its key. */
const keptMs = 24 * 3_600_000
/** Longer than any answer takes: what is claimed since before died on the way. */
const staleMs = 2 * 60_000
/** Refusals after which the same may succeed: for want of rights, of the version that was seen, of others who confirm (RFC 9110). */
const passing: readonly number[] = [401, 403, 409, 412, 428, 503]
/** Seconds after which to ask again for what is being worked on. */
const retryAfter = 2

type Ground = Pick<ServicesGround, 'pool' | 'clock' | 'sealer' | 'hashKey'>
type Request = Pick<SiteRequest<unknown>, 'raw' | 'method' | 'path' | 'body' | 'form' | 'files'>

/**
 * Does what is sent under an `Idempotency-Key` once (draft-ietf-httpapi-idempotency-key-header-07): the same again from the
 * same program of the same person gets the same answer for a day. A fault, and a refusal that lies in how things stand and not
 * in what was sent, is not kept: the program mends that and tries again under its key. Where a process dies on the way, the same may be done anew after two minutes,
 * which is why all that is done here stands for itself when it is done twice. Throws `api-key-malformed`, `api-key-reused`,
 * `api-in-flight`.
 */
export async function once(
  ground: Ground,
  { request, who }: { readonly request: Request; readonly who: ApiCaller },
  work: () => Promise<SiteFile>,
): Promise<SiteFile> {
  const header = headerOf(request, 'idempotency-key')
  if (header === undefined) return await work()
  const keyed = keyedRequest(ground, { request, who, key: keyOf(header) })
  const now = ground.clock()
  const claim = randomUUID()
  const times = { now: new Date(now), stale: new Date(now - staleMs), kept: new Date(now - keptMs) }
  if (!(await claimKey(ground.pool, keyed, { claim, ...times }))) return await answered(ground, keyed)
  try {
    const answer = await work()
    if (passing.includes(answer.status ?? 200)) await giveUpClaim(ground.pool, claim)
    else await keepAnswer(ground.pool, claim, sealed(ground, claim, answer))
    return answer
  } catch (error) {
    await giveUpClaim(ground.pool, claim)
    throw error
  }
}

/** A job for every hour. Gives how many answers were kept long enough. */
export async function forgetApiAnswers({ pool, clock }: Pick<Ground, 'pool' | 'clock'>): Promise<number> {
  return await deleteAnswersBefore(pool, new Date(clock() - keptMs))
}

/** A String of RFC 9651 §3.3.3, or what many programs send: the same without its quotes. */
export const keyPattern =
  /^(?:"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"|([A-Za-z0-9_.~+/=:-]{1,255}))$/

function keyOf(header: string): string {
  const [, quoted, bare] = keyPattern.exec(header) ?? []
  const key = quoted ?? bare
  if (key === undefined) throw new Problem(apiProblems['api-key-malformed'])
  return key
}

function keyedRequest(
  { hashKey }: Ground,
  { request, who, key }: { readonly request: Request; readonly who: ApiCaller; readonly key: string },
): KeyedRequest {
  const hashed = (...parts: readonly string[]) => keyedHash(hashKey, parts.join('\n'))
  const { method, path, body = new Uint8Array(), form, files = new Map() } = request
  // Not the bytes of a form: its boundary is another each time.
  const parts = [...files].map(([name, { filename, bytes }]) => [name, filename, digest(bytes)])
  const sent = JSON.stringify([digest(body), [...form], parts])
  return {
    caller: hashed('api-caller', who.account, who.client),
    key: hashed('api-key', key),
    fingerprint: hashed('api-request', method, path, who.acting?.mandate ?? '', sent),
  }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function answered(ground: Ground, keyed: KeyedRequest): Promise<SiteFile> {
  const row = await answerUnder(ground.pool, keyed)
  if (row !== undefined && !timingSafeEqual(row.fingerprint, keyed.fingerprint))
    throw new Problem(apiProblems['api-key-reused'])
  if (row === undefined || row.answer_sealed === null)
    throw new Problem(apiProblems['api-in-flight'], { extensions: { retryAfter } })
  const opened = ground.sealer.open(row.answer_sealed, placeOf(row.claim))
  return { kind: 'file', ...(JSON.parse(opened.toString('utf8')) as Kept) }
}

interface Kept {
  readonly status: number
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function sealed({ sealer }: Ground, claim: string, answer: SiteFile): Buffer {
  const { status = 200, contentType, headers = {}, body } = answer
  const kept: Kept = { status, contentType, headers, body: Buffer.from(body).toString('utf8') }
  return sealer.seal(Buffer.from(JSON.stringify(kept)), placeOf(claim))
}

function placeOf(claim: string): Buffer {
  return Buffer.from(`services.api_answer.answer_sealed ${claim}`)
}
