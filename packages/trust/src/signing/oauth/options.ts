import type { Clock } from '@sapan/kernel'
import type { HandlerAnswer } from '../../http/exchange.ts'
import type { AuthorizationStore } from '../service/authorization.ts'
import type { ServiceCredential } from '../service/credential.ts'
import type { SigningEvent } from '../service/options.ts'
import type { ShortLivedStore } from './store.ts'

/** A program that may ask for tokens: a signature application. */
export interface OAuthClient {
  readonly id: string
  /** Shown to the person who decides. */
  readonly name: string
  /** Where codes may be sent; compared letter by letter (RFC 9700 §2.1). */
  readonly redirectUris: readonly string[]
  /** SHA-256 of its secret; absent for a program that can keep none. */
  readonly secretHash?: Uint8Array
}

/** What a program asks for, as the person who decides is shown it. */
export interface TokenRequest {
  readonly client: { readonly id: string; readonly name: string }
  readonly scope: 'service' | 'credential'
  /** The language that the program prefers (RFC 5646). */
  readonly lang?: string
  /** With scope `credential`: which signatures. */
  readonly signing?: {
    readonly credential: string
    readonly count: number
    /** In lower-case hex. */
    readonly hashes?: readonly string[]
    readonly description?: string
  }
}

/** Where people sign in and decide. */
export interface SignIn {
  /**
   * Takes the browser from here. Once the person has signed in and decided, `approve` or `deny` of the authorisation
   * server is called with the ticket, and the browser sent to the address that these give.
   */
  begin(ticket: string, request: TokenRequest): Promise<HandlerAnswer>
}

export interface AuthorizationServerOptions {
  readonly clock: Clock
  readonly signIn: SignIn
  /** The client of that id; undefined for one that is not known. */
  client(id: string): Promise<OAuthClient | undefined>
  /** As the signing service has it. */
  credentials(user: string): Promise<readonly ServiceCredential[]>
  /** The store of the signing service: a token of scope `credential` is an authorisation there. */
  readonly authorizations: AuthorizationStore
  /** In memory by default. */
  readonly store?: ShortLivedStore
  /** How long tokens hold, in seconds: 3600 for scope `service`, 300 for scope `credential` by default. */
  readonly serviceSeconds?: number
  readonly credentialSeconds?: number
  /** Told what a signer authorised, before the code goes out; a record that fails refuses it. */
  record?(event: SigningEvent): Promise<void> | void
  onError?(error: unknown): void
}
