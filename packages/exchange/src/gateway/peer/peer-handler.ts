import type { RequestListener } from 'node:http'
import { problemDocument } from '@sapan/kernel'
import { problemOf } from '../fault.ts'
import type { GatewayGround } from '../ground.ts'
import type { Admission } from '../transport/admission.ts'
import { exchangeRoute } from './exchange-route.ts'
import { createPeerApi } from './peer-api.ts'

/** What other gateways reach over mutual TLS: exchanges under `/r1/`, and gateways' questions under `/sapan/v1/`. */
export async function createPeerHandler(
  ground: GatewayGround,
  admission: Admission,
): Promise<RequestListener> {
  const exchange = exchangeRoute(ground, admission)
  const api = await createPeerApi(ground)
  return (request, response) => {
    if (!request.url?.startsWith('/r1/')) {
      api.routing(request, response)
      return
    }
    exchange(request, response).catch((error: unknown) => {
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
