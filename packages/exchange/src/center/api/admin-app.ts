import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Alerts } from '../../alerts/alerts.ts'
import { describeRoutes } from '../../api-description.ts'
import type { MetricsToken } from '../../metrics-token.ts'
import { exchangeProblem } from '../../problems.ts'
import type { CenterGround } from '../ground.ts'
import { alertsRoute } from './alerts-route.ts'
import { createApp } from './app.ts'
import { certificateRoutes } from './certificate-routes.ts'
import { checksRoute } from './checks-route.ts'
import { healthHistoryRoute } from './health-history-route.ts'
import { healthRoute } from './health-route.ts'
import { memberRoutes } from './member-routes.ts'
import { metricsRoute } from './metrics-route.ts'
import { registerRoutes } from './register-routes.ts'
import { settingsRoute } from './settings-route.ts'

const bodyLimit = 1024 * 1024

/** What needs no token: whether the center is well says nothing about anyone. */
const open: ReadonlySet<string> = new Set(['/health'])

/** The center's administration. Every route but health wants `Authorization: Bearer` with the token; `/metrics` has one of its own, too. */
export function createAdminApp(
  ground: CenterGround,
  { admin, metrics }: { readonly admin: string; readonly metrics: MetricsToken },
  { watched, alerts }: { readonly watched: FastifyInstance; readonly alerts: Alerts },
): FastifyInstance {
  const app = createApp(ground, bodyLimit)
  app.removeContentTypeParser('text/plain')
  app.addHook('onRequest', async (request) => {
    if (open.has(request.routeOptions.url ?? '') || metrics.mayRead(request)) return
    checkToken(request, admin)
  })
  describeRoutes(app, 'Sapan: administration of a center', { token: true })
  memberRoutes(app, ground)
  certificateRoutes(app, ground)
  registerRoutes(app, ground)
  healthRoute(app, ground)
  healthHistoryRoute(app, ground)
  checksRoute(app, ground)
  settingsRoute(app, ground)
  metricsRoute(app, ground, watched)
  alertsRoute(app, alerts)
  return app
}

/** Also for addresses that do not exist: without the token nobody learns what is here. */
function checkToken(request: FastifyRequest, token: string): void {
  const given = Buffer.from(/^Bearer ([0-9a-f]{1,256})$/.exec(request.headers.authorization ?? '')?.[1] ?? '')
  const wanted = Buffer.from(token)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw exchangeProblem('admin-token-required')
  }
}

/** Who acts, as the audit has it. The name is what the caller says of itself. */
export function actorOf(request: FastifyRequest): string {
  const name = request.headers['sapan-operator']
  return typeof name === 'string' && /^[\w.@ -]{1,64}$/.test(name) ? `administrator ${name}` : 'administrator'
}
