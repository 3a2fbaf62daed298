import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import type { CenterGround } from '../ground.ts'
import { readCenterHistory } from '../health-minutes.ts'

/** From 1 to 192: eight days. */
const Hours = Type.String({ pattern: '^([1-9][0-9]?|1[0-8][0-9]|19[0-2])$' })
const Asked = Type.Object({ hours: Type.Optional(Hours) })

/** `GET /v1/health-history`: how the center was over the last hours, for plots. */
export function healthHistoryRoute(app: FastifyInstance, ground: CenterGround): void {
  app.get('/v1/health-history', { schema: { querystring: Asked } }, async (request) => {
    const { hours = '24' } = request.query as Static<typeof Asked>
    return { points: await readCenterHistory(ground, Number(hours)) }
  })
}
