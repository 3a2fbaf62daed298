import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { describeRoutes } from '../../api-description.ts'
import { type PublicPages, pageRoutes } from '../../page-routes.ts'
import type { CenterGround } from '../ground.ts'
import { host } from '../host.ts'
import { type JoinRequest, join, joinSchema } from '../join.ts'
import { leave } from '../leave.ts'
import { publishGateway, publishGrants, publishLogKey, publishServices } from '../publications.ts'
import { renew } from '../renew.ts'
import { createApp } from './app.ts'
import { directoryRoute } from './directory-route.ts'
import { healthRoute } from './health-route.ts'
import { timestampRoute } from './timestamp-route.ts'
import { witnessRoute } from './witness-route.ts'

/** A thousand members' requests fit. */
const bodyLimit = 8 * 1024 * 1024

/** The media type of a JWS in compact serialisation (RFC 7515 §9.2.1). */
const jose = 'application/jose'

/** What members and joiners reach: directory, joining, members' signed statements, stamps, witness, pages. */
export function createPublicApp(ground: CenterGround, pages: PublicPages | undefined): FastifyInstance {
  const app = createApp(ground, bodyLimit)
  app.addContentTypeParser(jose, { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.removeContentTypeParser('text/plain')
  describeRoutes(app, 'Sapan: a center, for gateways', { token: false })
  app.post<{ Body: JoinRequest }>('/v1/join', { schema: { body: joinSchema } }, (request) =>
    join(ground, request.body),
  )
  statementRoute(app, '/v1/renew', (jws) => renew(ground, jws))
  statementRoute(app, '/v1/services', (jws) => publishServices(ground, jws))
  statementRoute(app, '/v1/grants', (jws) => publishGrants(ground, jws))
  statementRoute(app, '/v1/log-keys', (jws) => publishLogKey(ground, jws))
  statementRoute(app, '/v1/gateway', (jws) => publishGateway(ground, jws))
  statementRoute(app, '/v1/host', (jws) => host(ground, jws))
  statementRoute(app, '/v1/leave', (jws) => leave(ground, jws))
  directoryRoute(app, ground)
  timestampRoute(app, ground)
  witnessRoute(app, ground)
  healthRoute(app, ground)
  pageRoutes(app, pages)
  return app
}

/** A route that takes a member's signed statement and answers JSON; an empty object where there is nothing to say. */
function statementRoute(app: FastifyInstance, url: string, accept: (jws: string) => Promise<unknown>): void {
  const held = { schema: { body: Type.String({ minLength: 1 }) }, config: { takes: jose } }
  app.post<{ Body: string }>(url, held, async (request) => (await accept(request.body)) ?? {})
}
