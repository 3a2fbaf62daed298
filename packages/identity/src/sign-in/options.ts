import type { Logger, Pool, Text } from '@sapan/kernel'
import type { SiteAnswer, SiteCookies, SiteRequest } from '@sapan/ui'
import type { ComponentChild } from 'preact'
import type { Accounts } from '../account/account.ts'
import type { Freezing } from '../account/freezing.ts'
import type { Proof } from '../authenticators/authenticator.ts'
import type { Authenticators } from '../authenticators/authenticators.ts'
import type { Devices } from '../authenticators/devices.ts'
import type { NameSignIn } from '../authenticators/name-sign-in.ts'
import type { History } from '../history/history.ts'
import type { Levels } from '../levels/level.ts'
import type { OutsideProvider } from '../proofing/outside/outside-provider.ts'
import type { Interactions, SignIn } from '../provider/interactions.ts'
import type { Admission } from './admission.ts'
import type { SignInLetters } from './letters.ts'
import type { Opening } from './opening.ts'
import type { Entering } from './outside/entering.ts'
import type { Recovering } from './recovery-proofed.ts'
import type { Reviewing } from './review.ts'

/** What a house adds to the first page of a sign-in. A release of ours adds nothing. */
export interface SignInAddition {
  /** Stands before the ways of signing in. */
  section(request: SignInRequest, signIn: SignIn): Promise<ComponentChild> | ComponentChild
  /** Forms of that section: a path below `/sign-in/:uid`, and whom what is sent there proves. */
  readonly forms: readonly { readonly path: string; prove(request: SignInRequest): Promise<Proof> }[]
}

/** The outside provider at which people may sign in, and prove who they are to recover an account. */
export interface OutsideSignIn {
  readonly name: Text
  /** With `outsideBack` of the issuer as its redirect URI. */
  readonly provider: Pick<OutsideProvider, 'begin' | 'find'>
  readonly entering: Entering
}

export interface SignInOptions {
  readonly pool: Pool
  readonly log: Logger
  readonly levels: Levels
  readonly accounts: Accounts
  readonly authenticators: Authenticators
  readonly names: NameSignIn
  readonly devices: Devices
  readonly history: History
  readonly freezing: Pick<Freezing, 'mayOpen' | 'unfreeze'>
  /** What is looked at before a frozen account opens. */
  readonly reviewing: Reviewing
  /** Recoveries that are due take effect before a passkey is tried. */
  readonly recovery: { ripen(): Promise<number> }
  readonly opening: Opening
  /** What strangers may begin, and how often. */
  readonly admission: Pick<Admission, 'admit'>
  readonly interactions: Interactions
  /** Those of the issuer's site. */
  readonly cookies: SiteCookies
  /** Absent where this operator is no client of such a provider. */
  readonly outside?: OutsideSignIn
  /** For who has lost what they sign in with; no such page where absent. */
  readonly recovering?: Recovering
  /** Codes by e-mail; absent where this operator sends no letters. */
  readonly letters?: SignInLetters
  readonly addition?: SignInAddition
}

export type SignInRequest = SiteRequest<unknown>
export type SignInPage = (
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
) => Promise<SiteAnswer> | SiteAnswer
