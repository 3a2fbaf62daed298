import { randomUUID } from 'node:crypto'
import { parseExchangeTarget } from '../../../address.ts'
import { parseSubsystem } from '../../../identifier.ts'
import { exchangeProblem } from '../../../problems.ts'
import type { Step } from '../../step.ts'
import { single } from '../../transport/headers.ts'
import type { ConsumerExchange } from '../exchange.ts'

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Reads whom the caller wants to reach, and for whom it says that it speaks. */
export const parseAddress: Step<ConsumerExchange> = {
  name: 'parseAddress',
  run(exchange) {
    const { method, rawTarget, headers } = exchange.request
    if (!methods.has(method)) throw exchangeProblem('method-not-supported')
    exchange.target = parseExchangeTarget(rawTarget)
    const client = single(headers, 'x-road-client')
    if (client === undefined) throw exchangeProblem('client-header-missing')
    const { subsystem, member } = parseSubsystem(client)
    exchange.client = subsystem
    exchange.clientMember = member
    exchange.messageId = single(headers, 'x-road-id') ?? randomUUID()
    return {
      th: `${subsystem} เรียก ${exchange.target.service}`,
      en: `${subsystem} calls ${exchange.target.service}`,
    }
  },
}
