import type { PoolClient, Text } from '@sapan/kernel'
import type { DocumentReach } from './reach.ts'

/** A signed document that is put into somebody's box. */
export interface NewDocument {
  /** The account to which it is issued; whose it is, where it is about no party. */
  readonly owner: string
  /** A keyed hash of the company or child that it is about: it is theirs, and seen by who may act for them, nobody else. */
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

/** A document that its owner shows to others for a time. */
export interface Share {
  readonly id: string
  /** What the others type: `K7QF-2M9X-ATPD-03WZ`. */
  readonly code: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly endedAt?: number
  /** Set where who made it does not act for the party of the document (any more): it opens nothing. */
  readonly withoutMandate?: true
  /** Set while it is not known whether they do: the registers that do not answer. It opens nothing until they do. */
  readonly silent?: readonly Text[]
}

/** A look at a document. */
export interface View {
  readonly at: number
  readonly what: 'seen' | 'file' | 'shared' | 'share-ended'
  /** By a share: who the other said that they are. Absent: the person themselves. */
  readonly opener?: string
}

/** What anyone may know of a document whose number they have. */
export interface NumberedDocument {
  readonly issuer: string
  readonly title: Text
  readonly number: string
  readonly issuedAt: number
  readonly validTill?: number
  readonly ended?: NonNullable<BoxDocument['ended']>
  readonly sha256: string
}

/** For how many hours a document can be shared. */
export const shareHours = [1, 24, 168, 720] as const

export interface DocumentBox {
  /** In the caller's transaction. */
  put(client: PoolClient, document: NewDocument): Promise<BoxDocument>
  /** The account's own, and those of parties that lie within its reach; the newest first. */
  list(account: string, reach?: readonly DocumentReach[]): Promise<readonly BoxDocument[]>
  /** Undefined where it is not theirs, which is logged. */
  read(account: string, id: string, reach?: readonly DocumentReach[]): Promise<BoxDocument | undefined>
  content(account: string, id: string, reach?: readonly DocumentReach[]): Promise<Uint8Array | undefined>
  /** Takes a document back, in the caller's transaction. */
  end(client: PoolClient, id: string, why: 'replaced' | 'revoked', by?: string): Promise<void>
}

/** The box with all that its pages need. */
export interface DocumentBoxHouse extends DocumentBox {
  /** What is known of a number, of whichever issuers: anyone may ask. */
  byNumber(number: string): Promise<readonly NumberedDocument[]>

  /** Who looked at it, the latest first, at most 100. Undefined where it is not theirs, as for all that follow. */
  views(account: string, id: string, reach?: readonly DocumentReach[]): Promise<readonly View[] | undefined>
  /** The shares that are not over, the newest first; undefined also for who may only look, as for both that follow. */
  shares(account: string, id: string, reach?: readonly DocumentReach[]): Promise<readonly Share[] | undefined>
  /** Throws `document-share-choice-unknown` and `document-shares-too-many`. */
  share(
    account: string,
    id: string,
    hours: number,
    reach?: readonly DocumentReach[],
  ): Promise<Share | undefined>
  /** Ends a share at once; that of another is not there. */
  endShare(account: string, id: string, share: string, reach?: readonly DocumentReach[]): Promise<void>
  /** Registers that say for whom the account may act, and do not answer now: what is not there may be theirs. */
  silentOf(account: string): Promise<readonly Text[]>
  /**
   * For whoever has a code that is not over. `opener` is who they say they are; the owner sees it. A party's document is
   * shown only as long as who shared it acts for the party; `document-authority-unknown` while no register says so.
   */
  openShare(code: string, opener: string): Promise<BoxDocument | undefined>
  sharedContent(
    code: string,
    opener: string,
  ): Promise<{ document: BoxDocument; content: Uint8Array } | undefined>
}
