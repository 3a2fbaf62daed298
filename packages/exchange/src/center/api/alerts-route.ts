import type { FastifyInstance } from 'fastify'
import type { Alerts } from '../../alerts/alerts.ts'

/** `POST /v1/alerts/test`: sends a test to everybody whom the center tells what is wrong with it. */
export function alertsRoute(app: FastifyInstance, alerts: Alerts): void {
  app.post('/v1/alerts/test', async () => {
    const channels = await alerts.test()
    return { taken: channels.length > 0 && channels.every(({ taken }) => taken), channels }
  })
}
