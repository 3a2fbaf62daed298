import type { PoolClient, Text } from '@sapan/kernel'

/** A signed document that is put into somebody's box. */
export interface NewDocument {
  /** The account whose it is. */
  readonly owner: string
  /** A keyed hash of the company or child that it is about: whoever may act for them sees it. */
  readonly party?: string
  /** The member that issued it: `TH/GOV/RD`. */
  readonly issuer: string
  /** The service and output that it is: `income-tax-return/assessment`. */
  readonly kind: string
  /** Not sealed: the document's name, nothing personal. */
  readonly title: Text
  /** Its number, by which anyone can check it. */
  readonly number: string
  readonly mediaType: 'application/pdf'
  readonly content: Uint8Array
  /** The case that it comes from. */
  readonly reference?: string
  /** Milliseconds since 1970; absent: it does not end. */
  readonly validTill?: number
  /** The same again is put in once: `case:<id>:<output>`. */
  readonly key: string
}

/** A document as lists show it. */
export interface BoxDocument {
  readonly id: string
  readonly issuer: string
  readonly kind: string
  readonly title: Text
  readonly number: string
  readonly reference?: string
  /** Milliseconds since 1970. */
  readonly issuedAt: number
  readonly validTill?: number
  /** Set where a newer one replaced it, or the issuer took it back. */
  readonly ended?: { readonly at: number; readonly why: 'replaced' | 'revoked'; readonly by?: string }
  readonly bytes: number
  /** SHA-256 of the content, in hex. */
  readonly sha256: string
}

export interface DocumentBox {
  /** In the caller's transaction. */
  put(client: PoolClient, document: NewDocument): Promise<BoxDocument>
  /** Of the account, and of the parties for which it may act; the newest first. */
  list(account: string, parties?: readonly string[]): Promise<readonly BoxDocument[]>
  /** Undefined where it is not theirs, which is logged. */
  read(account: string, id: string, parties?: readonly string[]): Promise<BoxDocument | undefined>
  content(account: string, id: string, parties?: readonly string[]): Promise<Uint8Array | undefined>
  /** Takes a document back, in the caller's transaction. */
  end(client: PoolClient, id: string, why: 'replaced' | 'revoked', by?: string): Promise<void>
}
