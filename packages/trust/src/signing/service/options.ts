import type { Clock } from '@sapan/kernel'
import type { AttemptStore } from './attempts.ts'
import type { AuthorizationStore } from './authorization.ts'
import type { ServiceCredential } from './credential.ts'

/** Whom an access token stands for. */
export interface Caller {
  readonly user: string
  /** What a token of scope `credential` authorises by itself (v2 §8.4): signatures with that credential, under that SAD. */
  readonly authorized?: { readonly credential: string; readonly sad: string }
}

/** What a signer is asked to authorise. */
export interface AuthorizationRequest {
  readonly user: string
  readonly credential: ServiceCredential
  /** Digests that are to be signed; undefined where the credential's SCAL is 1 and none were named. */
  readonly hashes: readonly Uint8Array[] | undefined
  readonly count: number
  /** What the caller says is to be signed; to be shown to the signer. */
  readonly description: string | undefined
  readonly pin: string | undefined
  readonly otp: string | undefined
}

/** More digests of a transaction that the signer authorised before. */
export interface ExtensionRequest {
  readonly user: string
  readonly credential: ServiceCredential
  readonly hashes: readonly Uint8Array[] | undefined
  /** Signatures that are left of those authorised. */
  readonly left: number
}

export type AuthorizationDecision = 'granted' | 'pin-wrong' | 'otp-wrong' | 'denied'

/** What happened, for the house's records. No PIN, no OTP, no SAD. */
export interface SigningEvent {
  readonly kind: 'authorized' | 'refused' | 'extended' | 'signed'
  readonly at: number
  readonly user: string
  readonly credential: string
  /** In lower-case hex. */
  readonly hashes: readonly string[]
  readonly reason?: string
}

export interface SigningServiceOptions {
  /** Shown by `info`. */
  readonly name: string
  readonly description?: string
  /** Two letters, ISO 3166-1. */
  readonly region: string
  /** An address of a picture. */
  readonly logo?: string
  /** Base address of the OAuth 2.0 server that gives the tokens; without it, `info` says that they come from elsewhere. */
  readonly oauth2?: string
  readonly clock: Clock
  /** Whose the access token is; undefined for one that is not valid. `AuthorizationServer` has it for its own. */
  authenticate(token: string): Promise<Caller | undefined>
  /** The user's own credentials, and nobody else's. */
  credentials(user: string): Promise<readonly ServiceCredential[]>
  /** Checks PIN and OTP (in constant time), or asks the signer to confirm; nothing is signed without it. */
  authorize(request: AuthorizationRequest): Promise<AuthorizationDecision>
  /**
   * Whether digests that the signer was not shown may be signed within the number that was authorised; without it,
   * transactions cannot be extended.
   */
  extend?(request: ExtensionRequest): Promise<'granted' | 'denied'>
  /** Sends the signer a one-time password, for credentials with one that is sent. */
  sendOtp?(user: string, credential: ServiceCredential): Promise<void>
  /** A time-stamp authority (RFC 3161): answers a request with a response, both DER. */
  timestamp?(request: Uint8Array): Promise<Uint8Array>
  /** Where authorisations lie; in memory by default. Several processes need one that they share. */
  readonly authorizations?: AuthorizationStore
  /**
   * Where wrong PINs and OTPs are counted; in memory by default. `fileAttempts` for a service of several processes, and
   * for one that counts on after a restart.
   */
  readonly attempts?: AttemptStore
  /** Whether requests may be answered later (`operationMode` A); true by default. Outcomes lie in this process's memory. */
  readonly asynchronous?: boolean
  /** How long an authorisation holds, in seconds; 300 by default. */
  readonly authorizationSeconds?: number
  /** Told what happened before the answer goes out; a record that fails refuses the answer. */
  record?(event: SigningEvent): Promise<void> | void
  /** Told of faults, which a caller never sees. */
  onError?(error: unknown): void
}
