import { exchangeProblem } from '../../../problems.ts'
import { matchOperation } from '../../../service/description.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import type { ProviderExchange } from '../exchange.ts'

/** Finds our service and the operation of its description that the message asks for. */
export function findOperation(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'findOperation',
    run(exchange) {
      const { service: id, servicePath } = exchange.target
      const service = ground.services.get(id)
      if (!service) throw exchangeProblem('service-unknown')
      const matched = matchOperation(service.description, exchange.request.method, servicePath)
      if (!matched) throw exchangeProblem('operation-unknown', { extensions: { service: id } })
      exchange.service = service
      exchange.matched = matched
      return { th: `การทำงาน ${matched.operation.id}`, en: `Operation ${matched.operation.id}` }
    },
  }
}
