import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { historyOf } from '../health/history.ts'
import { listMinutes } from '../store/minutes.ts'
import type { AdminContext } from './context.ts'

const Asked = Type.Object({ hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 192 })) })
const points = 96

/** How the whole gateway was over the last hours: for plots. Of nobody in particular, but of all members together. */
export function healthHistoryRoute(app: FastifyInstance, { ground }: AdminContext): void {
  app.get('/v1/health-history', { schema: { querystring: Asked } }, async (request) => {
    const { hours = 24 } = request.query as Static<typeof Asked>
    const until = ground.clock()
    const since = until - hours * 3_600_000
    const minutes = await listMinutes(ground.pool, since)
    return { points: historyOf(minutes, { since, until, points }) }
  })
}
