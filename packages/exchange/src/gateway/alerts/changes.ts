import type { Check } from '../checks/check.ts'
import type { Alert, AlertOutcome } from '../store/alerts.ts'

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
    const begun = { since: now, told: null, toldAt: null, attempts: 0, nextAt: now }
    const told = found.map(({ text, next }) => ({ text, next }))
    return { ...begun, ...known, code, outcome, checks: told, seenAt: now }
  })
  return [...seen, ...before.filter(({ code }) => !wrong.has(code))]
}

/** What is to be told of it now. */
export function dueEvent(alert: Alert, now: number): AlertEvent | undefined {
  const { outcome, told, toldAt, seenAt, nextAt } = alert
  if (nextAt > now) return undefined
  if (hasEnded(alert, now)) return told === null ? undefined : 'ended'
  // What is not seen just now may be over.
  if (seenAt < now) return undefined
  if (told === null || toldAt === null) return 'began'
  if (told === 'warning' && outcome === 'bad') return 'worsened'
  return toldAt + day <= now ? 'reminder' : undefined
}

export function hasEnded({ seenAt }: Pick<Alert, 'seenAt'>, now: number): boolean {
  return now - seenAt >= quiet
}
