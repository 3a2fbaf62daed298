import type { Notices } from '../notices.ts'

/** What the pages of notices stand on. `Who` and `Need` are the face's. */
export interface NoticePagesOptions<Who, Need> {
  readonly notices: Notices
  readonly accountOf: (who: Who) => string
  readonly needs: Need
  /** The operator's public key for push services, in base64url; without it pages offer no push. */
  readonly pushKey?: string
  /** Names of the portal's scripts that ask the browser for push messages; the pages work without. */
  readonly scripts?: readonly string[]
}
