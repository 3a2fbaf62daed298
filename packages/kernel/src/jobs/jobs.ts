import type { PoolClient } from 'pg'

/** What can be written as JSON. */
export type JobData = Readonly<Record<string, unknown>>

/** Work that is done later, at least once, and tried again while it fails. Nothing personal in its data: ids only. */
export interface Jobs {
  /**
   * Sends in the caller's transaction: what is rolled back sends nothing. The same `key` in one queue is sent once, for
   * as long as the first is known: a week after it was done.
   */
  send(client: PoolClient, queue: string, data: JobData, options?: SendOptions): Promise<void>
  /** The same for several jobs of one queue, in one statement. */
  sendAll(client: PoolClient, queue: string, jobs: readonly NewJob[]): Promise<void>
  /**
   * Does what comes, within a second. A handler that throws is tried again with growing pauses; it must bear being done
   * twice. Each job goes to one worker: two rooms that need the same have two queues.
   */
  work(queue: string, handler: (data: JobData) => Promise<void>, options?: WorkOptions): Promise<void>
  /** Runs on a schedule (cron, the country's zone), in one process at a time. */
  schedule(queue: string, cron: string, handler: () => Promise<void>): Promise<void>
  /** About how many wait in these queues: as they were counted at most some ten seconds ago, which costs nothing. */
  waiting(queues: readonly string[]): Promise<number>
  /** What was tried until nothing came of it, and waits for a person. */
  readonly dead: DeadJobs
  /** Waits for what is under way. */
  stop(): Promise<void>
}

export interface NewJob {
  readonly data: JobData
  /** Those of one call differ. */
  readonly key: string
}

export interface SendOptions {
  readonly key?: string
  /** Milliseconds since 1970; not before. */
  readonly startAt?: number
}

export interface WorkOptions {
  /** How many at once in this process; 1 by default. */
  readonly atOnce?: number
  /**
   * For what takes the processor for long and nobody looks at while it is done: rests after each, the longer the more else
   * there is to do on this machine.
   */
  readonly givesWay?: boolean
}

export interface DeadJobs {
  count(): Promise<number>
  /** The oldest first; at most 1000, 100 by default. */
  list(limit?: number): Promise<readonly DeadJob[]>
  /** Puts them back into their queues, to be tried from the beginning; gives how many. */
  revive(ids: readonly string[]): Promise<number>
}

export interface DeadJob {
  readonly id: string
  readonly queue: string
  readonly data: JobData
  /** When it was given up. */
  readonly at: number
  readonly tries: number
  /** What the last try said; for operators. */
  readonly error?: string
}
