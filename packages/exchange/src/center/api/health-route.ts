import type { FastifyInstance } from 'fastify'
import type { CenterGround } from '../ground.ts'
import { readHealth } from '../health.ts'

/** `GET /health`: 200 while members are served (also with a warning), 503 otherwise. */
export function healthRoute(app: FastifyInstance, ground: CenterGround): void {
  app.get('/health', async (_request, reply) => {
    const health = await readHealth(ground)
    return reply
      .code(health.status === 'bad' ? 503 : 200)
      .header('cache-control', 'no-store')
      .send(health)
  })
}
