import type { Clock, Logger, Pool } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { type Mailer, MailRefused } from '../mail/mailer.ts'
import type { Recipient } from '../notice.ts'
import type { PushSender } from '../push/sender.ts'
import { backoff, mostAttempts } from './backoff.ts'
import { deliverEmail } from './email.ts'
import { type Outcome, settle, type Taken, take } from './outbox.ts'
import { deliverPush } from './push.ts'

export interface DeliveryGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly sealer: Sealer
  /** The origin of the portal: `https://portal.example.go.th`. */
  readonly portal: string
  readonly addressOf: (account: string) => Promise<Recipient | undefined>
  readonly mailer: Mailer
  readonly push: PushSender
}

/** How many deliveries ended how. */
export type Delivered = Record<Outcome['state'], number>

/** At once by one process. */
const width = 8

/**
 * Sends what is due, at most `limit`. Any number of processes may do so at once. What was handed over but not written
 * down (a process that died in between) is sent again, under the same Message-ID.
 */
export async function deliverDue(ground: DeliveryGround, limit: number): Promise<Delivered> {
  const delivered: Delivered = { sent: 0, skipped: 0, dead: 0, waiting: 0 }
  for (let left = limit; left > 0; left -= width) {
    const taken = await take(ground.pool, ground.clock(), Math.min(width, left))
    const states = await Promise.all(taken.map((one) => attempt(ground, one)))
    for (const state of states) delivered[state]++
    if (taken.length < width) break
  }
  return delivered
}

async function attempt(ground: DeliveryGround, taken: Taken): Promise<Outcome['state']> {
  const outcome = await outcomeOf(ground, taken)
  if (outcome.state === 'dead') {
    ground.log.error({ delivery: taken.id, channel: taken.channel, why: outcome.why }, 'delivery given up')
  }
  await settle(ground.pool, taken, outcome, ground.clock())
  return outcome.state
}

async function outcomeOf(ground: DeliveryGround, taken: Taken): Promise<Outcome> {
  // A process that dies of a letter again and again must not do so forever.
  if (taken.attempts > mostAttempts) return { state: 'dead', why: 'attempts' }
  try {
    return taken.channel === 'email' ? await deliverEmail(ground, taken) : await deliverPush(ground, taken)
  } catch (error) {
    return failed(ground, taken, error)
  }
}

function failed({ clock, log }: DeliveryGround, { id, channel, attempts }: Taken, error: unknown): Outcome {
  if (error instanceof MailRefused) return { state: 'dead', why: `refused ${error.reply}` }
  const why = wordOf(error)
  // The reply of a mail system quotes addresses: only its code is logged.
  log.warn({ delivery: id, channel, attempts, why }, 'delivery failed')
  if (attempts >= mostAttempts) return { state: 'dead', why }
  return { state: 'waiting', why, nextAt: clock() + backoff(attempts) }
}

function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const [code, reply] = [Reflect.get(error, 'code'), Reflect.get(error, 'responseCode')]
  return [typeof code === 'string' ? code : error.name, typeof reply === 'number' ? reply : '']
    .join(' ')
    .trim()
    .slice(0, 100)
}
