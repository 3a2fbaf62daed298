import { queryParameterNames } from '../../../address.ts'
import { exchangeProblem } from '../../../problems.ts'
import { matchOperation } from '../../../service/description.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import type { ConsumerExchange } from '../exchange.ts'

/** Finds the service in the directory, and in its description the operation that is asked for. */
export function findService(ground: GatewayGround): Step<ConsumerExchange> {
  return {
    name: 'findService',
    async run(exchange) {
      const view = ground.directory.current()
      const { member, service, servicePath, query } = exchange.target
      if (!view.member(member)) throw exchangeProblem('member-unknown', { extensions: { member } })
      const { description } = await ground.descriptions.of(view, service)
      const matched = matchOperation(description, exchange.request.method, servicePath)
      if (!matched) throw exchangeProblem('operation-unknown', { extensions: { service } })
      exchange.description = description
      exchange.matched = matched
      exchange.queryNames = queryParameterNames(query)
      return {
        th: `การทำงาน ${matched.operation.id}: ${matched.operation.summary.th}`,
        en: `Operation ${matched.operation.id}: ${matched.operation.summary.en}`,
      }
    },
  }
}
