import type { Check } from '../checks/check.ts'
import type { Alert, AlertOutcome, Told } from './store.ts'

/** What is told of an alert: each once, a reminder once a day. */
export type AlertEvent = 'began' | 'worsened' | 'reminder' | 'ended'

const day = 86_400_000
/** What comes and goes is told of once: it has ended when it was not seen for so long (milliseconds). */
export const quiet = 600_000

/** What stands after a look found these checks. */
export function alertsAfter(before: readonly Alert[], checks: readonly Check[], now: number): Alert[] {
  const wrong = Map.groupBy(
    checks.filter(({ outcome }) => outcome !== 'good'),
    ({ code }) => code as string,
  )
  const seen = [...wrong].map(([code, found]): Alert => {
    const outcome: AlertOutcome = found.some((one) => one.outcome === 'bad') ? 'bad' : 'warning'
    const known = before.find((alert) => alert.code === code)
    const since = known === undefined || isEndTold(known) ? now : known.since
    const told = found.map(({ text, next }) => ({ text, next }))
    return { code, outcome, checks: told, since, seenAt: now, channels: known?.channels ?? {} }
  })
  return [...seen, ...before.filter(({ code }) => !wrong.has(code))]
}

/** What a channel is to be told of it now. */
export function dueEvent(
  alert: Pick<Alert, 'outcome' | 'seenAt'>,
  { told, toldAt, nextAt }: Told,
  now: number,
): AlertEvent | undefined {
  if (nextAt > now) return undefined
  if (hasEnded(alert, now)) return told === null ? undefined : 'ended'
  // What is not seen just now may be over.
  if (alert.seenAt < now) return undefined
  if (told === null || toldAt === null) return 'began'
  if (told === 'warning' && alert.outcome === 'bad') return 'worsened'
  return toldAt + day <= now ? 'reminder' : undefined
}

/** Nobody need be told of it any more. */
export function isOver(alert: Alert, now: number): boolean {
  return hasEnded(alert, now) && Object.values(alert.channels).every(({ told }) => told === null)
}

function hasEnded({ seenAt }: Pick<Alert, 'seenAt'>, now: number): boolean {
  return now - seenAt >= quiet
}

/** Some channel knows that it ended, while another could not be told yet. */
function isEndTold({ channels }: Alert): boolean {
  return Object.values(channels).some(({ told, toldAt }) => told === null && toldAt !== null)
}
