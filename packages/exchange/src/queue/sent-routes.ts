import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { parseSubsystem } from '../address.ts'
import type { AuthenticateCaller } from '../gateway/edge/usage-routes.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import { headerList, single } from '../gateway/transport/headers.ts'
import { exchangeProblem } from '../problems.ts'
import { shownOutgoing } from './show.ts'
import { findSent } from './store/outgoing.ts'

/** `GET /m1/messages/<id>`: where a message stands, for the subsystem that sent it and for no other. */
export function sentRoutes(
  app: FastifyInstance,
  ground: GatewayGround,
  { authenticate }: { authenticate: AuthenticateCaller },
): void {
  const params = Type.Object({ message: Type.String({ minLength: 1, maxLength: 64 }) })
  app.get('/m1/messages/:message', { schema: { params } }, async (request, reply) => {
    const named = single(headerList(request.raw.rawHeaders), 'x-road-client')
    if (named === undefined) throw exchangeProblem('client-header-missing')
    const client = parseSubsystem(named)
    await authenticate(request, client)
    const { message } = request.params as { message: string }
    const found = await findSent(ground.pool, client.subsystem, message)
    if (!found) throw exchangeProblem('message-unknown')
    reply.header('cache-control', 'no-store')
    return shownOutgoing(found)
  })
}
