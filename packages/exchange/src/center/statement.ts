import { X509Certificate } from 'node:crypto'
import type { Problem } from '@sapan/kernel'
import { fingerprint, type JsonObject, readJws } from '@sapan/trust'
import type { Validator } from 'typebox/compile'
import { exchangeProblem } from '../problems.ts'
import type { Change } from './change.ts'
import type { CenterGround } from './ground.ts'
import { findCertificate } from './store/certificates.ts'
import { noteStatement } from './store/publications.ts'

/** Seconds by which a statement's `iat` may differ from the center's clock. */
const freshness = 60

/** A statement that a member has signed just now, for this center, and that was not seen before. */
export interface Statement<T> {
  readonly member: string
  readonly payload: T
}

/**
 * Reads a member's signed statement (JWS compact). It must carry (`x5c`) a signing certificate of the member that
 * this center issued and that is in force; `aud` the root's fingerprint; `iat` (seconds) within 60 s; `jti` not used
 * before by this member: it is noted in the same transaction. Throws Problem `statement-invalid`, `statement-stale`,
 * `statement-replayed` or `request-invalid`.
 */
export async function readStatement<T>(
  ground: CenterGround,
  { client, now }: Change,
  jws: string,
  {
    type,
    shape,
  }: { readonly type: string; readonly shape: Validator & { Check(value: unknown): value is T } },
): Promise<Statement<T>> {
  const read = readJws(jws, { type })
  const certificate = read.chain[0] && (await findCertificate(client, fingerprint(read.chain[0])))
  if (certificate?.use !== 'signing') throw invalid('Its certificate is not a signing certificate of ours.')
  if (certificate.revokedAt !== null) throw invalid('Its certificate is revoked.')
  if (now >= certificate.notAfter) throw invalid('Its certificate has expired.')
  if (!read.verify(new X509Certificate(certificate.der).publicKey))
    throw invalid('Its signature does not fit.')
  const { iat, jti, aud, ...payload } = read.payload
  if (aud !== ground.authority.rootFingerprint) throw invalid('It is for another center.')
  if (typeof iat !== 'number' || Math.abs(iat * 1000 - now) > freshness * 1000) {
    throw exchangeProblem('statement-stale')
  }
  checkShape(shape, payload)
  const until = (iat + 2 * freshness) * 1000
  const first = isJti(jti) && (await noteStatement(client, { member: certificate.holder, jti, until }))
  if (!first) throw isJti(jti) ? exchangeProblem('statement-replayed') : invalid('It has no usable jti.')
  return { member: certificate.holder, payload }
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
