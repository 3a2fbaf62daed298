import { exchangeProblem } from '../../../problems.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import type { ProviderExchange } from '../exchange.ts'

/** Each signed message is answered once. */
export function refuseReplay(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'refuseReplay',
    async run(exchange) {
      const fresh = await ground.nonces
        .remember(exchange.certificate, exchange.nonce, exchange.expires)
        .catch((error) => {
          throw exchangeProblem('evidence-unavailable', { cause: error })
        })
      if (!fresh) {
        exchange.verified = false
        throw exchangeProblem('message-replayed')
      }
      return { th: 'ยังไม่เคยเห็นข้อความนี้', en: 'This message was not seen before' }
    },
  }
}
