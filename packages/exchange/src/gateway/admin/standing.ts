import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { memberOf } from '../../identifier.ts'
import { lookAtGateway, lookInside } from '../checks/look.ts'
import { findUsage } from '../usage.ts'
import { callerOf } from './authorise.ts'
import type { AdminCaller } from './caller.ts'
import type { AdminContext } from './context.ts'

/** `around`: whether other gateways and its own addresses are asked, too. */
const checksQuery = Type.Object({
  around: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
})

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
      clock: ground.clockWatch.standing().off === 'ours' ? 'off' : 'right',
    })
  })

  app.get('/metrics', async (_request, reply) => {
    const { registry } = ground.metrics
    return reply.type(registry.contentType).send(await registry.metrics())
  })

  app.get('/v1/status', { config: { needs: 'look' } }, async (request) => status(context, callerOf(request)))

  app.get(
    '/v1/checks',
    { config: { needs: 'look' }, schema: { querystring: checksQuery } },
    async (request) => {
      const { around } = request.query as Static<typeof checksQuery>
      const caller = callerOf(request)
      return {
        checks: await (around === 'false'
          ? lookInside(ground, caller)
          : lookAtGateway(ground, caller, context.reach)),
      }
    },
  )

  app.post('/v1/alerts/test', async () => {
    const channels = await context.alerts.test()
    return { taken: channels.length > 0 && channels.every(({ taken }) => taken), channels }
  })

  app.get('/v1/directory', { config: { needs: 'look' } }, async () => {
    const view = ground.directory.current()
    return { standing: ground.directory.standing(), directory: view.directory, signed: view.jws }
  })

  // Gateways look every few seconds by themselves; this is for who has just published something.
  app.post('/v1/directory/refresh', async () => {
    await ground.directory.refresh()
    return { standing: ground.directory.standing() }
  })

  app.get('/v1/certificates', { config: { needs: 'look' } }, async (request) => ({
    certificates: certificates(context, callerOf(request)),
  }))

  app.post('/v1/certificates/renew', async (request) => {
    await context.renewCertificates()
    return { certificates: certificates(context, callerOf(request)) }
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

/** How the gateway stands, and of its members those for whom the caller asks. */
async function status(context: AdminContext, caller: AdminCaller) {
  const { ground } = context
  const { database, logs } = await ground.evidence.status()
  const retention = database === 'up' ? await ground.evidence.retention() : []
  const issued = ground.issuedGrants.list().filter(({ grant }) => caller.may(grant.provider))
  const held = ground.heldGrants.list().filter(({ grant }) => caller.may(memberOf(grant.consumer)))
  return {
    gateway: ground.settings.id,
    members: ground.signers.members().filter((member) => caller.may(member)),
    directory: ground.directory.standing(),
    evidence: { database, logs: logs.filter(({ member }) => caller.may(member)), retention },
    certificates: certificates(context, caller),
    services: ground.services.list().filter(({ member }) => caller.may(member)).length,
    grants: { issued: issued.length, held: held.length },
  }
}

/** The certificates in the directory that are this gateway's or its members', with the days that they still have. */
function certificates({ ground }: AdminContext, caller: AdminCaller) {
  const view = ground.directory.current()
  const now = ground.clock()
  return view
    .listed((holder) => holder === ground.settings.id || (ground.signers.hosts(holder) && caller.may(holder)))
    .map((known) => ({
      fingerprint: known.fingerprint,
      use: known.use,
      holder: known.holder,
      notAfter: new Date(known.notAfter).toISOString(),
      daysLeft: Math.floor((known.notAfter - now) / 86_400_000),
    }))
}
