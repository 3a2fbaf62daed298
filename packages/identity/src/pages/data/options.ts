import type { Text } from '@sapan/kernel'
import type { SiteRequest } from '@sapan/ui'
import type { Authenticators } from '../../authenticators/authenticators.ts'
import type { History } from '../../history/history.ts'
import type { ProofingGround } from '../../proofing/ground.ts'
import type { Visitor } from '../../visitor.ts'

export interface DataPagesOptions {
  readonly ground: ProofingGround
  readonly authenticators: Pick<Authenticators, 'list'>
  readonly history: Pick<History, 'list'>
  /** What a member is called; undefined for who is none. */
  memberName(member: string): Text | undefined
  /** More that is kept of a person, for the file that they take with them: `consents`, `mandates`. */
  readonly more: Readonly<Record<string, (account: string) => Promise<unknown>>>
  /** Of the country: how long ago a person may have proved themselves who takes it all with them. */
  readonly freshSeconds: number
}

export type DataRequest = SiteRequest<Visitor>
