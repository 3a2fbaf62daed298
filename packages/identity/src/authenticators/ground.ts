import type { PoolClient, Text } from '@sapan/kernel'
import type { IdentityGround } from '../ground.ts'
import type { History } from '../history/history.ts'
import type { AuthenticationCountry } from './country.ts'
import type { Ceremonies } from './store/ceremonies.ts'

/** For which websites passkeys are (Web Authentication Level 3 §5.1.2). */
export interface RelyingParty {
  /** A domain of which every origin is a part: `example.go.th`, `localhost`. */
  readonly id: string
  /** What the browser shows beside a passkey. */
  readonly name: string
  /** Where passkeys are added and used: the issuer and the faces, `https://id.example.go.th`. */
  readonly origins: readonly string[]
}

/** A word to the owner on every channel that they have, in the transaction that did what it tells. */
export type Notify = (
  client: PoolClient,
  notice: {
    readonly account: string
    readonly kind: string
    readonly title: Text
    readonly body: Text
    readonly link?: string
  },
) => Promise<unknown>

/** Cost of hashing what people remember (RFC 9106): memory in KiB. */
export interface HashCost {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

/** On what the authenticators stand, beside the ground of all rooms. */
export interface AuthenticatorGround
  extends Pick<IdentityGround, 'pool' | 'clock' | 'log' | 'sealer' | 'hashKey' | 'levels'> {
  readonly rules: AuthenticationCountry
  readonly relyingParty: RelyingParty
  readonly history: History
  readonly notify: Notify
  readonly hashCost: HashCost
  readonly ceremonies: Ceremonies
  /** What outside providers are called, by their codes. */
  readonly providers?: Readonly<Record<string, Text>>
}
