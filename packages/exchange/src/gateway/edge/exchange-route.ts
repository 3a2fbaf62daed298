import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { Problem } from '@sapan/kernel'
import { requestHashOf } from '../../xroad/request-hash.ts'
import { ConsumerExchange, type EdgeCaller } from '../consumer/exchange.ts'
import { consumerPipeline } from '../consumer/pipeline.ts'
import { runConsumer } from '../consumer/run.ts'
import { authenticateClient } from '../consumer/steps/authenticate-client.ts'
import type { GatewayGround } from '../ground.ts'
import { noteExchange } from '../note-exchange.ts'
import { writeAnswer } from '../transport/finish.ts'
import { headerList, rawValue } from '../transport/headers.ts'
import { shownCertificate } from '../transport/shown-certificate.ts'
import { continueTrace } from '../transport/trace.ts'
import type { EdgeCredentials } from './credentials.ts'
import { writeFailure } from './failure.ts'

/** Whether the peer of a socket is this machine. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && (/^(::ffff:)?127\./.test(address) || address === '::1')
}

/** Who opened the connection. */
export function edgeCaller(request: IncomingMessage): EdgeCaller {
  const socket = request.socket as TLSSocket
  return {
    loopback: isLoopback(socket.remoteAddress),
    certificate: socket.encrypted ? shownCertificate(socket) : undefined,
  }
}

/** `/r1/…`: takes a call through the consumer's pipeline and answers as X-Road's REST protocol does. */
export function exchangeRoute(ground: GatewayGround, credentials: EdgeCredentials) {
  const pipeline = consumerPipeline(ground, authenticateClient(ground, credentials))
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = headerList(request.rawHeaders)
    const trace = continueTrace(rawValue(request.rawHeaders, 'traceparent'))
    const exchange = new ConsumerExchange(
      {
        method: request.method ?? '',
        rawTarget: request.url ?? '',
        headers,
        stream: request,
        caller: edgeCaller(request),
        trace,
      },
      ground.clock(),
      rawValue(request.rawHeaders, 'sapan-explain') === '?1',
    )
    try {
      await runConsumer(ground, pipeline, exchange)
      await passOn(response, exchange, request.rawHeaders)
      noteExchange(ground, 'consumer', exchange, String(exchange.answer?.status ?? ''))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      noteExchange(ground, 'consumer', exchange, error.code)
      closeWhereUnread(request, response)
      await writeFailure(response, error, {
        accept: request.headers.accept,
        acceptLanguage: request.headers['accept-language'],
        base: ground.settings.edgeOrigin,
        traceId: trace.traceId,
        headers: ownHeaders(exchange),
      })
    } finally {
      await exchange.dispose()
    }
  }
}

/** A body that nobody will read must not hold the connection. */
function closeWhereUnread(request: IncomingMessage, response: ServerResponse): void {
  if (!request.complete && !response.headersSent) response.setHeader('connection', 'close')
}

async function passOn(
  response: ServerResponse,
  exchange: ConsumerExchange,
  rawHeaders: readonly string[],
): Promise<void> {
  const { answer, target } = exchange
  if (!answer) throw new Error('there is no answer')
  const kept = answer.headers.filter(([name]) => name !== 'content-digest' && !name.startsWith('sapan-'))
  const request = {
    method: exchange.request.method,
    target: target.raw,
    rawHeaders,
    requestId: exchange.id,
    messageId: exchange.messageId,
  }
  const hash = requestHashOf(request, exchange.body.bytes === 0 ? null : await exchange.body.sha512())
  await writeAnswer(
    response,
    answer.status,
    [...kept, ...ownHeaders(exchange), ['x-road-service', target.service], ['x-road-request-hash', hash]],
    answer.body,
  )
}

/** What every answer tells of its exchange, once it is known. */
function ownHeaders(exchange: ConsumerExchange): [string, string][] {
  const headers: [string, string][] = []
  if (exchange.client !== undefined) headers.push(['x-road-client', exchange.client])
  if (exchange.messageId) headers.push(['x-road-id', exchange.messageId])
  if (exchange.id !== undefined) {
    headers.push(['x-road-request-id', exchange.id], ['sapan-exchange', exchange.id])
  }
  if (exchange.known !== undefined) headers.push(['sapan-purpose', exchange.known.grant.purpose])
  if (exchange.decisions) {
    headers.push(['sapan-decisions', Buffer.from(JSON.stringify(exchange.decisions)).toString('base64url')])
  }
  return headers
}
