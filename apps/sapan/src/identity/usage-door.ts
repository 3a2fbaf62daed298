import type { UsageDoor, UsageOperator } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import { problems } from '../problems.ts'
import { isRecord } from '../terminal/values.ts'
import { type GatewayEdge, jsonOf } from './gateway-edge.ts'

/** Asks members' gateways who looked at a person's data, through the operator's own gateway. */
export function usageDoor(edge: GatewayEdge): UsageDoor {
  return {
    operators: async () => {
      const found = jsonOf(await edge.send({ method: 'GET', target: '/sapan/v1/operators' }))
      // Our own gateway is believed.
      if (isRecord(found) && Array.isArray(found.operators)) return found.operators as UsageOperator[]
      throw new Problem(problems['agency-unreachable'])
    },
    ask: async (question) =>
      jsonOf(await edge.send({ method: 'POST', target: '/sapan/v1/usage', body: question })),
    hints: async (question) =>
      jsonOf(await edge.send({ method: 'POST', target: '/sapan/v1/hints', body: question })),
    prove: async (question) => {
      const { content } = await edge.send({ method: 'POST', target: '/sapan/v1/usage-proof', body: question })
      return content
    },
  }
}
