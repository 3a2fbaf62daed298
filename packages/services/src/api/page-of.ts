import { Problem } from '@sapan/kernel'
import type { SiteRequest } from '@sapan/ui'
import { apiProblems } from './problems.ts'

/** Of one answer, at most, and where nothing is said. */
const most = 100
const usual = 50

/** Which part of a list is asked for: `limit` and `after`. Throws `api-query-malformed`. */
export function partOf({ query }: Pick<SiteRequest<unknown>, 'query'>): {
  readonly limit: number
  readonly after?: string
} {
  const [limit, after] = [query.get('limit') ?? String(usual), query.get('after')]
  if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > most)
    throw new Problem(apiProblems['api-query-malformed'])
  return { limit: Number(limit), ...(after !== null && { after }) }
}

/** Where the next part is (RFC 8288), for who follows links. */
export function nextLink(
  { path }: Pick<SiteRequest<unknown>, 'path'>,
  {
    portal,
    limit,
    next,
  }: { readonly portal: string; readonly limit: number; readonly next: string | undefined },
): { readonly link?: string } {
  if (next === undefined) return {}
  return {
    link: `<${portal}${path}?${new URLSearchParams({ limit: String(limit), after: next })}>; rel="next"`,
  }
}

/** A part of a list that is all there. Throws `api-query-malformed` where `after` is none of its ids. */
export function partIn<T extends { readonly id: string }>(
  all: readonly T[],
  { limit, after }: { readonly limit: number; readonly after?: string },
): { readonly part: readonly T[]; readonly next?: string } {
  const at = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
  if (after !== undefined && at === 0) throw new Problem(apiProblems['api-query-malformed'])
  const part = all.slice(at, at + limit)
  const last = part.at(-1)
  return at + limit < all.length && last !== undefined ? { part, next: last.id } : { part }
}
