import { Problem } from '@sapan/kernel'
import { exchangeProblem } from '../../../problems.ts'
import { subjectValues } from '../../evidence-subjects.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import type { ProviderExchange } from '../exchange.ts'
import { requestRecord } from '../records.ts'

/**
 * That we were asked, and about whom as far as the request tells, is on our disk before our own system is asked: an
 * access whose answer is lost is still the person's to see.
 */
export function recordRequest(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'recordRequest',
    async run(exchange) {
      exchange.people = await subjectValues(ground, {
        matched: exchange.matched,
        query: exchange.target.query,
        request: exchange.body,
        answer: null,
      })
      exchange.subjects = ground.subjects.hash(exchange.people)
      await ground.evidence.record([requestRecord(ground, exchange)]).catch((error: unknown) => {
        throw replayed(exchange, error)
      })
      exchange.recorded = true
      return { th: 'บันทึกคำขอแล้ว', en: 'The request is recorded' }
    },
  }
}

/** An exchange is kept once, over restarts and by all gateways of the operator: what was kept before was sent before. */
function replayed(exchange: ProviderExchange, error: unknown): unknown {
  if (!(error instanceof Problem) || error.code !== 'evidence-duplicate') return error
  exchange.verified = false
  return exchangeProblem('message-replayed', { cause: error })
}
