import { Problem, type Text } from '@sapan/kernel'
import { portalProblems } from './problems.ts'

/** A file of which nothing can be said, with the code of why: `document-password-needed` or `document-unreadable`. */
export function unreadable(reason: string, detail: Text, cause?: unknown): Problem {
  const isLocked = reason === 'encrypted' || reason === 'wrong-password'
  const type = portalProblems[isLocked ? 'document-password-needed' : 'document-unreadable']
  return new Problem(type, { detail, extensions: { reason }, cause })
}
