import { Problem } from '@sapan/kernel'
import { exchangeProblem, exchangeProblems } from '../../../problems.ts'
import type { SignedMessage } from '../../../signature/message.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { NotSent, type PeerRequest } from '../../transport/peer-connections.ts'
import type { ConsumerExchange } from '../exchange.ts'
import { recordFailure } from '../record-failure.ts'
import { signAnew } from './sign.ts'

/**
 * Sends over mutual TLS. Where no connection comes about, the next of the provider's gateways is tried. What may have
 * arrived is never sent again by itself, but for a question (RFC 9110 §9.2.1) whose connection broke: that is asked
 * once more as a new exchange, and the broken one is kept as such.
 */
export function send(ground: GatewayGround): Step<ConsumerExchange> {
  return {
    name: 'send',
    async run(exchange) {
      try {
        await attempt(ground, exchange)
      } catch (error) {
        if (!exchange.sent || !exchange.matched.operation.safe || !isBroken(error)) throw error
        await recordFailure(ground, exchange, error)
        await signAnew(ground, exchange)
        await attempt(ground, exchange)
      }
      const { status } = exchange.rawAnswer
      return { th: `ได้คำตอบสถานะ ${status}`, en: `Answered with status ${status}` }
    },
  }
}

function isBroken(error: unknown): error is Problem {
  return error instanceof Problem && error.code === 'gateway-connection-lost'
}

async function attempt(ground: GatewayGround, exchange: ConsumerExchange): Promise<void> {
  const { message, body, request } = exchange
  if (!message) throw new Error('the request is not signed')
  const sent: Omit<PeerRequest, 'body'> = {
    method: message.method,
    path: exchange.target.raw,
    headers: wireHeaders(message, request.trace.parent),
    timeoutMs: ground.settings.timeouts.peer * 1000,
    limits: { ...ground.settings.limits, spillDirectory: ground.spillDirectory },
    tooLarge: exchangeProblems['provider-answer-too-large'],
  }
  let failure: Problem | undefined
  for (const gateway of exchange.gateways) {
    try {
      exchange.sent = true
      exchange.rawAnswer = await ground.peers.exchange(gateway, {
        ...sent,
        body: body.bytes === 0 ? null : body.open(),
      })
      return
    } catch (error) {
      if (!(error instanceof NotSent)) throw error
      exchange.sent = false
      failure = error.problem
      ground.log.warn({ gateway: gateway.id, err: error }, 'no connection to a provider’s gateway')
    }
  }
  throw failure ?? exchangeProblem('gateway-unreachable')
}

function wireHeaders(message: SignedMessage, traceParent: string): string[] {
  const headers = ['host', message.authority]
  for (const [name, value] of message.fields) headers.push(name, value)
  headers.push('signature-input', message.signatureInput, 'signature', message.signature)
  headers.push('traceparent', traceParent)
  return headers
}
