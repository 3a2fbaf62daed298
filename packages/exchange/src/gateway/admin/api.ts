import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { exchangeProblem } from '../../problems.ts'
import type { AdminContext } from './context.ts'
import { credentialRoutes } from './credentials.ts'
import { evidenceRoutes } from './evidence.ts'
import { grantRoutes } from './grants.ts'
import { messageRoutes } from './messages.ts'
import { createApp } from './problems.ts'
import { serviceRoutes } from './services.ts'
import { standingRoutes } from './standing.ts'

/** Answered to anyone who reaches the port: they tell nothing about exchanges. */
const open = new Set(['/health'])

/** The operator's API. Every route but health wants `Authorization: Bearer <admin token>`. */
export async function createAdminApi(context: AdminContext, adminToken: string): Promise<FastifyInstance> {
  const app = createApp(context.ground, 1024 * 1024)
  const expected = Buffer.from(`Bearer ${adminToken}`)
  app.addHook('onRequest', async (request) => {
    if (open.has(request.url)) return
    const given = Buffer.from(request.headers.authorization ?? '')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw exchangeProblem('admin-token-required')
    }
  })
  standingRoutes(app, context)
  serviceRoutes(app, context)
  grantRoutes(app, context)
  credentialRoutes(app, context)
  evidenceRoutes(app, context)
  messageRoutes(app, context)
  await app.ready()
  return app
}
