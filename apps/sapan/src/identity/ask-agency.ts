import type { AskAgency } from '@sapan/identity'
import { type GatewayEdge, jsonOf } from './gateway-edge.ts'

/** Asks other agencies' services through a gateway's edge (X-Road's REST protocol). */
export function askAgency(edge: GatewayEdge): AskAgency {
  return async ({ service, method, path, purpose, body, consent, actor, issue, idempotencyKey }) => {
    const answer = await edge.send({
      method,
      target: `/r1/${service}${path}`,
      headers: {
        'sapan-purpose': purpose,
        ...(consent === undefined ? {} : { 'sapan-consent': consent }),
        ...(actor === undefined ? {} : { 'sapan-actor': actor }),
        ...(issue === undefined ? {} : { 'x-road-issue': issue }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      body,
    })
    const { status, headers } = answer
    return { status, body: jsonOf(answer), exchange: String(headers['sapan-exchange'] ?? '') }
  }
}
