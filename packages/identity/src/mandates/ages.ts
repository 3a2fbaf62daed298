/** How a country counts ages. */
export interface AgeRule {
  readonly timeZone: string
  /** `03-01`: month and day of a birthday on 29 February, in years that have none. */
  readonly leapDayBirthday: string
}

/** The day on which someone who was born on that day (`YYYY-MM-DD`) reaches an age. Throws RangeError for no such day. */
export function birthday(birthDate: string, years: number, rule: Pick<AgeRule, 'leapDayBirthday'>): string {
  const born = Temporal.PlainDate.from(birthDate, { overflow: 'reject' })
  const year = born.year + years
  const isLeapDay = born.month === 2 && born.day === 29
  const hasLeapDay = Temporal.PlainDate.from({ year, month: 2, day: 1 }).inLeapYear
  if (isLeapDay && !hasLeapDay) return `${String(year).padStart(4, '0')}-${rule.leapDayBirthday}`
  return born.with({ year }).toString()
}

/** The moment at which that day begins where the country is; milliseconds since 1970. */
export function reachesAge(birthDate: string, years: number, rule: AgeRule): number {
  return startOfDay(birthday(birthDate, years, rule), rule.timeZone)
}

/** Milliseconds since 1970 at which a day (`YYYY-MM-DD`) begins in a time zone. */
export function startOfDay(day: string, timeZone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).epochMilliseconds
}

/** The day (`YYYY-MM-DD`) that a moment is on in a time zone. */
export function dayOf(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}
