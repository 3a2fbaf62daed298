import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { findUsage } from '../usage.ts'
import type { AdminContext } from './context.ts'

/** How the gateway stands: health, metrics, directory, certificates; and the person's question who looked. */
export function standingRoutes(app: FastifyInstance, context: AdminContext): void {
  const { ground } = context

  app.get('/health', async (_request, reply) => {
    const [database, directory] = await Promise.all([databaseUp(context), ground.directory.standing()])
    const healthy = database && directory.grade !== 'refuse'
    return reply.code(healthy ? 200 : 503).send({
      status: healthy ? 'up' : 'down',
      gateway: ground.settings.id,
      database: database ? 'up' : 'down',
      directory: directory.grade,
    })
  })

  app.get('/metrics', async (_request, reply) => {
    const { registry } = ground.metrics
    return reply.type(registry.contentType).send(await registry.metrics())
  })

  app.get('/v1/status', async () => ({
    gateway: ground.settings.id,
    members: ground.settings.members,
    directory: ground.directory.standing(),
    evidence: await ground.evidence.status(),
    certificates: certificates(context),
    services: ground.services.list().length,
    grants: { issued: ground.issuedGrants.list().length, held: ground.heldGrants.list().length },
  }))

  app.get('/v1/directory', async () => {
    const view = ground.directory.current()
    return { standing: ground.directory.standing(), directory: view.directory }
  })

  app.get('/v1/certificates', async () => ({ certificates: certificates(context) }))

  app.post('/v1/certificates/renew', async () => {
    await context.renewCertificates()
    return { certificates: certificates(context) }
  })

  const question = Type.Object({
    token: Type.String({ maxLength: 4096 }),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    after: Type.Optional(Type.String({ maxLength: 512 })),
  })
  app.post('/v1/usage', { schema: { body: question } }, async (request) =>
    findUsage(ground, request.body as { token: string; limit?: number; after?: string }),
  )
}

async function databaseUp({ ground }: AdminContext): Promise<boolean> {
  try {
    await ground.pool.query('select 1')
    return true
  } catch {
    return false
  }
}

/** The certificates in the directory that are this gateway's or its members', with the days that they still have. */
function certificates({ ground }: AdminContext) {
  const view = ground.directory.current()
  const now = ground.clock()
  return view
    .listed((holder) => holder === ground.settings.id || ground.signers.hosts(holder))
    .map((known) => ({
      fingerprint: known.fingerprint,
      use: known.use,
      holder: known.holder,
      notAfter: new Date(known.notAfter).toISOString(),
      daysLeft: Math.floor((known.notAfter - now) / 86_400_000),
    }))
}
