import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import type { ProviderExchange } from '../exchange.ts'
import { requestRecord } from '../records.ts'

/** That we were asked is on our disk before our own system is. */
export function recordRequest(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'recordRequest',
    async run(exchange) {
      await ground.evidence.record([requestRecord(ground, exchange)])
      exchange.recorded = true
      return { th: 'บันทึกคำขอแล้ว', en: 'The request is recorded' }
    },
  }
}
