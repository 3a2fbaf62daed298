import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { callerOf } from './authorise.ts'
import type { AdminContext } from './context.ts'

const Token = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 64 * 1024 }) },
  { additionalProperties: false },
)

/** The members that the gateway hosts: listed for whoever looks after them, taken in and let go by its own operator. */
export function memberRoutes(app: FastifyInstance, { ground, hosting }: AdminContext): void {
  app.get('/v1/members', { config: { needs: 'look' } }, async (request) => {
    const caller = callerOf(request)
    const view = ground.directory.current()
    const hosted = ground.signers.members().filter((member) => caller.may(member))
    return {
      members: hosted.map((id) => ({
        id,
        name: view.member(id)?.name ?? null,
        owner: ground.settings.id.startsWith(`${id}/`),
        subsystems: view.member(id)?.subsystems ?? [],
      })),
    }
  })

  app.post('/v1/members', { schema: { body: Token } }, async (request, reply) => {
    const { token } = request.body as Static<typeof Token>
    return reply.code(201).send({ members: await hosting.host(token) })
  })

  app.delete('/v1/members/:member', async (request, reply) => {
    const { member } = request.params as { member: string }
    await hosting.end(member)
    return reply.code(204).send()
  })
}
