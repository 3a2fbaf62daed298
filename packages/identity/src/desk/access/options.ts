import type { Casework } from '@sapan/casework'
import type { SiteRequest } from '@sapan/ui'
import type { PlainWords } from '../../consents/plain-words.ts'
import type { PairwiseSubjects } from '../../provider/subjects.ts'
import type { Visitor } from '../../visitor.ts'

export interface AccessPagesOptions {
  readonly casework: Pick<Casework, 'list' | 'find' | 'take' | 'answer' | 'eventsOf'>
  readonly words: PlainWords
  /** Whose access it was, so that nobody decides on their own. */
  readonly subjects: Pick<PairwiseSubjects, 'accountOf'>
}

export type AccessRequest = SiteRequest<Visitor>

export const accessPath = '/desk/access'

/** Where an unusual access is decided. */
export const accessPage = (task: string): string => `${accessPath}/${task}`
