import { hash } from 'node:crypto'
import { inTransaction } from '@sapan/kernel'
import type { ConsumerExchange } from '../../gateway/consumer/exchange.ts'
import type { GatewayGround } from '../../gateway/ground.ts'
import type { Step } from '../../gateway/step.ts'
import { forwardedRequestHeaders, type HeaderList } from '../../gateway/transport/headers.ts'
import { exchangeProblem } from '../../problems.ts'
import { manifestDigest, manifestOf } from '../attachments/manifest.ts'
import { uploaded } from '../attachments/uploaded.ts'
import { sealMessage } from '../content.ts'
import type { OutgoingMessage } from '../message.ts'
import { receiptOfAttachments, signReceipt } from '../receipt.ts'
import { attachmentsOf, nameAttachments } from '../store/attachments.ts'
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
      const before = await sentBefore(ground, exchange)
      const { message, isNew } = before ? { message: before, isNew: false } : await keep(ground, exchange)
      exchange.kept = message
      ground.queues.nudge()
      return isNew
        ? { th: 'เก็บข้อความไว้นำส่งแล้ว', en: 'The message is kept, to be delivered' }
        : { th: 'เก็บข้อความนี้ไว้ก่อนแล้ว', en: 'The message was kept before' }
    },
  }
}

/** A message with attachments that was kept before: these may be gone since, and are not asked for again. */
async function sentBefore(
  { pool }: GatewayGround,
  { client, target, queued, body }: ConsumerExchange,
): Promise<OutgoingMessage | undefined> {
  if (!queued || queued.attachments.length === 0) return undefined
  const before = await findSent(pool, client, queued.message)
  if (!before) return undefined
  const still = (await attachmentsOf(pool, before.number)).map(({ id }) => id)
  const isSame =
    before.target === target.raw &&
    before.digest.equals(body.sha256) &&
    before.attachments === queued.attachments.length &&
    (still.length === 0 || still.join() === queued.attachments.join())
  if (!isSame) throw exchangeProblem('message-id-taken')
  return before
}

async function keep(
  ground: GatewayGround,
  exchange: ConsumerExchange,
): Promise<{ message: OutgoingMessage; isNew: boolean }> {
  const { client, target, matched } = exchange
  const ids = exchange.queued?.attachments ?? []
  const from = { client, service: target.service, operation: matched.operation.id }
  const attachments = ids.length === 0 ? [] : await uploaded(ground, from, ids)
  const manifest = ids.length === 0 ? null : manifestDigest(manifestOf(ground.sealer, attachments))
  const wanted = await newMessage(ground, exchange, manifest)
  const kept = await inTransaction(ground.pool, async (transaction) => {
    const message = await insertOutgoing(transaction, wanted)
    if (message && ids.length > 0 && !(await nameAttachments(transaction, message, ids)))
      throw exchangeProblem('attachment-taken')
    return message
  })
  return kept ? { message: kept, isNew: true } : { message: await keptBefore(ground, wanted), isNew: false }
}

async function newMessage(
  ground: GatewayGround,
  exchange: ConsumerExchange,
  manifest: Buffer | null,
): Promise<NewOutgoing> {
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
    manifest,
    attachments: queued.attachments.length,
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
        ...receiptOfAttachments(manifest),
        at: new Date(now).toISOString(),
      },
      ground.signers.of(clientMember),
    ),
  }
}

async function keptBefore({ pool }: GatewayGround, wanted: NewOutgoing): Promise<OutgoingMessage> {
  const before = await findSent(pool, wanted.client, wanted.message)
  const isSame =
    before?.target === wanted.target && before.digest.equals(wanted.digest) && sameManifest(before, wanted)
  if (!before || !isSame) {
    throw exchangeProblem('message-id-taken')
  }
  return before
}

function sameManifest(
  { manifest }: OutgoingMessage,
  { manifest: wanted = null }: Pick<NewOutgoing, 'manifest'>,
): boolean {
  return manifest === null || wanted === null ? manifest === wanted : manifest.equals(wanted)
}
