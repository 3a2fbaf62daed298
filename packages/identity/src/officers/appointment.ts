import type { Text } from '@sapan/kernel'
import type { RoleTerm } from './country.ts'

/** Where the state of an appointment can be asked for: a place in a status list. */
export interface StatusRef {
  readonly uri: string
  readonly index: number
}

/** A duty that was given under an appointment. Times are milliseconds since 1970; `till` is the first moment without it. */
export interface HeldDuty {
  readonly id: string
  readonly duty: string
  /** Code of the role in which they have it; absent where it is their own. */
  readonly role?: string
  /** In whose place. */
  readonly behalf?: string
  readonly from: number
  readonly till?: number
  /** When it was ended, or replaced by another. */
  readonly endedAt?: number
}

/** A duty in another's place, as it holds at a time. */
export interface HeldRole {
  /** The duty's code. */
  readonly code: string
  readonly as: 'acting' | 'substitute'
  /** The role's code: which of the ways of standing in. */
  readonly role: string
  readonly behalf: string
  readonly from: number
  readonly till?: number
}

/** An appointment as it holds at a time. */
export interface Appointment {
  readonly id: string
  /** The member's id: `TH/GOV/DOPA`. */
  readonly agency: string
  readonly account: string
  readonly title: Text
  readonly unit: Text
  /** Codes of duties that are held at that time, in whatever role. */
  readonly duties: readonly string[]
  /** Those of them that are held in another's place. */
  readonly roles: readonly HeldRole[]
  readonly from: number
  readonly till?: number
  readonly status?: StatusRef
}

/** An officer as an agency's administrator sees them, whether they have come yet or not. */
export interface OfficerRecord {
  readonly id: string
  readonly agency: string
  readonly account?: string
  readonly state: 'invited' | 'live' | 'ended'
  /** As the agency wrote it. */
  readonly givenName: string
  readonly familyName: string
  readonly nationalId: string
  readonly title: Text
  readonly unit: Text
  readonly from: number
  readonly till?: number
  readonly acceptedAt?: number
  readonly endedAt?: number
  /** All that were given, past, future and ended ones among them. */
  readonly held: readonly HeldDuty[]
  readonly checked?: RegisterCheck
  readonly status?: StatusRef
}

/** What the register of officers said of an officer. */
export interface RegisterCheck {
  readonly at: number
  /** The exchange's number. */
  readonly exchange: string
  readonly outcome: 'confirmed' | 'other-agency' | 'not-an-officer'
}

/** Whether something that holds from then to then, and may have been ended, holds at that time. */
export function holdsAt(
  { from, till, endedAt }: { from: number; till?: number; endedAt?: number },
  at: number,
): boolean {
  return from <= at && (till === undefined || at < till) && (endedAt === undefined || at < endedAt)
}

/** The appointment of a record at that time; undefined where it does not hold, or where nobody had come for it yet. */
export function appointmentAt(
  record: OfficerRecord,
  roles: readonly RoleTerm[],
  at: number,
): Appointment | undefined {
  const { account, acceptedAt } = record
  if (account === undefined || acceptedAt === undefined || at < acceptedAt) return undefined
  if (!holdsAt(record, at)) return undefined
  const held = record.held.filter((each) => holdsAt(each, at))
  const { id, agency, title, unit, from, till, status } = record
  return {
    id,
    agency,
    account,
    title,
    unit,
    from,
    ...(till === undefined ? {} : { till }),
    ...(status === undefined ? {} : { status }),
    duties: [...new Set(held.map(({ duty }) => duty))],
    roles: held.flatMap((each) => heldRole(each, roles)),
  }
}

function heldRole({ duty, role, behalf = '', from, till }: HeldDuty, roles: readonly RoleTerm[]): HeldRole[] {
  const term = roles.find(({ code }) => code === role)
  if (!term) return []
  return [{ code: duty, as: term.as, role: term.code, behalf, from, ...(till === undefined ? {} : { till }) }]
}

/** Duties that stand: not ended, and not run out at that time; those of the future among them. */
export function standing(held: readonly HeldDuty[], at: number): HeldDuty[] {
  return held.filter(({ till, endedAt }) => endedAt === undefined && (till === undefined || at < till))
}

/** Whether a duty is held in their own name at that time, not only in another's place. */
export function hasOwn(held: readonly HeldDuty[], duty: string, at: number): boolean {
  return held.some((each) => each.duty === duty && each.role === undefined && holdsAt(each, at))
}
