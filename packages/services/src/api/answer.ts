import { Problem, preferredLanguage, problemDocument } from '@sapan/kernel'
import type { SiteFile, SiteRequest } from '@sapan/ui'
import { isObject } from '../form/write-field.ts'
import { apiProblems } from './problems.ts'

type Json = Parameters<typeof isObject>[0]

/** An answer of the API. */
export function json(value: object, status = 200, contentType = 'application/json'): SiteFile {
  return { kind: 'file', status, contentType, body: JSON.stringify(value) }
}

/** What a program is told of a problem (RFC 9457), whatever it says that it accepts. Faults go to the site. */
export function refusal(error: unknown, base: string, acceptLanguage: string | undefined): SiteFile {
  if (!(error instanceof Problem) || error.type.status >= 500) throw error
  const document = problemDocument(error, base, preferredLanguage(acceptLanguage))
  return json(document, error.type.status, 'application/problem+json')
}

/** The object that a program sent; without a body, an empty one. Throws `api-body-malformed`. */
export function bodyOf({ body }: Pick<SiteRequest<unknown>, 'body'>): {
  readonly [key: string]: NonNullable<Json>
} {
  if (body === undefined || body.length === 0) return {}
  try {
    const value: Json = JSON.parse(Buffer.from(body).toString('utf8'))
    if (isObject(value) && !hasNul(value)) return value as { readonly [key: string]: NonNullable<Json> }
  } catch {
    // Told below.
  }
  throw new Problem(apiProblems['api-body-malformed'])
}

/** No text of the database can hold one. */
function hasNul(value: object): boolean {
  return JSON.stringify(value).includes('\\u0000')
}

/** One of the headers of the bare request. */
export function headerOf({ raw }: Pick<SiteRequest<unknown>, 'raw'>, name: string): string | undefined {
  const value = raw?.request.headers[name]
  return Array.isArray(value) ? value[0] : value
}
