import type { FastifyInstance } from 'fastify'
import { lookAtCenter } from '../checks/look.ts'
import type { CenterGround } from '../ground.ts'

/** `GET /v1/checks`: what the center's operator should see to. */
export function checksRoute(app: FastifyInstance, ground: CenterGround): void {
  app.get('/v1/checks', async () => ({ checks: await lookAtCenter(ground) }))
}
