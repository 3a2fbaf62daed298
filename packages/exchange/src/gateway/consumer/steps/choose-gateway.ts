import { exchangeProblem } from '../../../problems.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { single } from '../../transport/headers.ts'
import type { ConsumerExchange } from '../exchange.ts'

/** The provider's gateways in the order in which they are tried; `X-Road-Security-Server` may name one. */
export function chooseGateway(ground: GatewayGround): Step<ConsumerExchange> {
  return {
    name: 'chooseGateway',
    run(exchange) {
      const named = single(exchange.request.headers, 'x-road-security-server')
      const all = ground.directory.current().gatewaysOf(exchange.target.member)
      const gateways = named === undefined ? all : all.filter(({ id }) => id === named)
      const first = gateways[0]
      if (!first) throw exchangeProblem('provider-without-gateway')
      for (const { id } of gateways) ground.directory.admitPeer(id)
      exchange.gateways = gateways
      return { th: `ส่งไปยังเกตเวย์ ${first.id}`, en: `To the gateway ${first.id}` }
    },
  }
}
