import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { memberOf, parseSubsystem } from '../../identifier.ts'
import { exchangeProblem } from '../../problems.ts'
import { hashSecret, newSecret } from '../edge/client-secret.ts'
import { checkGdxRoute } from '../gdx/route.ts'
import { gdxWeakPoints, wayOffGdx } from '../gdx/weak-points.ts'
import { deleteGdxConsumer, listGdxConsumers, saveGdxConsumer } from '../store/gdx-consumers.ts'
import { deleteGdxRoute, listGdxRoutes, saveGdxRoute } from '../store/gdx-routes.ts'
import { callerOf } from './authorise.ts'
import type { AdminContext } from './context.ts'

const Visible = '^[\\x21-\\x7e]+$'
const NewConsumer = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    subsystem: Type.String({ maxLength: 200 }),
    /** What the caller has already; made where absent. */
    key: Type.Optional(Type.String({ minLength: 8, maxLength: 200, pattern: Visible })),
    secret: Type.Optional(Type.String({ minLength: 8, maxLength: 500 })),
  },
  { additionalProperties: false },
)

const Name = Type.String({ minLength: 1, maxLength: 100 })
const NewRoute = Type.Object(
  {
    path: Type.String({ maxLength: 500, pattern: '^/ws(/[A-Za-z0-9._~-]+)+$' }),
    conditions: Type.Optional(Type.Record(Name, Type.String({ maxLength: 200 }))),
    ignored: Type.Optional(Type.Array(Name, { maxItems: 50 })),
    target: Type.String({ maxLength: 2000 }),
    purpose: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  },
  { additionalProperties: false },
)

/** Who calls by the GDX edge, and by which exchanges their calls are answered. */
export function gdxRoutes(app: FastifyInstance, { ground }: AdminContext): void {
  app.get('/v1/gdx', { config: { needs: 'look' } }, async (request) => {
    const caller = callerOf(request)
    const consumers = await listGdxConsumers(ground.pool)
    return {
      enabled: ground.settings.gdx.enabled,
      weakPoints: gdxWeakPoints,
      wayOff: wayOffGdx,
      consumers: consumers.filter(({ subsystem }) => caller.may(memberOf(subsystem))),
      routes: await listGdxRoutes(ground.pool),
    }
  })

  const making = { schema: { body: NewConsumer }, config: { needs: 'change' } } as const
  app.post('/v1/gdx/consumers', making, async (request, reply) => {
    const wanted = request.body as Static<typeof NewConsumer>
    const { member, subsystem } = parseSubsystem(wanted.subsystem)
    if (!ground.signers.hosts(member) || !callerOf(request).may(member)) {
      throw exchangeProblem('client-unknown', { extensions: { subsystem } })
    }
    ground.signers.checkStays(member)
    const key = wanted.key ?? randomBytes(16).toString('hex')
    const secret = wanted.secret ?? newSecret()
    const consumer = { id: randomUUID(), name: wanted.name, key, subsystem }
    await saveGdxConsumer(ground.pool, consumer, await hashSecret(secret))
    // A secret that was made here is told once; only its hash is kept.
    return reply.code(201).send({ ...consumer, ...(wanted.secret === undefined ? { secret } : {}) })
  })

  app.delete('/v1/gdx/consumers/:id', { config: { needs: 'change' } }, async (request, reply) => {
    const { id } = request.params as { id: string }
    const consumer = (await listGdxConsumers(ground.pool)).find((one) => one.id === id)
    if (!consumer || !callerOf(request).may(memberOf(consumer.subsystem)))
      throw exchangeProblem('resource-unknown')
    await deleteGdxConsumer(ground.pool, id)
    return reply.code(204).send()
  })

  // Routes hold for every caller of the gateway, and are its own operator's.
  app.post('/v1/gdx/routes', { schema: { body: NewRoute } }, async (request, reply) => {
    const {
      conditions = {},
      ignored = [],
      purpose = null,
      ...wanted
    } = request.body as Static<typeof NewRoute>
    const route = { id: randomUUID(), ...wanted, conditions, ignored, purpose }
    checkGdxRoute(route)
    await saveGdxRoute(ground.pool, route)
    return reply.code(201).send(route)
  })

  app.delete('/v1/gdx/routes/:id', async (request, reply) => {
    const { id } = request.params as { id: string }
    if (!(await deleteGdxRoute(ground.pool, id))) throw exchangeProblem('resource-unknown')
    return reply.code(204).send()
  })
}
