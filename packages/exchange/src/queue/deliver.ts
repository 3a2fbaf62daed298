import { Readable } from 'node:stream'
import { Problem } from '@sapan/kernel'
import { ConsumerExchange, type EdgeRequest } from '../gateway/consumer/exchange.ts'
import { consumerPipeline } from '../gateway/consumer/pipeline.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import type { PeerQuestions } from '../gateway/peer/questions.ts'
import type { Step } from '../gateway/step.ts'
import { continueTrace } from '../gateway/transport/trace.ts'
import { exchangeProblem } from '../problems.ts'
import { sendAttachments } from './attachments/send.ts'
import { isDeadly, retryDelay } from './backoff.ts'
import { calledBack } from './call-back.ts'
import { checkReceipt } from './check-receipt.ts'
import { conduct } from './conduct.ts'
import { openMessage } from './content.ts'
import type { OutgoingMessage } from './message.ts'
import { findClient } from './steps/find-client.ts'
import { findQueue } from './steps/find-queue.ts'
import { buryOutgoing, markDelivered, retryOutgoing } from './store/outgoing.ts'

/**
 * Delivers a message to its receiver's gateway. What passes by itself is tried again, at longer and longer intervals; what
 * somebody must mend, or took too long, becomes a dead letter with the reason.
 */
export function delivery(
  ground: GatewayGround,
  questions: PeerQuestions,
): (message: OutgoingMessage) => Promise<void> {
  // One delivery is one exchange: under the grants of its own day, signed and recorded as any other.
  const pipeline = consumerPipeline(ground, findClient(ground), [findQueue])
  return async (message) => {
    const { number, attempts, expiresAt } = message
    if (ground.clock() >= expiresAt) {
      await bury(ground, number, { problem: 'message-expired', exchange: null })
      return
    }
    let exchange: ConsumerExchange | undefined
    try {
      if (message.manifest) await sendAttachments(ground, questions, message)
      // Behind the attachments, which may take their time: the exchange begins now.
      exchange = exchangeOf(ground, message)
      const receipt = await deliver(ground, pipeline, message, exchange)
      await markDelivered(ground.pool, number, { receipt, exchange: recorded(exchange) })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const end = { problem: error.code, exchange: recorded(exchange, error) }
      if (isDeadly(error)) await bury(ground, number, end)
      else {
        const delay = retryDelay(attempts, ground.settings.queue)
        await retryOutgoing(ground.pool, number, { delay, ...end })
      }
    }
  }
}

/** Its number, where there is evidence of it: from when it was signed. */
function recorded(exchange: ConsumerExchange | undefined, error?: Problem): string | null {
  if (!exchange || exchange.message === null || error?.code === 'evidence-unavailable') return null
  return exchange.id
}

async function bury(
  ground: GatewayGround,
  number: number,
  end: { readonly problem: string; readonly exchange: string | null },
): Promise<void> {
  await buryOutgoing(ground.pool, number, end, calledBack(ground))
  ground.queues.callbacks.nudge()
}

/** The receiver's receipt, checked. Throws the Problem with which the exchange ended. */
async function deliver(
  ground: GatewayGround,
  pipeline: readonly Step<ConsumerExchange>[],
  message: OutgoingMessage,
  exchange: ConsumerExchange,
): Promise<string> {
  return conduct(ground, pipeline, exchange, async () => {
    const jws = await receiptIn(exchange)
    const { state } = checkReceipt(ground, message, jws)
    if (state !== 'delivered') throw exchangeProblem('message-receipt-invalid')
    return jws
  })
}

function exchangeOf(ground: GatewayGround, message: OutgoingMessage): ConsumerExchange {
  const exchange = new ConsumerExchange(requestOf(ground, message), ground.clock(), false)
  exchange.queued = {
    message: message.message,
    orderKey: null,
    attachments: [],
    manifest: message.manifest,
  }
  return exchange
}

function requestOf(
  ground: GatewayGround,
  { client, message, target, content }: OutgoingMessage,
): EdgeRequest {
  if (!content) throw new Error('a queued message has no content')
  const { headers, body } = openMessage(ground.sealer, { side: 'outgoing', client, message }, content)
  return {
    method: 'POST',
    rawTarget: target,
    headers,
    stream: Readable.from([body], { objectMode: false }),
    caller: { loopback: false, certificate: undefined },
    trace: continueTrace(undefined),
  }
}

async function receiptIn({ answer }: ConsumerExchange): Promise<string> {
  try {
    const said: unknown = JSON.parse((await answer?.body.content())?.toString('utf8') ?? '')
    if (typeof said === 'object' && said !== null && 'receipt' in said && typeof said.receipt === 'string') {
      return said.receipt
    }
  } catch {
    // No JSON is no receipt.
  }
  throw exchangeProblem('gateway-answer-invalid')
}
