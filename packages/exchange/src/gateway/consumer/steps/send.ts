import { exchangeProblem, exchangeProblems } from '../../../problems.ts'
import type { SignedMessage } from '../../../signature/message.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { readBody } from '../../transport/body.ts'
import { NotSent, type PeerAnswer } from '../../transport/peer-connections.ts'
import type { ConsumerExchange } from '../exchange.ts'

/**
 * Sends over mutual TLS. Where no connection comes about, the next of the provider's gateways is tried; what may
 * have arrived is never sent again by itself.
 */
export function send(ground: GatewayGround): Step<ConsumerExchange> {
  const limits = { ...ground.settings.limits, spillDirectory: ground.spillDirectory }
  return {
    name: 'send',
    async run(exchange) {
      const { status, rawHeaders, stream } = await reach(ground, exchange)
      const body = await readBody(stream, limits, exchangeProblems['provider-answer-too-large']).catch(
        (error) => {
          throw error?.name === 'Problem' ? error : exchangeProblem('gateway-unreachable', { cause: error })
        },
      )
      exchange.rawAnswer = { status, rawHeaders, body }
      return { th: `ได้คำตอบสถานะ ${status}`, en: `Answered with status ${status}` }
    },
  }
}

async function reach(ground: GatewayGround, exchange: ConsumerExchange): Promise<PeerAnswer> {
  const { message, body, request } = exchange
  if (!message) throw new Error('the request is not signed')
  let failure: unknown
  for (const gateway of exchange.gateways) {
    try {
      exchange.sent = true
      return await ground.peers.request(gateway, {
        method: message.method,
        path: exchange.target.raw,
        headers: { ...wireHeaders(message), traceparent: request.trace.parent },
        body: body.bytes === 0 ? null : body.open(),
        timeoutMs: ground.settings.timeouts.peer * 1000,
      })
    } catch (error) {
      if (!(error instanceof NotSent)) throw error
      exchange.sent = false
      failure = error
      ground.log.warn({ gateway: gateway.id, err: error }, 'no connection to a provider’s gateway')
    }
  }
  throw exchangeProblem('gateway-unreachable', { cause: failure })
}

function wireHeaders(message: SignedMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of message.fields) headers[name] = value
  headers.host = message.authority
  headers['signature-input'] = message.signatureInput
  headers.signature = message.signature
  return headers
}
