import { exchangeProblem } from '../../problems.ts'
import type { StoredRecord } from '../stored.ts'

/** Why what was said is not in a file: it names others than the person whose it is, or nobody opened it. */
export type LeftOut = 'others' | 'sealed'

/**
 * What the person may not see: nothing where the exchange was about nobody else, else what was said, since
 * addresses and bodies would name the others. Throws Problem `exchange-unknown` where it was not about them, or is withheld
 * at that time (milliseconds since 1970).
 */
export function leftOutFor(
  records: readonly StoredRecord[],
  subjects: readonly Buffer[],
  now: number,
): LeftOut | undefined {
  const concerned = records.flatMap(subjectsOf)
  const own = concerned.filter((hash) => subjects.some((subject) => subject.equals(hash)))
  const isWithheld = records.some(({ withheldUntil }) => withheldUntil !== null && withheldUntil > now)
  if (own.length === 0 || isWithheld) throw exchangeProblem('exchange-unknown')
  return own.length === concerned.length ? undefined : 'others'
}

function subjectsOf({ subjects }: StoredRecord): Buffer[] {
  return Array.from({ length: subjects.length / 32 }, (_, n) => subjects.subarray(n * 32, n * 32 + 32))
}
