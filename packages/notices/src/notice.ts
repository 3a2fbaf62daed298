import type { Language, Text } from '@sapan/kernel'
import type { NoticeKind } from './kinds.ts'

/** Something that a person is told. */
export interface Notice {
  readonly account: string
  readonly kind: NoticeKind
  /** Sealed where it lies; it leaves the house only as a page of the person's own. */
  readonly title: Text
  readonly body: Text
  /** The page of the portal or the desk where the person can act: a path, `/me/consents`. Nothing personal. */
  readonly link?: string
  /** The same notice again (a job that is tried twice) is told once: at most 200 letters, unique per account. */
  readonly key?: string
}

/** A notice in the inbox. Times are milliseconds since 1970. */
export interface InboxMessage {
  readonly id: string
  readonly kind: NoticeKind
  readonly title: Text
  readonly body: Text
  readonly link?: string
  readonly sentAt: number
  readonly readAt?: number
}

export interface InboxPage {
  /** The newest first. */
  readonly messages: readonly InboxMessage[]
  /** Where the next page starts; absent on the last one. */
  readonly next?: string
}

/** Where an account can be reached: its language, and its proved address if there is one. */
export interface Recipient {
  readonly language: Language
  readonly email?: string
}
