import type { PoolClient, Problem } from '@sapan/kernel'
import type { Answers, FileAnswer } from '../application/answers.ts'
import type { Applicant, DraftContent } from '../application/application.ts'

/** Whose drafts are looked at: an account, and for whom it acts now. */
export interface DraftOwner {
  readonly account: string
  /** Absent: for oneself. Drafts of a party belong to all who may act for it, and to nobody who does not do so now. */
  readonly party?: Party
}

/** Whom a draft is for, where that is not who fills it in. */
export type Party = Pick<Applicant, 'id' | 'scheme'>

/** A form that is being filled in. Times are milliseconds since 1970. */
export interface Draft {
  readonly id: string
  readonly service: string
  /** Of the definition. */
  readonly version: number
  /** Counts what was saved: who saves names the one that they saw. */
  readonly revision: number
  /** Who began it. */
  readonly account: string
  /** For somebody else than who began it. */
  readonly isForParty: boolean
  readonly content: DraftContent
  /** Set since the draft was moved to a newer version of its service, until what is asked anew is answered. */
  readonly moved?: Moved
  /** Where it began as a copy. */
  readonly copied?: Copied
  readonly createdAt: number
  readonly changedAt: number
  readonly removedAt?: number
  /** The case that came of it; then nothing in it changes any more. */
  readonly submitted?: { readonly case: string; readonly at: number }
}

/** The earlier application with whose answers a draft began. */
export interface Copied {
  /** Its receipt number. */
  readonly number: string
  /** What counted in it, by paths (`children.0.birthDate`). */
  readonly answers: Answers
}

/** What a newer version of the service means to a draft. */
export interface Moved {
  readonly from: number
  /** Ids of fields that are asked anew: new ones, and those whose answers could not be taken over. */
  readonly anew: readonly string[]
  readonly at: number
}

export type DraftSummary = Pick<
  Draft,
  'id' | 'service' | 'version' | 'revision' | 'createdAt' | 'changedAt' | 'removedAt' | 'submitted'
>

/** A file that comes with what is saved. */
export interface NewFile {
  readonly answer: FileAnswer
  readonly content: Uint8Array
}

/** A draft of which a case is made. */
export interface HandedIn {
  readonly draft: Draft
  readonly case: string
  /** When it came, in ms since 1970. */
  readonly at: number
}

export interface Saving {
  /** Those whose answers are in the content. */
  readonly files?: readonly NewFile[]
  /** Of the definition, where the draft is moved to another version of it. */
  readonly version?: number
  /** `null`: what was asked anew is answered. */
  readonly moved?: Moved | null
}

/** Which files of what was handed in count: those from before, and these; ids. */
export interface CountedFiles {
  /** Milliseconds since 1970. */
  readonly since: number
  readonly kept: readonly string[]
}

/** Drafts in schema `services`, sealed. What is not one's own is not there, and the try is logged. */
export interface Drafts {
  create(
    owner: DraftOwner,
    draft: {
      readonly service: string
      readonly version: number
      readonly content: DraftContent
      readonly copied?: Copied
    },
  ): Promise<Draft>
  /** Also a removed or submitted one. Throws `draft-not-found`. */
  find(owner: DraftOwner, id: string): Promise<Draft>
  /**
   * Keeps what was filled in; files that no answer names any more go with it. Throws `draft-changed` where somebody saved
   * since the draft was read, `draft-over` where it was removed or handed in, `draft-too-large`.
   */
  save(draft: Draft, content: DraftContent, saving?: Saving): Promise<Draft>
  /** Open ones and those that can still be restored, the last changed first; of one service where it is named. */
  list(owner: DraftOwner, service?: string): Promise<readonly DraftSummary[]>
  /** A draft that was removed already stays so. Throws `draft-not-found`, `draft-over` for one that was handed in. */
  remove(owner: DraftOwner, id: string): Promise<void>
  /** Within 30 days. Throws `draft-not-found`. */
  restore(owner: DraftOwner, id: string): Promise<void>
  /**
   * Marks them as handed in, in the caller's transaction; no two are the same. Gives the case of each: the caller's, or the
   * one that came of it before; of two at once the second waits. A problem in its place is `draft-changed` where one is not
   * as the caller read it, `draft-over`, `draft-not-found`.
   */
  submitted(client: PoolClient, all: readonly HandedIn[]): Promise<readonly (string | Problem)[]>
  /**
   * Keeps files that come with a reply to what was handed in, beside its own; they go with it. Throws `draft-too-large`
   * where all of them together are; those that came since and count no more do not.
   */
  addFiles(draft: Pick<Draft, 'id'>, files: readonly NewFile[], counting: CountedFiles): Promise<void>
  /** Lets go of files that came since and count no more, in the caller's transaction. */
  clearFiles(client: PoolClient, draft: Pick<Draft, 'id'>, counting: CountedFiles): Promise<void>
  /** The content of a file that an answer names; undefined where there is none. Whose it is, the caller has looked at. */
  file(draft: Pick<Draft, 'id'>, file: string): Promise<Buffer | undefined>
  /** Erases what was removed 30 days ago and what nobody touched for 180. A job for every day. Gives how many. */
  clear(): Promise<number>
}
