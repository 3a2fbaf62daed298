import type { Logger, Pool } from '@sapan/kernel'
import { QueueDepth } from './depth.ts'
import type { Followed } from './following/followed.ts'
import type { IncomingMessage, OutgoingMessage } from './message.ts'
import type { Callback } from './store/callbacks.ts'
import { QueueWorker } from './worker.ts'

/** Each has a piece of an attachment in memory. */
const attachedAtOnce = 2

/** A gateway's queues: what its members send, what comes for their systems, and what these are to be told. */
export class Queues {
  readonly outgoing: QueueWorker<OutgoingMessage>
  /** Those with attachments, which take long: they hold up no others. */
  readonly attached: QueueWorker<OutgoingMessage>
  readonly incoming: QueueWorker<IncomingMessage>
  readonly callbacks: QueueWorker<Callback>
  readonly followed: QueueWorker<Followed>
  readonly depth: QueueDepth

  constructor(pool: Pool, log: Logger) {
    this.depth = new QueueDepth(pool)
    this.outgoing = new QueueWorker(log)
    this.attached = new QueueWorker(log, attachedAtOnce)
    this.incoming = new QueueWorker(log)
    this.callbacks = new QueueWorker(log)
    this.followed = new QueueWorker(log)
  }

  nudge(): void {
    this.outgoing.nudge()
    this.attached.nudge()
    this.incoming.nudge()
    this.callbacks.nudge()
    this.followed.nudge()
  }

  async stop(): Promise<void> {
    await Promise.all([
      this.outgoing.stop(),
      this.attached.stop(),
      this.incoming.stop(),
      this.callbacks.stop(),
      this.followed.stop(),
    ])
  }
}
