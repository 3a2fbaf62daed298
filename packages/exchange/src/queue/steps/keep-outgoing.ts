import { hash } from 'node:crypto'
import type { ConsumerExchange } from '../../gateway/consumer/exchange.ts'
import type { GatewayGround } from '../../gateway/ground.ts'
import type { Step } from '../../gateway/step.ts'
import { forwardedRequestHeaders, type HeaderList } from '../../gateway/transport/headers.ts'
import { exchangeProblem } from '../../problems.ts'
import { sealMessage } from '../content.ts'
import type { OutgoingMessage } from '../message.ts'
import { signReceipt } from '../receipt.ts'
import { findSent, insertOutgoing, type NewOutgoing } from '../store/outgoing.ts'

/** What a caller says of itself to both gateways: read anew at each delivery. */
const said = new Set(['sapan-purpose', 'sapan-actor', 'sapan-consent'])

/**
 * Keeps the message with its signed receipt before the sender is answered. An id that came before is answered as it was
 * then, if it is the same message.
 */
export function keepOutgoing(ground: GatewayGround): Step<ConsumerExchange> {
  return {
    name: 'keepOutgoing',
    async run(exchange) {
      const wanted = await newMessage(ground, exchange)
      const kept = await insertOutgoing(ground.pool, wanted)
      exchange.kept = kept ?? (await keptBefore(ground, wanted))
      ground.queues.outgoing.nudge()
      return kept
        ? { th: 'เก็บข้อความไว้นำส่งแล้ว', en: 'The message is kept, to be delivered' }
        : { th: 'เก็บข้อความนี้ไว้ก่อนแล้ว', en: 'The message was kept before' }
    },
  }
}

async function newMessage(ground: GatewayGround, exchange: ConsumerExchange): Promise<NewOutgoing> {
  const { client, clientMember, target, matched, queued, request } = exchange
  if (!queued) throw new Error('the message has no id')
  const { message } = queued
  const body = await exchange.body.content()
  const now = ground.clock()
  const digest = hash('sha256', body, 'buffer')
  const headers: HeaderList = [
    ...forwardedRequestHeaders(request.headers),
    ...request.headers.filter(([name]) => said.has(name)),
  ]
  return {
    client,
    message,
    service: target.service,
    operation: matched.operation.id,
    target: target.raw,
    // People are what senders order by: only a keyed hash of it is kept.
    orderKey: queued.orderKey === null ? null : (ground.subjects.hash([queued.orderKey])[0] ?? null),
    digest,
    content: sealMessage(ground.sealer, { side: 'outgoing', client, message }, { headers, body }),
    expiresAt: now + ground.settings.queue.giveUpAfter * 1000,
    receiptQueued: signReceipt(
      {
        state: 'queued',
        message,
        sender: client,
        service: target.service,
        operation: matched.operation.id,
        digest: digest.toString('hex'),
        at: new Date(now).toISOString(),
      },
      ground.signers.of(clientMember),
    ),
  }
}

async function keptBefore({ pool }: GatewayGround, wanted: NewOutgoing): Promise<OutgoingMessage> {
  const before = await findSent(pool, wanted.client, wanted.message)
  if (before?.target !== wanted.target || !before.digest.equals(wanted.digest)) {
    throw exchangeProblem('message-id-taken')
  }
  return before
}
