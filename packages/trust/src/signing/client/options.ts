import type { KeyAlgorithm } from '../algorithm.ts'
import type { JsonPost } from './post.ts'
import type { TokenSource } from './transport.ts'

export interface CscKeyOptions {
  /** What precedes `/csc/v2/` or `/csc/v1/`. */
  readonly baseUrl: string
  readonly credentialId: string
  /** `v2` by default; `v1` for a service that speaks v1.0.4. */
  readonly version?: 'v1' | 'v2'
  /**
   * Gives the access token; called before each request, and once more with the token that the service refused: a token
   * that ran out is renewed there.
   */
  readonly token?: TokenSource
  /** Gives PIN and OTP where the service asks for them; called for each authorisation with what is to be signed. */
  readonly authorize?: (request: CscAuthorization) => CscFactors | Promise<CscFactors>
  /** What the signer is shown: the subject of a letter, for example. */
  readonly description?: string
  readonly algorithm?: KeyAlgorithm
  /** 60,000 by default: a signer may have to confirm on a telephone. */
  readonly timeoutMs?: number
  /** How long to wait before what changes nothing is asked again; 500 by default, then twice as long. */
  readonly againAfterMs?: number
  /** Whether signatures are asked for and fetched later (`operationMode` A of v2): for services that take their time. */
  readonly later?: boolean
  /** How often an outcome is asked for, 2000 by default, and for how long, ten minutes by default. */
  readonly askEveryMs?: number
  readonly laterMs?: number
  /** Authorities, PEM, one of which must have issued the service's certificate; those that Node knows by default. */
  readonly authorities?: readonly string[]
  readonly post?: JsonPost
}

export interface CscAuthorization {
  readonly credentialId: string
  readonly hashes: readonly Uint8Array[]
  readonly needs: { readonly pin: boolean; readonly otp: boolean }
  /** Has the service send the one-time password. */
  sendOtp(): Promise<void>
}

export interface CscFactors {
  readonly pin?: string
  readonly otp?: string
  /** Instead of both: an access token of scope `credential` (OAuth 2.0), which the signer authorised for these digests. */
  readonly sad?: string
}

/** PINs go over encrypted connections only, but on one machine. */
export function checkAddress(baseUrl: string): void {
  const { protocol, hostname, username, password, search, hash } = new URL(baseUrl)
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocal)) {
    throw new TypeError('a signing service is reached over https')
  }
  if (username || password || search || hash) {
    throw new TypeError('the address of a signing service has no user, query or fragment')
  }
}
