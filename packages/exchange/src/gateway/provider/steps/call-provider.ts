import { exchangeProblems } from '../../../problems.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { type BodyProblems, readBody } from '../../transport/body.ts'
import { providerRequestHeaders } from '../../transport/headers.ts'
import { readFailure } from '../../transport/provider-connections.ts'
import type { ProviderExchange } from '../exchange.ts'

const answerProblems: BodyProblems = {
  tooLarge: exchangeProblems['provider-answer-too-large'],
  brokenOff: (cause) => readFailure(cause),
}

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
        headers: sentHeaders(exchange),
        body: body.bytes === 0 ? null : body.open(),
        timeoutMs: service.timeoutMs,
      })
      const received = await readBody(stream, limits, answerProblems)
      exchange.received = { status, headers, body: received }
      return {
        th: `ระบบของหน่วยงานตอบสถานะ ${status}`,
        en: `The agency’s system answered with status ${status}`,
      }
    },
  }
}

/** Only signed headers are passed on; those between the gateways stay between them. */
function sentHeaders({ headers, body, request }: ProviderExchange): [string, string][] {
  const sent = providerRequestHeaders(headers)
  sent.push(['accept-encoding', 'identity'], ['traceparent', request.trace.parent])
  if (body.bytes > 0) sent.push(['content-length', String(body.bytes)])
  return sent
}
