/** Days since 1970-01-01: dates without a time or a zone. */
export type Day = number

const MILLISECONDS = 86_400_000

export function day(year: number, month: number, date: number): Day {
  return Date.UTC(year, month - 1, date) / MILLISECONDS
}

/** `2026-10-01`. */
export function isoDate(value: Day): string {
  return new Date(value * MILLISECONDS).toISOString().slice(0, 10)
}

export function yearOf(value: Day): number {
  return new Date(value * MILLISECONDS).getUTCFullYear()
}

/** Whole years from one day to a later one. */
export function yearsBetween(from: Day, to: Day): number {
  const a = new Date(from * MILLISECONDS)
  const b = new Date(to * MILLISECONDS)
  const before = b.getUTCMonth() * 31 + b.getUTCDate() < a.getUTCMonth() * 31 + a.getUTCDate()
  return b.getUTCFullYear() - a.getUTCFullYear() - (before ? 1 : 0)
}

/** For a `date` column in a binary COPY, which counts from 2000-01-01. */
export function postgresDate(value: Day): number {
  return value - 10_957
}
