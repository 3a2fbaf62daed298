import { hash, randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { memberOf } from '../../address.ts'
import { exchangeProblem } from '../../problems.ts'
import { calledBack } from '../../queue/call-back.ts'
import { openMessage, sealMessage } from '../../queue/content.ts'
import type { OutgoingMessage } from '../../queue/message.ts'
import { openDeadLetter } from '../../queue/opening.ts'
import { receiptOfAttachments, signReceipt } from '../../queue/receipt.ts'
import { shownIncoming, shownOutgoing } from '../../queue/show.ts'
import { listIncoming } from '../../queue/store/incoming.ts'
import {
  dropOutgoing,
  findOutgoing,
  listOutgoing,
  type NewOutgoing,
  resendOutgoing,
} from '../../queue/store/outgoing.ts'
import type { GatewayGround } from '../ground.ts'
import { callerOf } from './authorise.ts'
import type { AdminContext } from './context.ts'
import { openingReason } from './opening-reason.ts'

const After = Type.Optional(Type.Integer({ minimum: 0 }))
const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 500 }))
const Sent = Type.Object({
  state: Type.Optional(Type.Enum(['queued', 'delivered', 'accepted', 'rejected', 'dead', 'dropped'])),
  after: After,
  limit: Limit,
})
const Came = Type.Object({
  state: Type.Optional(Type.Enum(['waiting', 'accepted', 'rejected', 'expired'])),
  after: After,
  limit: Limit,
})
const Which = Type.Object({ number: Type.String({ pattern: '^[0-9]{1,15}$' }) })
const OpeningReason = Type.Object({ reason: openingReason }, { additionalProperties: false })
const Mended = Type.Object(
  { body: Type.Optional(Type.String({ description: 'the mended body, base64' })) },
  { additionalProperties: false },
)

/** Messages of our members that wait, are done or were given up; and those that came for them. */
export function messageRoutes(app: FastifyInstance, { ground }: AdminContext): void {
  const { pool } = ground

  const sent = { schema: { querystring: Sent }, config: { needs: 'look' } } as const
  app.get('/v1/messages', sent, async (request) => {
    const { state = null, after = 0, limit = 100 } = request.query as Static<typeof Sent>
    const { members } = callerOf(request)
    const found = await listOutgoing(pool, { state, after, limit, members })
    return { messages: found.map(shownOutgoing).map(listed) }
  })

  const came = { schema: { querystring: Came }, config: { needs: 'look' } } as const
  app.get('/v1/messages-received', came, async (request) => {
    const { state = null, after = 0, limit = 100 } = request.query as Static<typeof Came>
    const { members } = callerOf(request)
    const found = await listIncoming(pool, { state, after, limit, members })
    return { messages: found.map(shownIncoming).map(listed) }
  })

  const looking = { schema: { params: Which }, config: { needs: 'look' } } as const
  app.get('/v1/messages/:number', looking, async (request) => shownOutgoing(await messageOf(ground, request)))

  const opening = { schema: { params: Which, body: OpeningReason }, config: { needs: 'open' } } as const
  app.post('/v1/messages/:number/opening', opening, async (request, reply) => {
    const message = await messageOf(ground, request)
    const { reason } = request.body as Static<typeof OpeningReason>
    if (!reason.isWellFormed()) throw exchangeProblem('request-invalid')
    const opened = await openDeadLetter(ground, message, { by: callerOf(request).name, reason })
    ground.log.info({ opening: opened.id, message: opened.number }, 'a dead letter was opened')
    return reply.header('cache-control', 'no-store').send(opened)
  })

  app.post(
    '/v1/messages/:number/resend',
    {
      schema: { params: Which, body: Mended },
      bodyLimit: 2 * ground.settings.queue.bodyBytes,
      config: { needs: 'change' },
    },
    async (request, reply) => {
      const { body } = request.body as Static<typeof Mended>
      const message = await messageOf(ground, request)
      if (message.state !== 'dead' && message.state !== 'rejected') throw exchangeProblem('message-not-dead')
      const anew = mended(ground, message, body === undefined ? undefined : Buffer.from(body, 'base64'))
      const resent = await resendOutgoing(pool, message.number, anew, calledBack(ground))
      if (!resent) throw exchangeProblem('message-not-dead')
      ground.queues.nudge()
      return reply.code(201).send(shownOutgoing(resent))
    },
  )

  const changing = { schema: { params: Which }, config: { needs: 'change' } } as const
  app.delete('/v1/messages/:number', changing, async (request, reply) => {
    const { number } = await messageOf(ground, request)
    if (!(await dropOutgoing(pool, number, calledBack(ground)))) throw exchangeProblem('message-not-dead')
    return reply.code(204).send()
  })
}

/** Receipts are long, and are looked at one by one. */
function listed<T extends { receipts: object }>({ receipts: _, ...row }: T): Omit<T, 'receipts'> {
  return row
}

async function messageOf({ pool }: GatewayGround, request: FastifyRequest): Promise<OutgoingMessage> {
  const message = await findOutgoing(pool, Number((request.params as Static<typeof Which>).number))
  if (!message || !callerOf(request).may(memberOf(message.client))) throw exchangeProblem('message-unknown')
  return message
}

function contentOf({ sealer }: GatewayGround, { client, message, content }: OutgoingMessage) {
  if (!content) throw exchangeProblem('message-unknown')
  return openMessage(sealer, { side: 'outgoing', client, message }, content)
}

/** The same message under a new id, with the body that a person mended. It keeps no place in an order: that went on. */
function mended(ground: GatewayGround, before: OutgoingMessage, body: Buffer | undefined): NewOutgoing {
  const { client, service, operation, target } = before
  const content = contentOf(ground, before)
  const anew = { headers: content.headers, body: body ?? content.body }
  if (anew.body.length > ground.settings.queue.bodyBytes) throw exchangeProblem('body-too-large')
  const message = randomUUID()
  const digest = hash('sha256', anew.body, 'buffer')
  const now = ground.clock()
  const about = { message, service, operation }
  return {
    ...about,
    client,
    target,
    orderKey: null,
    digest,
    manifest: before.manifest,
    attachments: before.attachments,
    content: sealMessage(ground.sealer, { side: 'outgoing', client, message }, anew),
    expiresAt: now + ground.settings.queue.giveUpAfter * 1000,
    receiptQueued: signReceipt(
      {
        ...about,
        state: 'queued',
        sender: client,
        digest: digest.toString('hex'),
        ...receiptOfAttachments(before.manifest),
        at: new Date(now).toISOString(),
      },
      ground.signers.of(memberOf(client)),
    ),
  }
}
