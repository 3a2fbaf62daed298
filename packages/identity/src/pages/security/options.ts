import type { Clock } from '@sapan/kernel'
import type { SiteRequest } from '@sapan/ui'
import type { Accounts } from '../../account/account.ts'
import type { Freezing } from '../../account/freezing.ts'
import type { Authenticators } from '../../authenticators/authenticators.ts'
import type { History } from '../../history/history.ts'
import type { SignInSession } from '../../provider/sessions.ts'
import type { Recovery } from '../../recovery/recovery.ts'
import type { Need, Visitor } from '../../visitor.ts'

/** Sessions of a person, at the provider. */
export interface SecuritySessions {
  of(account: string): Promise<readonly SignInSession[]>
  /** Throws `session-unknown`, for another's too. */
  revoke(account: string, id: string): Promise<void>
}

export interface SecurityOptions {
  readonly clock: Clock
  readonly accounts: Accounts
  readonly authenticators: Authenticators
  readonly history: History
  readonly recovery: Pick<Recovery, 'waiting' | 'cancel'>
  readonly freezing: Pick<Freezing, 'freeze'>
  readonly sessions: SecuritySessions
  /** Of the country: how long ago a person may have proved themselves who changes what they sign in with. */
  readonly freshSeconds: number
}

export type SecurityRequest = SiteRequest<Visitor>
export type SecurityNeed = Need
