import { Random } from '../random.ts'
import { type Day, day, yearsBetween } from './days.ts'
import { REGISTER_DAY, SEED } from './settings.ts'

/** Who is younger has no card yet. */
const CARD_FROM_AGE = 7

/**
 * The code on the back of a synthetic person's card (เลขหลังบัตร): `SX1-2345678-90`. It follows from the number by a
 * stream of its own, so that nothing else in the country changes; `SX` marks it as the sandbox's.
 */
export function syntheticCardCode(nationalId: string): string {
  const random = new Random(SEED, `card code ${nationalId}`)
  const digits = (count: number): string => String(random.below(10 ** count)).padStart(count, '0')
  return `SX${digits(1)}-${digits(7)}-${digits(2)}`
}

export type CardStatus = 'valid' | 'expired' | 'cancelled'

/** The state of someone's card: cancelled by death, and a few have let it expire. Undefined for who has none. */
export function cardStatus(nationalId: string, born: Day, isDead: boolean): CardStatus | undefined {
  if (yearsBetween(born, REGISTER_DAY) < CARD_FROM_AGE) return undefined
  if (isDead) return 'cancelled'
  return new Random(SEED, `card status ${nationalId}`).chance(0.02) ? 'expired' : 'valid'
}

/** Until then some births were told without a day, or without day and month. */
const DAYS_KNOWN_SINCE = day(1957, 1, 1)

/**
 * A birth date as card and register have it: `1941-07-12`, or `1941-07` or `1941` where the rest is not known. Whose day
 * is not known counts as born on the first (Civil and Commercial Code s. 16): so do old births on a first here.
 */
export function knownBirthDate(birthDate: string): string {
  if (Date.parse(birthDate) / 86_400_000 >= DAYS_KNOWN_SINCE || !birthDate.endsWith('-01')) return birthDate
  return birthDate.endsWith('-01-01') ? birthDate.slice(0, 4) : birthDate.slice(0, 7)
}
