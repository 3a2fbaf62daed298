import { X509Certificate } from 'node:crypto'
import type { Problem } from '@sapan/kernel'
import { fingerprint, type JsonObject, readJws } from '@sapan/trust'
import type { Validator } from 'typebox/compile'
import { exchangeProblem } from '../problems.ts'
import { type Change, change } from './change.ts'
import type { CenterGround } from './ground.ts'
import { type CertificateRow, findCertificate } from './store/certificates.ts'
import { readWaiting } from './store/gateways.ts'
import { noteStatement } from './store/publications.ts'

/** Seconds by which a statement's `iat` may differ from the center's clock. */
const freshness = 60

/** A statement that a member has signed just now, for this center, and that was not seen before. */
export interface Statement<T> {
  readonly member: string
  readonly payload: T
}

/** What a kind of statement must be. */
export interface StatementKind<T> {
  readonly type: string
  readonly shape: Validator & { Check(value: unknown): value is T }
}

/**
 * Makes the change that a member's signed statement (JWS compact) asks for. It must carry (`x5c`) a signing certificate
 * of the member that this center issued and that is in force; `aud` the root's fingerprint; `iat` (seconds) within 60 s;
 * `jti` not used before by this member: it is noted in the same transaction. Throws Problem `statement-invalid`,
 * `statement-stale`, `statement-replayed` or `request-invalid`, and what the work throws.
 */
export async function changeOnStatement<T, R>(
  ground: CenterGround,
  jws: string,
  kind: StatementKind<T>,
  work: (current: Change, statement: Statement<T>) => Promise<R>,
): Promise<R> {
  // Without the lock, so that nobody waits for what turns out to be signed by no member.
  const { iat, jti, payload, print } = await readStatement(ground, jws, kind)
  return change(ground, async (current) => {
    const { client, now } = current
    const { holder: member, gateway } = inForce(await findCertificate(client, print), now)
    if ((await readWaiting(client)).has(`${gateway} ${member}`)) throw exchangeProblem('member-moving')
    checkFresh(iat, now)
    const until = (iat + 2 * freshness) * 1000
    if (!(await noteStatement(client, { member, jti, until }))) throw exchangeProblem('statement-replayed')
    return work(current, { member, payload })
  })
}

async function readStatement<T>(ground: CenterGround, jws: string, { type, shape }: StatementKind<T>) {
  const read = readJws(jws, { type })
  const now = ground.clock()
  const print = fingerprint(read.chain[0] ?? Buffer.alloc(0))
  const certificate = inForce(await findCertificate(ground.pool, print), now)
  if (!read.verify(new X509Certificate(certificate.der).publicKey))
    throw invalid('Its signature does not fit.')
  const { iat, jti, aud, ...payload } = read.payload
  if (aud !== ground.authority.rootFingerprint) throw invalid('It is for another center.')
  checkFresh(iat, now)
  checkShape(shape, payload)
  if (!isJti(jti)) throw invalid('It has no usable jti.')
  return { iat, jti, payload, print }
}

function inForce(certificate: CertificateRow | undefined, now: number): CertificateRow {
  if (certificate?.use !== 'signing') throw invalid('Its certificate is not a signing certificate of ours.')
  if (certificate.revokedAt !== null) throw invalid('Its certificate is revoked.')
  if (certificate.retiredAt !== null) throw invalid('The member has left the gateway of its certificate.')
  if (now >= certificate.notAfter) throw invalid('Its certificate has expired.')
  return certificate
}

function checkFresh(iat: unknown, now: number): asserts iat is number {
  if (typeof iat === 'number' && Math.abs(iat * 1000 - now) <= freshness * 1000) return
  throw exchangeProblem('statement-stale')
}

function checkShape<T>(
  shape: Validator & { Check(value: unknown): value is T },
  payload: JsonObject,
): asserts payload is JsonObject & T {
  if (shape.Check(payload)) return
  throw malformedRequest(shape.Errors(payload)[0])
}

/** What a schema says of a request, in words: the place, never the value. */
export function malformedRequest(
  error: { readonly instancePath: string; readonly message: string } | undefined,
): Problem {
  const place = error ? `${error.instancePath || '/'} ${error.message}`.slice(0, 300) : ''
  return exchangeProblem('request-invalid', { detail: { th: `ตรวจ: ${place}`, en: `Check: ${place}` } })
}

function isJti(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{16,128}$/.test(value)
}

function invalid(en: string): Problem {
  return exchangeProblem('statement-invalid', {
    detail: { th: 'คำแถลงไม่ผ่านการตรวจลายมือชื่อ ใบรับรอง หรือผู้รับ', en },
  })
}

/** Throws Problem `statement-not-allowed`, with what the member may not speak for. */
export function notAllowed(what: string): Problem {
  return exchangeProblem('statement-not-allowed', {
    detail: { th: `ไม่ใช่ของสมาชิกผู้แถลง: ${what}`, en: `Not the stating member’s: ${what}` },
  })
}
