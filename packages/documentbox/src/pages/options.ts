import type { Clock, Text } from '@sapan/kernel'
import type { DocumentBoxHouse } from '../documentbox.ts'
import type { DocumentReach } from '../reach.ts'

/** What the pages of documents stand on. `Who` and `Need` are the face's. */
export interface DocumentPagesOptions<Who, Need> {
  readonly documentbox: DocumentBoxHouse
  readonly clock: Clock
  readonly accountOf: (who: Who) => string
  /** Of whom the visitor may see and share what now, beside themselves. */
  readonly reachOf?: (who: Who) => Promise<readonly DocumentReach[]> | readonly DocumentReach[]
  readonly memberName: (member: string) => Text | undefined
  /** Services for which a document of this kind is evidence, as their definitions say. */
  readonly evidenceFor?: (kind: string) => readonly {
    readonly title: Text
    readonly path: string
    /** Of whom it is asked, where not of everybody. */
    readonly when?: Text
  }[]
  readonly needs: Need
}
