import type { IncomingMessage, ServerResponse } from 'node:http'
import { Problem } from '@sapan/kernel'
import { ConsumerExchange, type EdgeRequest } from '../gateway/consumer/exchange.ts'
import { authenticateClient } from '../gateway/consumer/steps/authenticate-client.ts'
import { checkActor } from '../gateway/consumer/steps/check-actor.ts'
import { checkConsent } from '../gateway/consumer/steps/check-consent.ts'
import { checkConsentSubject } from '../gateway/consumer/steps/check-consent-subject.ts'
import { findGrant } from '../gateway/consumer/steps/find-grant.ts'
import { findService } from '../gateway/consumer/steps/find-service.ts'
import { parseAddress } from '../gateway/consumer/steps/parse-address.ts'
import { receiveBody } from '../gateway/consumer/steps/receive-body.ts'
import { settlePurpose } from '../gateway/consumer/steps/settle-purpose.ts'
import type { EdgeCredentials } from '../gateway/edge/credentials.ts'
import { edgeCaller } from '../gateway/edge/exchange-route.ts'
import { writeFailure } from '../gateway/edge/failure.ts'
import { problemOf } from '../gateway/fault.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import { runSteps, type Step } from '../gateway/step.ts'
import { memoryBody } from '../gateway/transport/body.ts'
import { writeAnswer } from '../gateway/transport/finish.ts'
import { headerList, rawValue } from '../gateway/transport/headers.ts'
import { continueTrace } from '../gateway/transport/trace.ts'
import { shownOutgoing } from './show.ts'
import { findQueue } from './steps/find-queue.ts'
import { keepOutgoing } from './steps/keep-outgoing.ts'
import { nameAttachments } from './steps/name-attachments.ts'
import { readMessageId } from './steps/read-message-id.ts'

/** What would be refused at the delivery is refused at once, while the sender is there. */
function sendingPipeline(
  ground: GatewayGround,
  credentials: EdgeCredentials,
): readonly Step<ConsumerExchange>[] {
  const { queue } = ground.settings
  const limits = { ...ground.settings.limits, bodyBytes: queue.bodyBytes }
  return [
    parseAddress,
    authenticateClient(ground, credentials),
    readMessageId,
    nameAttachments,
    findService(ground),
    findQueue,
    findGrant(ground),
    settlePurpose,
    checkActor(ground),
    checkConsent(ground),
    receiveBody({ ...ground, settings: { ...ground.settings, limits } }),
    checkConsentSubject(ground),
    keepOutgoing(ground),
  ]
}

/** `POST /m1/…`: takes a message that the gateway delivers by itself, and answers with its receipt. */
export function sendRoute(ground: GatewayGround, credentials: EdgeCredentials) {
  const pipeline = sendingPipeline(ground, credentials)
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const exchange = new ConsumerExchange(requestIn(request), ground.clock(), false)
    try {
      await runSteps('consumer', pipeline, exchange)
      await answer(response, exchange)
    } catch (error) {
      const problem = problemOf(error, ground.log)
      if (!(error instanceof Problem) && response.headersSent) throw error
      if (!request.complete && !response.headersSent) response.setHeader('connection', 'close')
      await writeFailure(response, problem, {
        accept: request.headers.accept,
        acceptLanguage: request.headers['accept-language'],
        base: ground.settings.edgeOrigin,
        traceId: exchange.request.trace.traceId,
        headers: [],
      })
    } finally {
      await exchange.dispose()
    }
  }
}

/** The same addresses as `/r1/…`: it is the same services, operations and grants. */
function requestIn(request: IncomingMessage): EdgeRequest {
  const { method = '', url = '', rawHeaders } = request
  return {
    method,
    rawTarget: `/r1/${url.slice('/m1/'.length)}`,
    headers: headerList(rawHeaders),
    stream: request,
    caller: edgeCaller(request),
    trace: continueTrace(rawValue(rawHeaders, 'traceparent')),
  }
}

async function answer(response: ServerResponse, { kept }: ConsumerExchange): Promise<void> {
  if (!kept) throw new Error('the message was not kept')
  await writeAnswer(
    response,
    202,
    [
      ['content-type', 'application/json'],
      ['cache-control', 'no-store'],
      ['location', `/m1/messages/${kept.message}`],
      ['sapan-message', kept.message],
    ],
    memoryBody(Buffer.from(JSON.stringify(shownOutgoing(kept)))),
  )
}
