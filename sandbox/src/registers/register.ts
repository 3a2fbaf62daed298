import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock, Logger, Pool, Text } from '@sapan/kernel'
import type { ServiceDocument } from './service-document.ts'

/** One of a register's services, as its agency's gateway offers it. */
export interface RegisterService {
  /** Subsystem and service: `TH/GOV/DOPA/population/person-v1`. */
  readonly service: string
  /** Where the handler serves it: the service's own paths follow, as they follow the service's code in an address. */
  readonly base: string
  /** OpenAPI 3.1, with Thai and English texts, subjects and terms. */
  readonly openapi: ServiceDocument
}

/** How far the filling of a register is. */
export interface LoadProgress {
  readonly member: string
  /** What is being stored. */
  readonly what: Text
  readonly rows: number
  readonly of: number
}

/** An agency's stand-in system: its services over one database of its own. It listens nowhere by itself. */
export interface Register {
  /** Of the providing member: `TH/GOV/DOPA`. */
  readonly member: string
  readonly services: readonly RegisterService[]
  /**
   * Makes the tables and fills them, once: `filled` the first time, `kept` afterwards. All or nothing, so that one
   * that was killed is simply started again.
   */
  load(onProgress?: (progress: LoadProgress) => void): Promise<'filled' | 'kept'>
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void
  /** Ends the handler; the pool stays with whoever made it. */
  close(): Promise<void>
}

export interface RegisterOptions {
  /** Of the register's own database. */
  readonly pool: Pool
  readonly log?: Logger
  readonly clock?: Clock
}
