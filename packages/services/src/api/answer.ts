import { createHash } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import type { SiteFile, SiteRequest } from '@sapan/ui'
import { isObject } from '../form/write-field.ts'
import { apiProblems } from './problems.ts'

type Json = Parameters<typeof isObject>[0]

export interface AnswerParts {
  readonly status?: number
  readonly contentType?: string
  /** In lower case. */
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer of the API. */
export function json(value: object, parts: AnswerParts = {}): SiteFile {
  const { status = 200, contentType = 'application/json', headers } = parts
  return { kind: 'file', status, contentType, ...(headers && { headers }), body: JSON.stringify(value) }
}

/**
 * An answer that is the same for everybody: kept by whoever asks, and looked at again by its entity tag (RFC 9110 §13.1.2).
 */
export function forAll(request: Pick<SiteRequest<unknown>, 'raw'>, answer: SiteFile): SiteFile {
  const etag = `"${createHash('sha256').update(answer.body).digest('base64url').slice(0, 22)}"`
  const headers = { ...answer.headers, etag, 'cache-control': 'public, no-cache', vary: 'accept' }
  const known = headerOf(request, 'if-none-match') ?? ''
  const isKnown =
    known.trim() === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
  return isKnown ? { ...answer, status: 304, headers, body: '' } : { ...answer, headers }
}

/**
 * The object that a program sent, of no other members than these; without a body, an empty one. Throws
 * `api-body-malformed`, `api-type-unsupported`.
 */
export function bodyOf(
  request: Pick<SiteRequest<unknown>, 'body' | 'raw'>,
  members: readonly string[],
): { readonly [key: string]: NonNullable<Json> } {
  const { body } = request
  if (body === undefined || body.length === 0) {
    if (Number(headerOf(request, 'content-length') ?? 0) > 0)
      throw new Problem(apiProblems['api-type-unsupported'])
    return {}
  }
  return objectOf(Buffer.from(body).toString('utf8'), members)
}

/** The object that a text is, of no other members than these. Throws `api-body-malformed`. */
export function objectOf(
  text: string,
  members: readonly string[],
): { readonly [key: string]: NonNullable<Json> } {
  try {
    const value: Json = JSON.parse(text, withoutNul)
    const isOurs = isObject(value) && Object.keys(value).every((name) => members.includes(name))
    if (isOurs) return value as { readonly [key: string]: NonNullable<Json> }
  } catch {
    // Told below.
  }
  throw new Problem(apiProblems['api-body-malformed'])
}

/** No text of the database can hold one; six characters that somebody wrote as `\u0000` are none. For `JSON.parse`; throws. */
function withoutNul(name: string, value: unknown): unknown {
  if (name.includes('\0') || (typeof value === 'string' && value.includes('\0'))) throw new RangeError('NUL')
  return value
}

/** One of the headers of the bare request. */
export function headerOf({ raw }: Pick<SiteRequest<unknown>, 'raw'>, name: string): string | undefined {
  const value = raw?.request.headers[name]
  return Array.isArray(value) ? value[0] : value
}
