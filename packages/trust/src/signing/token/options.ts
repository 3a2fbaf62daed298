import type { KeyAlgorithm } from '../algorithm.ts'

export interface TokenOptions {
  /** Path of the maker's PKCS#11 module: `/usr/lib/softhsm/libsofthsm2.so`, … */
  readonly module: string
  /** The slot's number, or the token's label or serial number; none of them where only one token is there. */
  readonly slot?: number
  readonly token?: string
  readonly serial?: string
  /**
   * Gives the PIN whenever a session is opened; it is not kept. Absent: the token needs none, or has a keypad of its own.
   * A PIN that the token refused is never tried again, and the callback not asked again.
   */
  readonly pin?: () => string | Promise<string>
  /** Environment variables that the module needs (`SOFTHSM2_CONF`, `HOME`, …); none by default. */
  readonly environment?: Readonly<Record<string, string>>
  /** After so long without an answer the token counts as gone; 60,000 by default. */
  readonly timeoutMs?: number
}

/** Which key of the token: its label, its id (bytes, or hex), or both; none of them where only one is there. */
export interface TokenKeySelection {
  readonly label?: string
  readonly id?: Uint8Array | string
}

export interface TokenKeyOptions extends TokenKeySelection {
  readonly algorithm?: KeyAlgorithm
  /** Where the token has none: the certificate and those above it, DER. */
  readonly certificate?: Uint8Array
  readonly chain?: readonly Uint8Array[]
}
