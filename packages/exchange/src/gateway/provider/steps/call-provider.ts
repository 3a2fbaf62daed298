import { exchangeProblems } from '../../../problems.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { readBody } from '../../transport/body.ts'
import { readFailure } from '../../transport/provider-connections.ts'
import type { ProviderExchange } from '../exchange.ts'

/** Calls the agency's own system, with what was signed and nothing else. */
export function callProvider(ground: GatewayGround): Step<ProviderExchange> {
  const limits = { ...ground.settings.limits, spillDirectory: ground.spillDirectory }
  return {
    name: 'callProvider',
    async run(exchange) {
      const { service, target, body, request } = exchange
      const query = target.query === '' ? '' : `?${target.query}`
      const { status, headers, stream } = await ground.providers.request({
        url: `${service.url}${target.servicePath}${query}`,
        method: request.method,
        headers: { ...forwardedHeaders(exchange), traceparent: request.trace.parent },
        body: body.bytes === 0 ? null : body.open(),
        timeoutMs: service.timeoutMs,
      })
      const received = await readBody(stream, limits, exchangeProblems['provider-answer-too-large']).catch(
        (error) => {
          throw error?.name === 'Problem' ? error : readFailure(error)
        },
      )
      exchange.received = { status, headers, body: received }
      return {
        th: `ระบบของหน่วยงานตอบสถานะ ${status}`,
        en: `The agency’s system answered with status ${status}`,
      }
    },
  }
}

/** Only signed headers are passed on; those between the gateways stay between them. */
function forwardedHeaders(exchange: ProviderExchange): Record<string, string> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' }
  for (const [name, value] of exchange.headers) {
    if (name === 'content-digest' || name === 'sapan-explain' || name === 'sapan-grant') continue
    headers[name] = value
  }
  if (exchange.body.bytes > 0) headers['content-length'] = String(exchange.body.bytes)
  return headers
}
