import { checkGrantedActor, noActor, checkActor as verified } from '../../actor/check-actor.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { single } from '../../transport/headers.ts'
import type { ProviderExchange } from '../exchange.ts'

/** Who acts is proven by a token, or not said at all: `X-Road-UserId` stays what the caller claims. */
export function checkActor(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'checkActor',
    run(exchange) {
      const { known } = exchange
      if (!known) throw new Error('there is no grant')
      const { grant } = known
      const jws = single(exchange.headers, 'sapan-actor')
      if (jws === undefined) {
        checkGrantedActor(grant, null)
        return noActor
      }
      return verified(ground, { jws, consumerMember: exchange.clientMember, grant }).then((found) => {
        exchange.actor = found.actor
        return found.decided
      })
    },
  }
}
