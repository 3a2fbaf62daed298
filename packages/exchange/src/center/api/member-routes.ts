import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import type { CenterGround } from '../ground.ts'
import { addMember, addSubsystem } from '../members.ts'
import { setHosts } from '../peer-hosts.ts'
import { readMembers } from '../store/members.ts'
import { listTokens } from '../store/tokens.ts'
import { makeToken } from '../tokens.ts'
import { actorOf } from './admin-app.ts'

const strict = { additionalProperties: false } as const
const name = Type.Object(
  {
    th: Type.String({ minLength: 1, maxLength: 300 }),
    en: Type.String({ minLength: 1, maxLength: 300 }),
  },
  strict,
)
const identifier = Type.String({ minLength: 1, maxLength: 300 })

const hostsSchema = Type.Array(Type.String({ maxLength: 255 }), { minItems: 1, maxItems: 16 })

const memberSchema = Type.Object(
  { class: Type.String({ maxLength: 20 }), code: Type.String({ maxLength: 300 }), name },
  strict,
)
const subsystemSchema = Type.Object({ id: identifier, name }, strict)
const tokenSchema = Type.Object(
  {
    gateway: identifier,
    members: Type.Optional(Type.Array(identifier, { maxItems: 1000 })),
    hosts: Type.Optional(hostsSchema),
    hosting: Type.Optional(Type.Boolean()),
    moving: Type.Optional(Type.Boolean()),
    expiresInSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 30 * 86_400 })),
  },
  strict,
)

const gatewayHostsSchema = Type.Object({ gateway: identifier, hosts: hostsSchema }, strict)

/** Members, their subsystems, tokens with which their gateways join, and the hosts that these may have. */
export function memberRoutes(app: FastifyInstance, ground: CenterGround): void {
  app.get('/v1/members', async () => ({ members: await readMembers(ground.pool) }))

  app.post<{ Body: Static<typeof memberSchema> }>(
    '/v1/members',
    { schema: { body: memberSchema } },
    async (request, reply) => {
      const id = await addMember(ground, actorOf(request), request.body)
      return reply.code(201).send({ id })
    },
  )

  app.get('/v1/subsystems', async () => {
    const members = await readMembers(ground.pool)
    const subsystems = members.flatMap((member) =>
      member.subsystems.map((subsystem) => ({ id: `${member.id}/${subsystem.code}`, name: subsystem.name })),
    )
    return { subsystems }
  })

  app.post<{ Body: Static<typeof subsystemSchema> }>(
    '/v1/subsystems',
    { schema: { body: subsystemSchema } },
    async (request, reply) => {
      await addSubsystem(ground, actorOf(request), request.body)
      return reply.code(201).send({ id: request.body.id })
    },
  )

  app.get('/v1/tokens', async () => ({ tokens: await listTokens(ground.pool) }))

  app.post<{ Body: Static<typeof tokenSchema> }>(
    '/v1/tokens',
    { schema: { body: tokenSchema } },
    async (request, reply) => {
      const { members = [], ...order } = request.body
      const made = await makeToken(ground, actorOf(request), { ...order, members })
      return reply.code(201).header('cache-control', 'no-store').send(made)
    },
  )

  app.post<{ Body: Static<typeof gatewayHostsSchema> }>(
    '/v1/gateways/hosts',
    { schema: { body: gatewayHostsSchema } },
    async (request) => {
      const hosts = await setHosts(ground, actorOf(request), request.body)
      return { gateway: request.body.gateway, hosts }
    },
  )
}
