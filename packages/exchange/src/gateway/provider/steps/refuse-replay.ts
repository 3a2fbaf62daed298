import { exchangeProblem } from '../../../problems.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import type { ProviderExchange } from '../exchange.ts'

/** Each signed message is answered once. What this process has not seen, `recordRequest` holds against the evidence. */
export function refuseReplay(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'refuseReplay',
    run(exchange) {
      if (!ground.seen.add(`${exchange.certificate} ${exchange.nonce}`, exchange.expires)) {
        exchange.verified = false
        throw exchangeProblem('message-replayed')
      }
      return { th: 'ยังไม่เคยเห็นข้อความนี้', en: 'This message was not seen before' }
    },
  }
}
