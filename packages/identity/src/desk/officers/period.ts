import type { Language } from '@sapan/kernel'
import { plainDay } from '@sapan/ui'
import type { OfficersCountry } from '../../officers/country.ts'
import { dayOf, lastDayOf } from '../../officers/days.ts'

/** `21 พ.ย. 2569 – 30 ก.ย. 2570`; without a last day, only since when. */
export function periodText(
  { from, till }: { readonly from: number; readonly till?: number },
  country: Pick<OfficersCountry, 'utcOffsetMinutes' | 'buddhistYears'>,
  language: Language,
): string {
  const first = plainDay(dayOf(from, country), language)
  return `${first} – ${till === undefined ? '' : plainDay(lastDayOf(till, country), language)}`.trim()
}
