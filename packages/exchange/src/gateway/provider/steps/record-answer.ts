import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import type { ProviderExchange } from '../exchange.ts'
import { answerRecord } from '../records.ts'

/** Nothing leaves before the evidence of it is on our disk. */
export function recordAnswer(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'recordAnswer',
    async run(exchange) {
      await ground.evidence.record([answerRecord(ground, exchange, null)])
      return { th: 'บันทึกคำตอบแล้ว', en: 'The answer is recorded' }
    },
  }
}
