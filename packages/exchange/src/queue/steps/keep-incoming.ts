import type { Text } from '@sapan/kernel'
import type { GatewayGround } from '../../gateway/ground.ts'
import { askedOperation } from '../../gateway/provider/asked-operation.ts'
import type { ProviderExchange } from '../../gateway/provider/exchange.ts'
import type { Step } from '../../gateway/step.ts'
import { memoryBody } from '../../gateway/transport/body.ts'
import { providerRequestHeaders, single } from '../../gateway/transport/headers.ts'
import { exchangeProblem } from '../../problems.ts'
import { sealMessage } from '../content.ts'
import { signReceipt } from '../receipt.ts'
import { keepIncoming } from '../store/incoming.ts'

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
  const { message: known, isNew } = await keepIncoming(ground.pool, {
    ...about,
    client,
    exchange: id,
    pulled: matched.operation.queue === 'pull',
    digest: body.sha256,
    content: sealMessage(ground.sealer, { side: 'incoming', client, message }, content),
    expiresAt: now + ground.settings.queue.giveUpAfter * 1000,
    receiptDelivered: signReceipt(
      {
        ...about,
        state: 'delivered',
        sender: client,
        digest: body.sha256.toString('hex'),
        at: new Date(now).toISOString(),
      },
      ground.signers.of(target.member),
    ),
  })
  const isSame = known.service === about.service && known.operation === about.operation
  if (!isSame || !known.digest.equals(body.sha256)) throw exchangeProblem('message-id-taken')
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
