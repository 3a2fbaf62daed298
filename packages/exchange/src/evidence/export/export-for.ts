import { exchangeProblem } from '../../problems.ts'
import type { StoredRecord } from '../stored.ts'

/** How much of an exchange one of its people may have in the proof of it. */
export type Disclosure = 'all' | 'without-content'

/**
 * What the person may see: all of it where the exchange was about nobody else, else only that and how it took place, since
 * addresses and bodies would name the others. Throws Problem `exchange-unknown` where it was not about them, or is withheld
 * at that time (milliseconds since 1970).
 */
export function disclosureFor(
  records: readonly StoredRecord[],
  subjects: readonly Buffer[],
  now: number,
): Disclosure {
  const concerned = records.flatMap(subjectsOf)
  const own = concerned.filter((hash) => subjects.some((subject) => subject.equals(hash)))
  const isWithheld = records.some(({ withheldUntil }) => withheldUntil !== null && withheldUntil > now)
  if (own.length === 0 || isWithheld) throw exchangeProblem('exchange-unknown')
  return own.length === concerned.length ? 'all' : 'without-content'
}

function subjectsOf({ subjects }: StoredRecord): Buffer[] {
  return Array.from({ length: subjects.length / 32 }, (_, n) => subjects.subarray(n * 32, n * 32 + 32))
}
