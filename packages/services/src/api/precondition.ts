import type { Case } from '@sapan/casework'
import { Problem } from '@sapan/kernel'
import type { SiteRequest } from '@sapan/ui'
import type { Draft } from '../draft/draft.ts'
import { headerOf } from './answer.ts'
import { apiProblems } from './problems.ts'

/** The entity tag of a draft (RFC 9110 §8.8.3): another with each thing that is saved of it. */
export function draftTag({ id, revision }: Pick<Draft, 'id' | 'revision'>): string {
  return `"${id}.${revision}"`
}

/** The entity tag of a case: another with each thing that is done to it. */
export function caseTag({ id, caseVersion }: Pick<Case, 'id' | 'caseVersion'>): string {
  return `"${id}.${caseVersion}"`
}

/**
 * Who changes a draft or a case names the one that they saw by its tag (RFC 9110 §13.1.1), or says with `*` that they do
 * not mind. Throws `api-precondition-needed` (RFC 6585 §3) and `api-precondition-failed`.
 */
export function assertSeen(request: Pick<SiteRequest<unknown>, 'raw'>, tag: string): void {
  const seen = headerOf(request, 'if-match')
  if (seen === undefined) throw new Problem(apiProblems['api-precondition-needed'])
  const tags = seen.split(',').map((tag) => tag.trim())
  if (tags.includes('*') || tags.includes(tag)) return
  throw new Problem(apiProblems['api-precondition-failed'])
}
