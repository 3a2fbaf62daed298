import type { PoolClient } from 'pg'

/** What can be written as JSON. */
export type JobData = Readonly<Record<string, unknown>>

/** Work that is done later, at least once, and tried again while it fails. Nothing personal in its data: ids only. */
export interface Jobs {
  /** Sends in the caller's transaction. The same `key` in one queue is sent once. */
  send(client: PoolClient, queue: string, data: JobData, options?: SendOptions): Promise<void>
  /** Does what comes. A handler that throws is tried again with growing pauses; it must bear being done twice. */
  work(queue: string, handler: (data: JobData) => Promise<void>, options?: WorkOptions): Promise<void>
  /** Runs on a schedule (cron, the country's zone), in one process at a time. */
  schedule(queue: string, cron: string, handler: () => Promise<void>): Promise<void>
  /** Waits for what is under way. */
  stop(): Promise<void>
}

export interface SendOptions {
  readonly key?: string
  /** Milliseconds since 1970; not before. */
  readonly startAt?: number
}

export interface WorkOptions {
  /** How many at once in this process; 1 by default. */
  readonly atOnce?: number
}
