import type { FastifyInstance } from 'fastify'
import { describeRoutes } from '../../api-description.ts'
import { archiveRoutes } from './archive.ts'
import { type AdminTokens, authorise } from './authorise.ts'
import type { AdminContext } from './context.ts'
import { credentialRoutes } from './credentials.ts'
import { evidenceRoutes } from './evidence.ts'
import { followedRoute } from './followed.ts'
import { gdxRoutes } from './gdx.ts'
import { grantRoutes } from './grants.ts'
import { healthHistoryRoute } from './health-history.ts'
import { memberRoutes } from './members.ts'
import { messageRoutes } from './messages.ts'
import { movingRoutes } from './moving.ts'
import { operatorRoutes } from './operators.ts'
import { createApp } from './problems.ts'
import { processingRecordRoutes } from './processing-record.ts'
import { selfRoute } from './self.ts'
import { serviceRoutes } from './services.ts'
import { settingsRoute } from './settings.ts'
import { standingRoutes } from './standing.ts'

/**
 * The operator's API. Every route but health wants `Authorization: Bearer` with the gateway's own token, or with that of a
 * member's operator, who reaches only what is their members'. `/metrics` has a token of its own, too.
 */
export async function createAdminApi(context: AdminContext, tokens: AdminTokens): Promise<FastifyInstance> {
  const app = createApp(context.ground, 1024 * 1024)
  authorise(app, context.ground.pool, tokens)
  describeRoutes(app, 'Sapan: administration of a gateway', { token: true })
  selfRoute(app)
  settingsRoute(app, context)
  standingRoutes(app, context)
  serviceRoutes(app, context)
  grantRoutes(app, context)
  credentialRoutes(app, context)
  gdxRoutes(app, context)
  evidenceRoutes(app, context)
  archiveRoutes(app, context)
  healthHistoryRoute(app, context)
  messageRoutes(app, context)
  followedRoute(app, context)
  processingRecordRoutes(app, context)
  operatorRoutes(app, context)
  memberRoutes(app, context)
  movingRoutes(app, context)
  await app.ready()
  return app
}
