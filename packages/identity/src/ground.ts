import type { KeyObject } from 'node:crypto'
import type { Clock, Logger, Pool } from '@sapan/kernel'
import type { Sealer, Signer } from '@sapan/trust'
import type { IdentityCountry } from './country.ts'
import type { AskAgency } from './exchange.ts'
import type { Levels } from './levels/level.ts'

/** What every room of identity stands on. Rooms are made of it by `createIdentity`, and get each other as arguments. */
export interface IdentityGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  /** Seals what lies in the database about people; `aad` is `<table>.<column> <row id>`. */
  readonly sealer: Sealer
  /** Of the keyed hashes by which identifiers are found. */
  readonly hashKey: Uint8Array
  /** Signs receipts, status lists, subject and actor tokens. */
  readonly signer: Signer
  /** To its public half gateways encrypt hints (X25519); absent where the house takes none. */
  readonly hintKey?: KeyObject
  readonly country: IdentityCountry
  readonly levels: Levels
  /** The origin of the provider: `https://id.example.go.th`. */
  readonly issuer: string
  /** Asks another agency through this operator's gateway. */
  readonly ask: AskAgency
}
