import { Problem } from '@sapan/kernel'
import { memberOf } from '../address.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import { retryDelay } from './backoff.ts'
import type { OutgoingMessage } from './message.ts'
import { shownOutgoing } from './show.ts'
import { type Callback, endCallback, retryCallback } from './store/callbacks.ts'
import { findOutgoing } from './store/outgoing.ts'
import { tellSystem } from './tell-system.ts'

/** The subsystems whose systems are told what became of their messages. */
export function calledBack({ settings }: Pick<GatewayGround, 'settings'>): string[] {
  return settings.queue.callbacks.map(({ subsystem }) => subsystem)
}

/**
 * Tells the sender's own system, at the address that the operator has named, where its message stands. Whatever it answers but
 * 2xx, it is told again, until the time of messages is over; then it has to ask.
 */
export async function callBack(ground: GatewayGround, callback: Callback): Promise<void> {
  const { pool, settings, log, clock } = ground
  const { number, client, outgoing, attempts, createdAt } = callback
  const to = settings.queue.callbacks.find(({ subsystem }) => subsystem === client)
  const message = to ? await findOutgoing(pool, outgoing) : undefined
  if (!to || !message) return endCallback(pool, number)
  try {
    ground.signers.checkStays(memberOf(client))
    await tell(ground, to.url, message)
    await endCallback(pool, number)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const isOver = clock() >= createdAt + settings.queue.giveUpAfter * 1000
    const about = { client, message: outgoing, problem: error.code, ...error.extensions }
    log[isOver ? 'warn' : 'info'](about, 'a system was not told what became of its message')
    if (isOver) await endCallback(pool, number)
    else await retryCallback(pool, number, retryDelay(attempts, settings.queue))
  }
}

function tell(ground: GatewayGround, url: string, message: OutgoingMessage): Promise<void> {
  return tellSystem(ground, url, {
    headers: ['x-road-client', message.client, 'sapan-message', message.message],
    body: Buffer.from(JSON.stringify(shownOutgoing(message))),
  })
}
