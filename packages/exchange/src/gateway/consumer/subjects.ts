import { evidenceSubjects } from '../evidence-subjects.ts'
import type { GatewayGround } from '../ground.ts'
import type { ConsumerExchange } from './exchange.ts'

/** The people whom the exchange concerns, as far as this side can see them by now. */
export function consumerSubjects(ground: GatewayGround, exchange: ConsumerExchange): Promise<Buffer[]> {
  return evidenceSubjects(ground, {
    matched: exchange.matched,
    query: exchange.target.query,
    request: exchange.body,
    answer: exchange.answer?.body ?? null,
  })
}
