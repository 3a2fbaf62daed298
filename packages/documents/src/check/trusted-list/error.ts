export type TrustedListErrorCode =
  /** No XML, or XML that is not read. */
  | 'unreadable'
  /** XML, but not a trusted list of TS 119 612. */
  | 'not-a-list'
  | 'too-large'
  /** A key to hold the list against was given, and nobody signed it. */
  | 'unsigned'
  /** Signed, but not by one who may, or altered since. */
  | 'signature-wrong'

/** A trusted list that cannot be used: trust is the reader's own decision, so nothing of it counts. */
export class TrustedListError extends Error {
  override readonly name = 'TrustedListError'
  readonly code: TrustedListErrorCode

  constructor(code: TrustedListErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
