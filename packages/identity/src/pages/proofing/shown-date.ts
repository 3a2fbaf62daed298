import type { Language } from '@sapan/kernel'
import { plainDay } from '@sapan/ui'

/** A date of birth as far as it is known: `12 ก.ค. 2484`, `ก.ค. 2484`, `2484`. */
export function shownBirthDate(date: string, language: Language): string {
  if (date.length === 10) return plainDay(date, language)
  const whole = plainDay(`${date}-01-01`.slice(0, 10), language).split(' ')
  return whole.slice(date.length === 7 ? 1 : 2).join(' ')
}
