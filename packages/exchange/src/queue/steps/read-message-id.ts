import { randomUUID } from 'node:crypto'
import type { ConsumerExchange } from '../../gateway/consumer/exchange.ts'
import type { Step } from '../../gateway/step.ts'
import { single } from '../../gateway/transport/headers.ts'
import { exchangeProblem } from '../../problems.ts'

/** The form of ids that senders give, and of order keys. */
export const messageIdForm = /^[A-Za-z0-9._:-]{1,64}$/

/** The sender's own id of the message (`Sapan-Message`), by which a repetition is known; made where it names none. */
export const readMessageId: Step<ConsumerExchange> = {
  name: 'readMessageId',
  run(exchange) {
    const { headers } = exchange.request
    const id = single(headers, 'sapan-message') ?? randomUUID()
    const key = single(headers, 'sapan-order-key') ?? null
    if (!messageIdForm.test(id) || (key !== null && !messageIdForm.test(key)))
      throw exchangeProblem('message-id-malformed')
    exchange.queued = { message: id, orderKey: key, attachments: [], manifest: null }
    return { th: `ข้อความ ${id}`, en: `The message ${id}` }
  },
}
