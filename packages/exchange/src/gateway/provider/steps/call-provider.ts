import { sourceOf, sourcePath } from '../../../answers/source.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { headerList, providerRequestHeaders } from '../../transport/headers.ts'
import { askedOperation } from '../asked-operation.ts'
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
      const { service, body } = exchange
      const isQuestion = exchange.matched.operation.question !== null
      const {
        status,
        rawHeaders,
        body: received,
      } = await ground.providers.request({
        origin: service.origin,
        path: `${service.basePath}${askedPath(exchange)}` || '/',
        method: isQuestion ? 'GET' : exchange.request.method,
        headers: sentHeaders(exchange),
        body: body.bytes === 0 || isQuestion ? null : body.open(),
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

/** Of a question, its source: what the caller gives is for the expression. */
function askedPath({ service, matched, target }: ProviderExchange): string {
  const { question } = matched.operation
  if (question === null) return `${target.servicePath}${target.query === '' ? '' : `?${target.query}`}`
  return sourcePath(matched.operation, sourceOf(service.description, question), target.servicePath)
}

/** Only signed headers are passed on; those between the gateways stay between them. */
function sentHeaders(exchange: ProviderExchange): string[] {
  const { headers, body, request, matched } = exchange
  const sent: string[] = []
  const { question } = matched.operation
  // What makes a register answer in another way (If-None-Match, Range) would be a question of the caller's own.
  const ours = (name: string) => question === null || /^(?:x-road|sapan)-/.test(name)
  for (const [name, value] of providerRequestHeaders(headers, askedOperation(exchange)))
    if (ours(name)) sent.push(name, value)
  // X-Road's protocol has it so where the caller says nothing.
  if (question !== null || !headers.some(([name]) => name === 'accept'))
    sent.push('accept', 'application/json')
  sent.push('accept-encoding', 'identity', 'traceparent', request.trace.parent)
  if (body.bytes > 0 && question === null) sent.push('content-length', String(body.bytes))
  return sent
}
