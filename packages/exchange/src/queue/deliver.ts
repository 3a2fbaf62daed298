import { Readable } from 'node:stream'
import { Problem } from '@sapan/kernel'
import { ConsumerExchange, type EdgeRequest } from '../gateway/consumer/exchange.ts'
import { runConsumer } from '../gateway/consumer/run.ts'
import { checkActor } from '../gateway/consumer/steps/check-actor.ts'
import { checkConsent } from '../gateway/consumer/steps/check-consent.ts'
import { checkConsentSubject } from '../gateway/consumer/steps/check-consent-subject.ts'
import { chooseGateway } from '../gateway/consumer/steps/choose-gateway.ts'
import { findGrant } from '../gateway/consumer/steps/find-grant.ts'
import { findService } from '../gateway/consumer/steps/find-service.ts'
import { parseAddress } from '../gateway/consumer/steps/parse-address.ts'
import { receiveBody } from '../gateway/consumer/steps/receive-body.ts'
import { recordAnswer } from '../gateway/consumer/steps/record-answer.ts'
import { recordIntent } from '../gateway/consumer/steps/record-intent.ts'
import { send } from '../gateway/consumer/steps/send.ts'
import { settlePurpose } from '../gateway/consumer/steps/settle-purpose.ts'
import { sign } from '../gateway/consumer/steps/sign.ts'
import { verifyAnswer } from '../gateway/consumer/steps/verify-answer.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import { noteExchange } from '../gateway/note-exchange.ts'
import type { Step } from '../gateway/step.ts'
import { continueTrace } from '../gateway/transport/trace.ts'
import { exchangeProblem } from '../problems.ts'
import { isFinal, retryDelay } from './backoff.ts'
import { calledBack } from './call-back.ts'
import { checkReceipt } from './check-receipt.ts'
import { openMessage } from './content.ts'
import type { OutgoingMessage } from './message.ts'
import { findQueue } from './steps/find-queue.ts'
import { buryOutgoing, markDelivered, retryOutgoing } from './store/outgoing.ts'

/** One delivery is one exchange: under the grants of its own day, signed and recorded as any other. */
function deliveryPipeline(ground: GatewayGround): readonly Step<ConsumerExchange>[] {
  return [
    parseAddress,
    findClient(ground),
    findService(ground),
    findQueue,
    findGrant(ground),
    settlePurpose,
    checkActor(ground),
    checkConsent(ground),
    chooseGateway(ground),
    receiveBody(ground),
    checkConsentSubject(ground),
    sign(ground),
    recordIntent(ground),
    send(ground),
    verifyAnswer(ground),
    recordAnswer(ground),
  ]
}

/** Who sent it was proven when the message was taken in; but it may be gone since. */
function findClient(ground: GatewayGround): Step<ConsumerExchange> {
  return {
    name: 'findClient',
    run({ client, clientMember }) {
      ground.signers.checkStays(clientMember)
      if (!ground.signers.hosts(clientMember) || !ground.directory.current().hasSubsystem(client)) {
        throw exchangeProblem('client-unknown', { extensions: { client } })
      }
      return { th: `${client} ยังเป็นสมาชิก`, en: `${client} is still registered` }
    },
  }
}

/**
 * Delivers a message to its receiver's gateway. What passes by itself is tried again, at longer and longer intervals; what
 * somebody must mend, or took too long, becomes a dead letter with the reason.
 */
export function delivery(ground: GatewayGround): (message: OutgoingMessage) => Promise<void> {
  const pipeline = deliveryPipeline(ground)
  return async (message) => {
    const { number, attempts, expiresAt } = message
    if (ground.clock() >= expiresAt) {
      await bury(ground, number, 'message-expired')
      return
    }
    try {
      await markDelivered(ground.pool, number, await deliver(ground, pipeline, message))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (isFinal(error.type.status)) await bury(ground, number, error.code)
      else {
        const delay = retryDelay(attempts, ground.settings.queue)
        await retryOutgoing(ground.pool, number, { delay, problem: error.code })
      }
    }
  }
}

async function bury(ground: GatewayGround, number: number, problem: string): Promise<void> {
  await buryOutgoing(ground.pool, number, problem, calledBack(ground))
  ground.queues.callbacks.nudge()
}

/** The receiver's receipt, checked. Throws the Problem with which the exchange ended. */
async function deliver(
  ground: GatewayGround,
  pipeline: readonly Step<ConsumerExchange>[],
  message: OutgoingMessage,
): Promise<string> {
  const exchange = new ConsumerExchange(requestOf(ground, message), ground.clock(), false)
  exchange.queued = { message: message.message, orderKey: null }
  try {
    await runConsumer(ground, pipeline, exchange)
    const jws = await receiptIn(exchange)
    const { state } = checkReceipt(ground, message, jws)
    if (state !== 'delivered') throw exchangeProblem('message-receipt-invalid')
    noteExchange(ground, 'consumer', exchange, String(exchange.answer?.status ?? ''))
    return jws
  } catch (error) {
    if (error instanceof Problem) noteExchange(ground, 'consumer', exchange, error.code)
    throw error
  } finally {
    await exchange.dispose()
  }
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
