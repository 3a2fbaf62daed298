import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { problemDocument } from '@sapan/kernel'
import { problemOf } from '../fault.ts'
import type { GatewayGround } from '../ground.ts'
import { streamSource } from '../transport/body-source.ts'
import { writeAnswer } from '../transport/finish.ts'
import { rawValue } from '../transport/headers.ts'
import { shownCertificate } from '../transport/shown-certificate.ts'
import type { PeerMessage, TakeMessage } from './exchange-route.ts'
import { createPeerApi } from './peer-api.ts'

/** What other gateways reach over mutual TLS: exchanges under `/r1/`, and gateways' questions under `/sapan/v1/`. */
export async function createPeerHandler(
  ground: GatewayGround,
  exchange: TakeMessage,
): Promise<RequestListener> {
  const api = await createPeerApi(ground)
  return (request, response) => {
    if (!request.url?.startsWith('/r1/')) {
      api.routing(request, response)
      return
    }
    exchange(overHttp(request, response)).catch((error: unknown) => {
      const problem = problemOf(error, ground.log)
      if (response.headersSent) {
        response.destroy()
        return
      }
      response
        .writeHead(problem.type.status, {
          'content-type': 'application/problem+json',
          'sapan-problem': problem.code,
          connection: 'close',
        })
        .end(JSON.stringify(problemDocument(problem, ground.settings.edgeOrigin, 'en')))
    })
  }
}

function overHttp(request: IncomingMessage, response: ServerResponse): PeerMessage {
  const { rawHeaders } = request
  return {
    request: {
      method: request.method ?? '',
      authority: rawValue(rawHeaders, 'host') ?? '',
      rawTarget: request.url ?? '',
      rawHeaders,
      body: streamSource(request),
      connection: { certificate: shownCertificate(request.socket as TLSSocket) },
    },
    async answer(status, headers, body) {
      // A body that nobody will read must not hold the connection.
      if (!request.complete) response.setHeader('connection', 'close')
      await writeAnswer(response, status, headers, body)
    },
  }
}
