import { Problem } from '@sapan/kernel'
import type { SiteRequest } from '@sapan/ui'
import type { Draft } from '../draft/draft.ts'
import { headerOf } from './answer.ts'
import { apiProblems } from './problems.ts'

/** The entity tag of a draft (RFC 9110 §8.8.3): another with each thing that is saved of it. */
export function draftTag({ id, revision }: Pick<Draft, 'id' | 'revision'>): string {
  return `"${id}.${revision}"`
}

/**
 * Who changes a draft names the one that they saw (RFC 9110 §13.1.1), or says with `*` that they do not mind. Throws
 * `api-precondition-needed` (RFC 6585 §3) and `api-precondition-failed`.
 */
export function assertSeen(request: Pick<SiteRequest<unknown>, 'raw'>, draft: Draft): void {
  const seen = headerOf(request, 'if-match')
  if (seen === undefined) throw new Problem(apiProblems['api-precondition-needed'])
  const tags = seen.split(',').map((tag) => tag.trim())
  if (tags.includes('*') || tags.includes(draftTag(draft))) return
  throw new Problem(apiProblems['api-precondition-failed'])
}
