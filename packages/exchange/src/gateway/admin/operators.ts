import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { exchangeProblem } from '../../problems.ts'
import { deleteOperator, listOperators, saveOperator } from '../store/operators.ts'
import { tokenHash } from './authorise.ts'
import type { AdminContext } from './context.ts'

const NewOperator = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    members: Type.Array(Type.String({ maxLength: 256 }), { minItems: 1, maxItems: 1000 }),
    role: Type.Union([Type.Literal('look'), Type.Literal('change')]),
    /** Whether they may open what was said in exchanges, with a reason that is told to whom it concerned. */
    opens: Type.Optional(Type.Boolean()),
    /** For how long; without it until they are removed. */
    expiresInSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })),
    origins: Type.Optional(Type.Array(Type.String({ maxLength: 512 }), { maxItems: 100 })),
  },
  { additionalProperties: false },
)

/** Operators of single members: made and ended by the gateway's own operator alone. */
export function operatorRoutes(app: FastifyInstance, { ground }: AdminContext): void {
  app.get('/v1/operators', async () => ({ operators: await listOperators(ground.pool) }))

  app.post('/v1/operators', { schema: { body: NewOperator } }, async (request, reply) => {
    const {
      origins = [],
      opens = false,
      expiresInSeconds = null,
      ...wanted
    } = request.body as Static<typeof NewOperator>
    const strange = wanted.members.find((member) => !ground.signers.hosts(member))
    if (strange !== undefined) throw exchangeProblem('member-unknown', { extensions: { member: strange } })
    const operator = { id: randomUUID(), ...wanted, opens, origins: origins.map(originOf) }
    const token = `sapan-operator.${randomBytes(32).toString('base64url')}`
    await saveOperator(ground.pool, operator, { tokenHash: tokenHash(token), seconds: expiresInSeconds })
    ground.log.info(
      { operator: operator.id, members: operator.members, role: operator.role, opens },
      'operator added',
    )
    // Told once: only its hash is kept.
    return reply
      .code(201)
      .header('cache-control', 'no-store')
      .send({ ...operator, token })
  })

  app.delete('/v1/operators/:id', async (request, reply) => {
    const { id } = request.params as { id: string }
    if (!(await deleteOperator(ground.pool, id))) throw exchangeProblem('resource-unknown')
    ground.log.info({ operator: id }, 'operator removed')
    return reply.code(204).send()
  })
}

/** `https://register.example:8080` and nothing behind it. */
function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) return url.origin
  throw exchangeProblem('request-invalid', {
    detail: {
      th: 'origins ต้องเป็นที่อยู่ http หรือ https พร้อมพอร์ต ไม่มีเส้นทาง',
      en: 'origins are http or https addresses with their port, without a path',
    },
  })
}
