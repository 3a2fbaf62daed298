import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { headerList, providerRequestHeaders } from '../../transport/headers.ts'
import type { ProviderExchange } from '../exchange.ts'

/** Calls the agency's own system, with what was signed and nothing else. */
export function callProvider(ground: GatewayGround): Step<ProviderExchange> {
  const limits = { ...ground.settings.limits, spillDirectory: ground.spillDirectory }
  return {
    name: 'callProvider',
    async run(exchange) {
      if (exchange.received !== undefined) {
        return { th: 'เกตเวย์มีคำตอบแล้ว', en: 'The gateway has the answer itself' }
      }
      const { service, target, body, request } = exchange
      const query = target.query === '' ? '' : `?${target.query}`
      const {
        status,
        rawHeaders,
        body: received,
      } = await ground.providers.request({
        origin: service.origin,
        path: `${service.basePath}${target.servicePath}${query}` || '/',
        method: request.method,
        headers: sentHeaders(exchange),
        body: body.bytes === 0 ? null : body.open(),
        timeoutMs: service.timeoutMs,
        limits,
      })
      exchange.received = { status, headers: headerList(rawHeaders), body: received }
      return {
        th: `ระบบของหน่วยงานตอบสถานะ ${status}`,
        en: `The agency’s system answered with status ${status}`,
      }
    },
  }
}

/** Only signed headers are passed on; those between the gateways stay between them. */
function sentHeaders({ headers, body, request }: ProviderExchange): string[] {
  const sent: string[] = []
  for (const [name, value] of providerRequestHeaders(headers)) sent.push(name, value)
  sent.push('accept-encoding', 'identity', 'traceparent', request.trace.parent)
  if (body.bytes > 0) sent.push('content-length', String(body.bytes))
  return sent
}
