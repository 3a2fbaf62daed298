import type { PairwiseSubjects } from '../provider/subjects.ts'
import type { MergedAccess } from './source.ts'

/** What the person was in an access: acted themselves, acted for another, or was acted for. */
export type OwnPart = 'oneself' | 'acting' | 'represented'

/**
 * Marks the accesses in which the person had a part: the agency that asked knows the actor, or whom they acted for, as
 * them. Another who signed in there for themselves is not them.
 */
export function markOwn(
  subjects: Pick<PairwiseSubjects, 'subjectOf'>,
  account: string,
): (access: MergedAccess) => MergedAccess {
  return (access) => {
    const me = subjects.subjectOf(access.client.split('/').slice(0, 3).join('/'), account)
    const part = partOf(access.actor, me)
    return part ? { ...access, part } : access
  }
}

function partOf(actor: MergedAccess['actor'], me: string): OwnPart | undefined {
  if (!actor?.proven) return undefined
  if (actor.act?.sub === me) return 'acting'
  if (actor.subject !== me) return undefined
  if (actor.kind === 'person') return 'oneself'
  return actor.act ? 'represented' : undefined
}
