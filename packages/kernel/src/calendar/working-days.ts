import type { Text } from '../text.ts'

/** A day without its time, in the country's own zone: `2026-04-13`. */
export type CalendarDate = string

/** When a country's offices work, as its pack says. */
export interface OfficeCalendar {
  /** Hours and minutes after UTC, the same all year: `+07:00`. */
  readonly offset: string
  /** `08:30` to `16:30`; a thing that comes in later counts as come at the next opening. */
  readonly opens: string
  readonly closes: string
  /** Days of the week without work; 0 is Sunday. */
  readonly weekend: readonly number[]
  readonly holidays: ReadonlyMap<CalendarDate, Text>
  /** Days at a weekend on which offices work all the same, by order of the government. */
  readonly workdays: ReadonlySet<CalendarDate>
  /** The last day for which holidays are known: later ones are counted by weekends alone. */
  readonly knownUntil: CalendarDate
}

const MINUTE = 60_000
const DAY = 86_400_000

/** No stretch without work is longer; a calendar that says so is wrong. */
const longestBreak = 366

/**
 * Counts working days. `calendar` may be a function: holidays and working days are then those that it gives when they are
 * asked for, as a government adds them; the zone and the hours stay those of the beginning. Else pure. Times are milliseconds since 1970 (UTC), days are those of the country's zone.
 * The day on which a thing comes in is not counted (as in the Thai Civil and Commercial Code, section 193/3).
 */
export class WorkingDays {
  readonly #calendar: () => OfficeCalendar
  readonly #offset: number
  readonly #opens: number
  readonly #closes: number

  /** Throws `RangeError` for hours or an offset that cannot be, and for a week without a working day. */
  constructor(given: OfficeCalendar | (() => OfficeCalendar)) {
    const calendar = typeof given === 'function' ? given() : given
    this.#calendar = typeof given === 'function' ? given : () => calendar
    this.#offset = offsetOf(calendar.offset)
    this.#opens = minutesOf(calendar.opens) * MINUTE
    this.#closes = minutesOf(calendar.closes) * MINUTE
    if (this.#opens >= this.#closes) throw new RangeError('offices open after they close')
    if (new Set(calendar.weekend).size > 6) throw new RangeError('a week has no working day')
  }

  /** The day that it is in the country. */
  dateOf(at: number): CalendarDate {
    return new Date(at + this.#offset).toISOString().slice(0, 10)
  }

  /** The last millisecond of a day, whether offices work on it or not. */
  endOf(date: CalendarDate): number {
    return Date.parse(`${date}T00:00:00Z`) - this.#offset + DAY - 1
  }

  isWorkingDay(date: CalendarDate): boolean {
    const { weekend, holidays, workdays } = this.#calendar()
    if (workdays.has(date)) return true
    return !holidays.has(date) && !weekend.includes(new Date(`${date}T00:00:00Z`).getUTCDay())
  }

  /** What the day is called, where it is a holiday. */
  holiday(date: CalendarDate): Text | undefined {
    return this.#calendar().holidays.get(date)
  }

  /** Whether holidays are known up to this time. */
  covers(at: number): boolean {
    return this.dateOf(at) <= this.#calendar().knownUntil
  }

  /** When a thing that comes in at `at` counts as received: then, or at the next opening of the offices. */
  received(at: number): number {
    const start = this.#startOf(at)
    const works = this.isWorkingDay(this.dateOf(at))
    if (works && at < start + this.#opens) return start + this.#opens
    if (works && at <= start + this.#closes) return at
    return this.#nextWorkingDay(start) + this.#opens
  }

  /** The end of office hours on the last of `workingDays` working days (1 or more) after the day of receipt. */
  due(at: number, workingDays: number): number {
    if (!Number.isSafeInteger(workingDays) || workingDays < 1) {
      throw new RangeError(`not a number of working days: ${workingDays}`)
    }
    let start = this.#startOf(this.received(at))
    for (let left = workingDays; left > 0; left--) start = this.#nextWorkingDay(start)
    return start + this.#closes
  }

  /**
   * The last millisecond of the day that lies `days` days of the calendar (0 or more) after `at`, or of the next working
   * day where that is none (as in the Thai Civil and Commercial Code, section 193/8).
   */
  until(at: number, days: number): number {
    const start = this.#startOf(at) + days * DAY
    const last = this.isWorkingDay(this.dateOf(start)) ? start : this.#nextWorkingDay(start)
    return last + DAY - 1
  }

  /**
   * `at`, or the same time of the next working day where its day is none: when a period ends whose last day became a
   * holiday (as in the Thai Civil and Commercial Code, section 193/8).
   */
  moved(at: number): number {
    const start = this.#startOf(at)
    return this.isWorkingDay(this.dateOf(at)) ? at : this.#nextWorkingDay(start) + (at - start)
  }

  /** How many working days lie after the day of `from` up to the day of `to`; negative where `to` is earlier. */
  between(from: number, to: number): number {
    if (to < from) return -this.between(to, from) + 0
    let count = 0
    const last = this.#startOf(to)
    for (let start = this.#startOf(from) + DAY; start <= last; start += DAY) {
      if (this.isWorkingDay(this.dateOf(start))) count++
    }
    return count
  }

  #startOf(at: number): number {
    return Math.floor((at + this.#offset) / DAY) * DAY - this.#offset
  }

  #nextWorkingDay(start: number): number {
    for (let days = 1; days <= longestBreak; days++) {
      if (this.isWorkingDay(this.dateOf(start + days * DAY))) return start + days * DAY
    }
    throw new RangeError(`no working day within a year of ${this.dateOf(start)}`)
  }
}

function minutesOf(text: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  if (hours === undefined || minutes === undefined) throw new RangeError(`not a time of day: ${text}`)
  return Number(hours) * 60 + Number(minutes)
}

function offsetOf(text: string): number {
  const [, sign, time = ''] = /^([+-])(.+)$/.exec(text) ?? []
  if (sign === undefined) throw new RangeError(`not an offset from UTC: ${text}`)
  return minutesOf(time) * MINUTE * (sign === '-' ? -1 : 1)
}
