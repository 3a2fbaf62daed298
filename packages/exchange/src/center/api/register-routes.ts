import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { exchangeProblem } from '../../problems.ts'
import type { CenterGround } from '../ground.ts'
import { recoverCenter } from '../recover.ts'
import { readAudit } from '../store/audit.ts'
import { newestDirectory } from '../store/directories.ts'
import { readGateways } from '../store/gateways.ts'
import { readContradictions } from '../store/witness.ts'
import { actorOf } from './admin-app.ts'

const auditQuery = Type.Object(
  { before: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })) },
  { additionalProperties: false },
)

const recovering = Type.Object(
  { directory: Type.String({ maxLength: 64 * 1024 * 1024 }) },
  { additionalProperties: false },
)

/** What the center knows and has published, and its recovery after it came out of a backup. */
export function registerRoutes(app: FastifyInstance, ground: CenterGround): void {
  app.get('/v1/gateways', async () => ({ gateways: await readGateways(ground.pool) }))

  app.get('/v1/directory', async () => {
    const newest = await newestDirectory(ground.pool)
    if (!newest) throw exchangeProblem('center-unavailable')
    const { version, issuedAt, validUntil, jws } = newest
    return {
      version,
      issuedAt: new Date(issuedAt).toISOString(),
      validUntil: new Date(validUntil).toISOString(),
      jws,
    }
  })

  app.post<{ Body: Static<typeof recovering> }>(
    '/v1/recover',
    { schema: { body: recovering }, bodyLimit: 64 * 1024 * 1024 },
    async (request) => recoverCenter(ground, actorOf(request), request.body.directory),
  )

  app.get('/v1/contradictions', async () => ({ contradictions: await readContradictions(ground.pool) }))

  app.get<{ Querystring: Static<typeof auditQuery> }>(
    '/v1/audit',
    { schema: { querystring: auditQuery } },
    async (request) => {
      const { before } = request.query
      const page = before === undefined ? {} : { before: Number(before) }
      return { entries: await readAudit(ground.pool, { limit: 200, ...page }) }
    },
  )
}
