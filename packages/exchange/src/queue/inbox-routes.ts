import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { parseSubsystem, subsystemOf } from '../address.ts'
import type { AuthenticateCaller } from '../gateway/edge/usage-routes.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import { headerList, single } from '../gateway/transport/headers.ts'
import { exchangeProblem } from '../problems.ts'
import { attachmentInboxRoutes, shownAttachments } from './attachments/inbox-routes.ts'
import { openMessage } from './content.ts'
import type { IncomingMessage } from './message.ts'
import { type Outcome, settle } from './settle.ts'
import { findIncoming, pullIncoming } from './store/incoming.ts'

const Taking = Type.Object(
  {
    service: Type.String({ maxLength: 300 }),
    operation: Type.String({ maxLength: 64 }),
    most: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
    seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 43_200 })),
  },
  { additionalProperties: false },
)
const Which = Type.Object({ number: Type.String({ pattern: '^[0-9]{1,15}$' }) })
const Accepting = Type.Object({}, { additionalProperties: false })
const Rejecting = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 500 }) },
  { additionalProperties: false },
)

/**
 * The inbox of a subsystem: its system takes messages, which nobody else then gets for a while, and says of each whether it
 * accepts it. What it says nothing of comes again.
 */
export function inboxRoutes(
  app: FastifyInstance,
  ground: GatewayGround,
  { authenticate }: { authenticate: AuthenticateCaller },
): void {
  const receiver = async (request: FastifyRequest): Promise<string> => {
    const named = single(headerList(request.raw.rawHeaders), 'x-road-client')
    if (named === undefined) throw exchangeProblem('client-header-missing')
    const client = parseSubsystem(named)
    await authenticate(request, client)
    return client.subsystem
  }

  app.post('/m1/inbox/take', { schema: { body: Taking } }, async (request, reply) => {
    const subsystem = await receiver(request)
    const { service, operation, most = 1, seconds = 60 } = request.body as Static<typeof Taking>
    checkPulled(ground, subsystem, { service, operation })
    const taken = await pullIncoming(ground.pool, { service, operation, most, seconds })
    reply.header('cache-control', 'no-store')
    return {
      messages: await Promise.all(
        taken.map(async (message) => ({
          ...opened(ground, message),
          ...(message.attachments > 0 && { attachments: await shownAttachments(ground, message) }),
        })),
      ),
    }
  })

  attachmentInboxRoutes(app, ground, receiver)

  app.post('/m1/inbox/:number/accept', { schema: { params: Which, body: Accepting } }, async (request) => {
    const subsystem = await receiver(request)
    return say(ground, subsystem, request, { state: 'accepted', reason: null })
  })

  app.post('/m1/inbox/:number/reject', { schema: { params: Which, body: Rejecting } }, async (request) => {
    const subsystem = await receiver(request)
    const { reason } = request.body as Static<typeof Rejecting>
    return say(ground, subsystem, request, { state: 'rejected', reason })
  })
}

function checkPulled(
  { services }: GatewayGround,
  subsystem: string,
  { service, operation }: { service: string; operation: string },
): void {
  const known = services.get(service)
  if (!known || subsystemOf(service) !== subsystem) throw exchangeProblem('service-unknown')
  const queue = known.description.operations.find(({ id }) => id === operation)?.queue
  if (queue !== 'pull') throw exchangeProblem('queue-unknown', { extensions: { service } })
}

function opened({ sealer }: GatewayGround, taken: IncomingMessage) {
  const { number, client, message, service, operation, exchange, content, attempts, deliveredAt } = taken
  if (!content) throw new Error('a waiting message has no content')
  const { headers, body } = openMessage(sealer, { side: 'incoming', client, message }, content)
  return {
    number,
    message,
    client,
    service,
    operation,
    exchange,
    deliveredAt: new Date(deliveredAt).toISOString(),
    attempts,
    headers: Object.fromEntries(headers),
    body: body.toString('base64'),
  }
}

/** The first word counts; to say it again changes nothing, and to say something else is refused. */
async function say(
  ground: GatewayGround,
  subsystem: string,
  request: FastifyRequest,
  outcome: Outcome,
): Promise<object> {
  const number = Number((request.params as Static<typeof Which>).number)
  const message = await findIncoming(ground.pool, number)
  if (!message?.pulled || subsystemOf(message.service) !== subsystem) throw exchangeProblem('message-unknown')
  const isFirst = message.state === 'waiting' && (await settle(ground, message, outcome))
  const state = isFirst ? outcome.state : (await findIncoming(ground.pool, number))?.state
  if (state !== outcome.state) throw exchangeProblem('message-settled')
  return { number, message: message.message, state }
}
