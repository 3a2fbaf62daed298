import { hash, randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { parseSubsystem, subsystemOf } from '../address.ts'
import { checkJson } from '../fields/pointer.ts'
import type { AuthenticateCaller } from '../gateway/edge/usage-routes.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import { headerList, single } from '../gateway/transport/headers.ts'
import { exchangeProblem } from '../problems.ts'
import { messageIdForm } from './steps/read-message-id.ts'
import { keepTopicEvent } from './store/topic-events.ts'
import { sealEvent } from './topic-content.ts'

const Where = Type.Object({
  service: Type.String({ maxLength: 300 }),
  operation: Type.String({ maxLength: 64 }),
})

/**
 * `POST /m1/topics?service=…&operation=…`: a member's own system publishes an event, its body. It is kept once under its
 * `Sapan-Message`, for whoever holds a grant of the operation.
 */
export function topicRoutes(
  app: FastifyInstance,
  ground: GatewayGround,
  { authenticate }: { authenticate: AuthenticateCaller },
): void {
  const { bodyBytes: bodyLimit } = ground.settings.queue
  app.register(async (topics) => {
    // As it was sent: numbers that JSON.parse rounds stay what they are.
    topics.removeAllContentTypeParsers()
    topics.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    topics.post('/m1/topics', { schema: { querystring: Where }, bodyLimit }, async (request, reply) => {
      const headers = headerList(request.raw.rawHeaders)
      const named = single(headers, 'x-road-client')
      if (named === undefined) throw exchangeProblem('client-header-missing')
      const publisher = parseSubsystem(named)
      await authenticate(request, publisher)
      const topic = request.query as { service: string; operation: string }
      checkTopic(ground, publisher.subsystem, topic)
      if (single(headers, 'sapan-attachments') !== undefined) throw exchangeProblem('attachments-malformed')
      const message = single(headers, 'sapan-message') ?? randomUUID()
      if (!messageIdForm.test(message)) throw exchangeProblem('message-id-malformed')
      const event = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const { number, isNew } = await publish(ground, { ...topic, message }, event)
      return reply.code(isNew ? 201 : 200).send({ number, message })
    })
  })
}

function checkTopic(
  { services }: GatewayGround,
  subsystem: string,
  { service, operation }: { service: string; operation: string },
): void {
  const known = services.get(service)
  if (!known || subsystemOf(service) !== subsystem) throw exchangeProblem('service-unknown')
  if (!known.description.operations.find(({ id }) => id === operation)?.topic) {
    throw exchangeProblem('topic-unknown', { extensions: { service } })
  }
}

async function publish(
  { pool, sealer }: GatewayGround,
  place: { service: string; operation: string; message: string },
  event: Buffer,
): Promise<{ number: number; isNew: boolean }> {
  checkJson(event, 'request')
  const digest = hash('sha256', event, 'buffer')
  const content = sealEvent(sealer, place, event)
  const kept = await keepTopicEvent(pool, { ...place, digest, content, bytes: event.length })
  if (!kept.digest.equals(digest)) throw exchangeProblem('message-id-taken')
  return kept
}
