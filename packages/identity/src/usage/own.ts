import type { PairwiseSubjects } from '../provider/subjects.ts'
import type { MergedAccess } from './source.ts'

/**
 * Marks the accesses in which the person acted themselves: the actor is who they are at the agency that asked. Another who
 * signed in there for themselves is not them.
 */
export function markOwn(
  subjects: Pick<PairwiseSubjects, 'subjectOf'>,
  account: string,
): (access: MergedAccess) => MergedAccess {
  return (access) => {
    const { actor, client } = access
    const isOwn =
      actor?.proven === true &&
      actor.kind === 'person' &&
      actor.subject === subjects.subjectOf(client.split('/').slice(0, 3).join('/'), account)
    return isOwn ? { ...access, isOwn } : access
  }
}
