import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { parseSubsystem } from '../../identifier.ts'
import { exchangeProblem } from '../../problems.ts'
import type { GatewayGround } from '../ground.ts'
import { fetchHints, mostHints } from '../hints/fetch-hints.ts'
import type { PeerQuestions } from '../peer/questions.ts'
import { headerList, single } from '../transport/headers.ts'
import { findUsage, proveUsage } from '../usage.ts'

/** Whoever the caller is must be one of the member's own systems. Throws the problems of `authenticateClient`. */
export type AuthenticateCaller = (
  request: FastifyRequest,
  client: ReturnType<typeof parseSubsystem>,
) => Promise<void>

const Token = Type.String({ minLength: 1, maxLength: 4096 })
const Gateway = Type.String({ minLength: 1, maxLength: 300 })
const Question = Type.Object(
  {
    gateway: Gateway,
    token: Token,
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    after: Type.Optional(Type.String({ maxLength: 512 })),
  },
  { additionalProperties: false },
)
const Hints = Type.Object(
  {
    gateway: Gateway,
    token: Token,
    taken: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: mostHints }),
  },
  { additionalProperties: false },
)
const Proof = Type.Object(
  {
    gateway: Gateway,
    token: Token,
    exchange: Type.String({ format: 'uuid' }),
    member: Type.String({ maxLength: 200 }),
    side: Type.Union([Type.Literal('consumer'), Type.Literal('provider')]),
  },
  { additionalProperties: false },
)

/**
 * The door by which a person's page asks other members' gateways who looked, each with a token of its own that the person's
 * issuer has signed: this gateway passes question and answer on, and learns of nobody's accesses but its own members'. By the
 * same door the issuer fetches its hints, which nobody else can read.
 */
export function usageRoutes(
  app: FastifyInstance,
  ground: GatewayGround,
  { questions, authenticate }: { questions: PeerQuestions; authenticate: AuthenticateCaller },
): void {
  const caller = async (request: FastifyRequest) => {
    const client = single(headerList(request.raw.rawHeaders), 'x-road-client')
    if (client === undefined) throw exchangeProblem('client-header-missing')
    await authenticate(request, parseSubsystem(client))
  }

  app.get('/sapan/v1/operators', async (request) => {
    await caller(request)
    return { operators: operatorsIn(ground) }
  })

  app.post('/sapan/v1/usage', { schema: { body: Question } }, async (request) => {
    await caller(request)
    const { gateway, ...question } = request.body as Static<typeof Question>
    return gateway === ground.settings.id
      ? findUsage(ground, question)
      : questions.usage(gatewayOf(ground, gateway), question)
  })

  app.post('/sapan/v1/hints', { schema: { body: Hints } }, async (request) => {
    await caller(request)
    const { gateway, ...question } = request.body as Static<typeof Hints>
    return gateway === ground.settings.id
      ? fetchHints(ground, question)
      : questions.hints(gatewayOf(ground, gateway), question)
  })

  app.post('/sapan/v1/usage-proof', { schema: { body: Proof } }, async (request, reply) => {
    await caller(request)
    const { gateway, ...question } = request.body as Static<typeof Proof>
    const file =
      gateway === ground.settings.id
        ? Buffer.from((await proveUsage(ground, question)).file)
        : await questions.usageProof(gatewayOf(ground, gateway), question)
    return reply.type('application/vnd.etsi.asic-e+zip').send(file)
  })
}

function gatewayOf({ directory }: GatewayGround, id: string) {
  const gateway = directory.current().gateway(id)
  if (!gateway) throw exchangeProblem('gateway-unknown')
  return gateway
}

/** Who has evidence of whom: an operator's gateways stand on one database, so that one of them answers for all. */
function operatorsIn({ directory }: GatewayGround) {
  const { gateways, members } = directory.current().directory
  const owners = [...new Set(gateways.map(({ owner }) => owner))]
  return owners.map((owner) => {
    const own = gateways.filter((gateway) => gateway.owner === owner).map(({ id }) => id)
    const hosted = members.filter((member) => member.gateways.some((id) => own.includes(id)))
    return { owner, gateways: own, members: hosted.map(({ id, name }) => ({ id, name })) }
  })
}
