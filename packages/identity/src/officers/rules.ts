import { Problem, type Text } from '@sapan/kernel'
import { officerProblems } from '../problems/officers.ts'
import { holdsAt, type OfficerRecord } from './appointment.ts'
import type { DutyTerm, OfficersCountry } from './country.ts'

/** Who acts, as far as rules ask. Whoever runs the house has no record: they gave the first duties. */
export interface Acting {
  readonly agency: string
  readonly record?: OfficerRecord | undefined
}

/** Why a duty is not theirs to give or to end; undefined where it is. */
export type DutyRefusal = 'missing' | 'beyond' | 'own'

/** Whether whoever acts may give that duty to that person at that time, or end or prolong it. */
export function refusalOfDuty(
  country: OfficersCountry,
  { record: giver }: Acting,
  duty: string,
  number: string,
  at: number,
): DutyRefusal | undefined {
  if (!giver) return undefined
  const term = country.duties.find(({ code }) => code === duty)
  // What the country no longer has can only be ended, by an administrator.
  const { givenBy, toSelf, byActing }: Pick<DutyTerm, 'givenBy' | 'toSelf' | 'byActing'> = term ?? {
    givenBy: [country.administrator],
    toSelf: false,
    byActing: false,
  }
  const held = giver.held.filter((each) => givenBy.includes(each.duty) && holdsAt(each, at))
  if (held.length === 0) return 'missing'
  if (!byActing && held.every(({ role }) => role !== undefined)) return 'beyond'
  return !toSelf && giver.nationalId === number ? 'own' : undefined
}

/** The refusal as a problem. */
export function refusedDuty(refusal: DutyRefusal, name: Text): Problem {
  const type = {
    missing: officerProblems['officer-duty-missing'],
    beyond: officerProblems['officer-duty-beyond'],
    own: officerProblems['officer-duty-own'],
  }[refusal]
  return new Problem(type, { detail: { th: `หน้าที่: ${name.th}`, en: `Duty: ${name.en}` } })
}

/** Whether the duty is held at that time under an appointment that holds. */
export function holdsDuty(record: OfficerRecord, duty: string, at: number): boolean {
  const { acceptedAt } = record
  const isLive = acceptedAt !== undefined && acceptedAt <= at && holdsAt(record, at)
  return isLive && record.held.some((each) => each.duty === duty && holdsAt(each, at))
}

/** Until when somebody administers in their own name; undefined where they do not now, infinite where no end is set. */
function administersTill(record: OfficerRecord, duty: string, at: number): number | undefined {
  const { acceptedAt } = record
  if (acceptedAt === undefined || acceptedAt > at || !holdsAt(record, at)) return undefined
  const own = record.held.filter((each) => each.duty === duty && !each.role && holdsAt(each, at))
  if (own.length === 0) return undefined
  const till = Math.max(...own.map((each) => each.till ?? Number.POSITIVE_INFINITY))
  return Math.min(till, record.till ?? Number.POSITIVE_INFINITY)
}

/**
 * Whether an agency keeps an administrator of its own when its records become as `after`. Who administered shorter than
 * before must leave somebody behind who administers when they have gone.
 */
export function keepsAdministrator(
  duty: string,
  before: readonly OfficerRecord[],
  after: readonly OfficerRecord[],
  at: number,
): boolean {
  const remaining = after.map((record) => administersTill(record, duty, at) ?? 0)
  const longest = Math.max(0, ...remaining)
  return before.every((record) => {
    const was = administersTill(record, duty, at)
    const changed = after.find(({ id }) => id === record.id)
    const is = (changed && administersTill(changed, duty, at)) ?? 0
    if (was === undefined || is >= was) return true
    const leaves = Math.max(is, at)
    return longest > leaves
  })
}
