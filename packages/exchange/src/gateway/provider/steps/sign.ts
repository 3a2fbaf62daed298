import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { signOutgoing } from '../answer.ts'
import type { ProviderExchange } from '../exchange.ts'

/** Signs the answer for the provider's member, bound to the request's own signature. */
export function sign(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'sign',
    async run(exchange) {
      const { answer, target } = exchange
      if (!answer) throw new Error('there is no answer')
      exchange.signed = await signOutgoing(ground, exchange, answer)
      return { th: `ลงลายมือชื่อแทน ${target.member}`, en: `Signed for ${target.member}` }
    },
  }
}
