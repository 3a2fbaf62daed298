import { inTransaction, type Text } from '@sapan/kernel'
import type { GatewayGround } from '../../gateway/ground.ts'
import { askedOperation } from '../../gateway/provider/asked-operation.ts'
import type { ProviderExchange } from '../../gateway/provider/exchange.ts'
import type { Step } from '../../gateway/step.ts'
import { memoryBody } from '../../gateway/transport/body.ts'
import { type HeaderList, providerRequestHeaders, single } from '../../gateway/transport/headers.ts'
import { exchangeProblem } from '../../problems.ts'
import { manifestDigest, manifestOf } from '../attachments/manifest.ts'
import { sealMessage } from '../content.ts'
import { receiptOfAttachments, signReceipt } from '../receipt.ts'
import { findReceived, keepIncoming } from '../store/incoming.ts'
import { announcedAttachments, attachIncoming } from '../store/incoming-attachments.ts'

const noQueue: Text = { th: 'ไม่ใช่คิวข้อความ', en: 'It is not a queue' }

/**
 * A message for a queue is kept instead of handed on at once, and its receipt is the answer. What came before gets the
 * receipt of then; another body under the same id is refused.
 */
export function keepMessage(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'keepMessage',
    run(exchange) {
      return exchange.matched.operation.queue ? kept(ground, exchange) : noQueue
    },
  }
}

async function kept(ground: GatewayGround, exchange: ProviderExchange): Promise<Text> {
  const { client, target, matched, body, headers, id } = exchange
  const message = single(headers, 'sapan-message')
  if (message === undefined) throw exchangeProblem('queue-only')
  if (body.bytes > ground.settings.queue.bodyBytes) throw exchangeProblem('body-too-large')
  const now = ground.clock()
  const about = { message, service: target.service, operation: matched.operation.id }
  const content = {
    headers: providerRequestHeaders(headers, askedOperation(exchange)),
    body: await body.content(),
  }
  const manifest = manifestIn(headers)
  const attachments = manifest ? await attached(ground, client, message, manifest) : 0
  const wanted = {
    ...about,
    client,
    exchange: id,
    pulled: matched.operation.queue === 'pull',
    digest: body.sha256,
    manifest,
    attachments,
    content: sealMessage(ground.sealer, { side: 'incoming', client, message }, content),
    expiresAt: now + ground.settings.queue.giveUpAfter * 1000,
    receiptDelivered: signReceipt(
      {
        ...about,
        state: 'delivered',
        sender: client,
        digest: body.sha256.toString('hex'),
        ...receiptOfAttachments(manifest),
        at: new Date(now).toISOString(),
      },
      ground.signers.of(target.member),
    ),
  }
  const { message: known, isNew } = await inTransaction(ground.pool, async (transaction) => {
    const found = await keepIncoming(transaction, wanted)
    if (found.isNew && manifest) await attachIncoming(transaction, found.message)
    return found
  })
  const isSame =
    known.service === about.service &&
    known.operation === about.operation &&
    known.digest.equals(body.sha256) &&
    known.manifest?.toString('hex') === manifest?.toString('hex')
  if (!isSame) throw exchangeProblem('message-id-taken')
  ground.queues.incoming.nudge()
  exchange.kept = true
  exchange.received = {
    status: 202,
    headers: [['content-type', 'application/json']],
    body: memoryBody(Buffer.from(JSON.stringify({ receipt: known.receiptDelivered }))),
  }
  return isNew
    ? { th: 'เก็บข้อความแล้ว', en: 'The message is kept' }
    : { th: 'ข้อความนี้มาแล้ว ตอบใบรับเดิม', en: 'The message came before: the same receipt' }
}

function manifestIn(headers: HeaderList): Buffer | null {
  const digest = single(headers, 'sapan-attachment-manifest')
  if (digest === undefined) return null
  if (!/^[0-9a-f]{64}$/.test(digest)) throw exchangeProblem('attachments-malformed')
  return Buffer.from(digest, 'hex')
}

/** How many there are; throws where they are not all here as signed. Of a message that came before they may be gone. */
async function attached(
  ground: GatewayGround,
  client: string,
  message: string,
  manifest: Buffer,
): Promise<number> {
  const here = await announcedAttachments(ground.pool, client, message)
  const isWhole = here.length > 0 && here.every(({ digest }) => digest !== null)
  if (isWhole && manifestDigest(manifestOf(ground.sealer, here)).equals(manifest)) return here.length
  const before = await findReceived(ground.pool, client, message)
  if (!before) throw exchangeProblem('attachments-missing')
  return before.attachments
}
