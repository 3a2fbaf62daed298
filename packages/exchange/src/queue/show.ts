import type { IncomingMessage, OutgoingMessage } from './message.ts'

/** A message as its sender's systems and the operator see it: no body, no headers. */
export function shownOutgoing(message: OutgoingMessage) {
  const { receiptQueued, receiptDelivered, receiptOutcome } = message
  return {
    number: message.number,
    message: message.message,
    client: message.client,
    service: message.service,
    operation: message.operation,
    ...(message.exchange === null ? {} : { exchange: message.exchange }),
    state: message.state,
    ...(message.problem === null ? {} : { problem: message.problem }),
    ...(message.reason === null ? {} : { reason: message.reason }),
    attempts: message.attempts,
    ...(message.attachments === 0 ? {} : { attachments: message.attachments }),
    queuedAt: new Date(message.queuedAt).toISOString(),
    expiresAt: new Date(message.expiresAt).toISOString(),
    ...(message.resendOf === null ? {} : { resendOf: message.resendOf }),
    receipts: {
      queued: receiptQueued,
      ...(receiptDelivered === null ? {} : { delivered: receiptDelivered }),
      ...(receiptOutcome === null ? {} : { outcome: receiptOutcome }),
    },
  }
}

/** A message that came, as the operator of its receiver sees it. */
export function shownIncoming(message: IncomingMessage) {
  const { receiptDelivered, receiptOutcome } = message
  return {
    number: message.number,
    message: message.message,
    client: message.client,
    service: message.service,
    operation: message.operation,
    exchange: message.exchange,
    state: message.state,
    ...(message.problem === null ? {} : { problem: message.problem }),
    ...(message.reason === null ? {} : { reason: message.reason }),
    attempts: message.attempts,
    ...(message.attachments === 0 ? {} : { attachments: message.attachments }),
    deliveredAt: new Date(message.deliveredAt).toISOString(),
    expiresAt: new Date(message.expiresAt).toISOString(),
    receipts: {
      delivered: receiptDelivered,
      ...(receiptOutcome === null ? {} : { outcome: receiptOutcome }),
    },
  }
}
