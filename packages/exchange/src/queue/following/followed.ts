/** Whose system reads which topic. */
export interface TopicReader {
  readonly client: string
  readonly service: string
  readonly operation: string
}

/** Events that were read, as they were answered, until the system has taken them. */
export interface EventBatch {
  /** Sealed. */
  readonly content: Buffer
  /** Behind its last event. */
  readonly place: number
  /** The exchange with which it was read; null where it tells of a gap. */
  readonly exchange: string | null
}

/** How far a system has taken the events of a topic that is read for it. */
export interface Followed extends TopicReader {
  /** Behind the last event that it took; null before the first reading. */
  readonly place: number | null
  readonly batch: EventBatch | null
  readonly attempts: number
  /** The code of the reason for which it does not go on. */
  readonly problem: string | null
  /** Milliseconds since 1970. */
  readonly takenAt: number | null
}
