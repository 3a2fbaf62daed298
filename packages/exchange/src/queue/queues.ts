import type { Logger, Pool } from '@sapan/kernel'
import { QueueDepth } from './depth.ts'
import type { IncomingMessage, OutgoingMessage } from './message.ts'
import { QueueWorker } from './worker.ts'

/** The two sides of a gateway's queues: what its members send, and what comes for their systems. */
export class Queues {
  readonly outgoing: QueueWorker<OutgoingMessage>
  readonly incoming: QueueWorker<IncomingMessage>
  readonly depth: QueueDepth

  constructor(pool: Pool, log: Logger) {
    this.depth = new QueueDepth(pool)
    this.outgoing = new QueueWorker(log)
    this.incoming = new QueueWorker(log)
  }

  nudge(): void {
    this.outgoing.nudge()
    this.incoming.nudge()
  }

  async stop(): Promise<void> {
    await Promise.all([this.outgoing.stop(), this.incoming.stop()])
  }
}
