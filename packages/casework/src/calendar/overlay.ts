import {
  type Clock,
  inTransaction,
  type Logger,
  type OfficeCalendar,
  type Pool,
  Problem,
  WorkingDays,
} from '@sapan/kernel'
import { addCalendarDay, readCalendarDays, readCalendarVersions } from '../store/calendar.ts'
import { type CalendarDay, type CalendarVersion, laidOver } from './calendar-day.ts'
import { calendarProblems } from './problems.ts'

/** The country's calendar with what the cabinet added, as all rooms of an operator count by it. */
export interface CalendarOverlay {
  /** Follow the changes. */
  readonly days: WorkingDays
  /** What each changed day is now, by date. */
  changed(): Promise<readonly CalendarVersion[]>
  /** All changes with who made them, the last first; 200 at most. */
  history(): Promise<readonly CalendarVersion[]>
  /**
   * Makes a day what the cabinet said, from now on. Throws `calendar-day-past` for a day that is over: what was counted by
   * it stays.
   */
  change(day: CalendarDay, actor: string): Promise<void>
  /** Reads what other processes changed. */
  refresh(): Promise<void>
  stop(): void
}

export interface OverlayOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly base: OfficeCalendar
  /** How often other processes' changes are looked for; 2,000 milliseconds by default. */
  readonly everyMs?: number
}

/** Reads the overlay, and follows it until `stop`. */
export async function openCalendar(options: OverlayOptions): Promise<CalendarOverlay> {
  const { pool, clock, log, base, everyMs = 2_000 } = options
  let calendar = base
  const days = new WorkingDays(() => calendar)
  const refresh = async () => {
    calendar = laidOver(base, await readCalendarDays(pool))
  }
  await refresh()
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => log.warn({ err: error }, 'the calendar could not be read again'))
  }, everyMs).unref()
  return {
    days,
    refresh,
    changed: () => readCalendarDays(pool),
    history: () => readCalendarVersions(pool, 200),
    change: async (day, actor) => {
      const at = clock()
      if (day.date < days.dateOf(at)) throw new Problem(calendarProblems['calendar-day-past'])
      await inTransaction(pool, (client) => addCalendarDay(client, day, { actor, at }))
      log.info({ date: day.date, kind: day.kind, actor }, 'the calendar was changed')
      await refresh()
    },
    stop: () => clearInterval(timer),
  }
}
