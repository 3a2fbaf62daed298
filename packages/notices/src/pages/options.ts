import type { NoticeKind } from '../kinds.ts'
import type { Notices } from '../notices.ts'

/** What the pages of notices stand on. `Who` and `Need` are the face's. */
export interface NoticePagesOptions<Who, Need> {
  readonly notices: Notices
  readonly accountOf: (who: Who) => string
  /** Whether notices of a kind can come to the visitor; what cannot is not offered, and stays as it was. All, by default. */
  readonly mayGet?: (who: Who, kind: NoticeKind) => boolean | Promise<boolean>
  readonly needs: Need
  /** The operator's public key for push services, in base64url; without it pages offer no push. */
  readonly pushKey?: string
  /** Where people say and prove their address, and the one that they have proved; without it pages show none. */
  readonly email?: {
    readonly page: string
    of(account: string): Promise<string | undefined>
  }
  /** Names of the portal's scripts that ask the browser for push messages; the pages work without. */
  readonly scripts?: readonly string[]
}
