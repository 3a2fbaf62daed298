import { uuidv7 } from '@sapan/kernel'
import { type HeldDuty, type OfficerRecord, standing } from './appointment.ts'
import type { Changes } from './changes.ts'
import type { OfficersCountry } from './country.ts'
import { startOfDay } from './days.ts'
import type { DutyEntry, OfficerEntry } from './entry.ts'

/** What has to change for an officer to be as an entry says, and how they are then. */
export interface Plan {
  readonly before: OfficerRecord | undefined
  readonly after: OfficerRecord
  readonly changes: Changes
}

/** Compares an entry with what stands. The same entry twice plans nothing the second time. */
export function planEntry(
  entry: OfficerEntry,
  before: OfficerRecord | undefined,
  where: { readonly agency: string; readonly country: OfficersCountry; readonly at: number },
): Plan {
  const { at } = where
  const record = before ? alteredRecord(entry, before) : newRecord(entry, where)
  const fields = before ? alteredFields(before, record) : []
  const { ended, given } = planDuties(entry.duties, record, at)
  const over = new Set(ended.map(({ id }) => id))
  const held = [...record.held.map((each) => (over.has(each.id) ? { ...each, endedAt: at } : each)), ...given]
  return {
    before,
    after: { ...record, held },
    changes: {
      invited: before ? [] : [record],
      altered: fields.length === 0 ? [] : [{ record, fields }],
      dutiesEnded: ended.map((each) => ({ appointment: record.id, held: each })),
      dutiesGiven: given.map((each) => ({ appointment: record.id, held: each })),
    },
  }
}

function newRecord(
  entry: OfficerEntry,
  { agency, country, at }: Parameters<typeof planEntry>[2],
): OfficerRecord {
  const { nationalId, givenName, familyName, title, unit, from, till } = entry
  return {
    id: uuidv7(at),
    agency,
    state: 'invited',
    nationalId,
    givenName,
    familyName,
    title,
    unit: unit ?? { th: '', en: '' },
    from: from ?? startOfDay(at, country),
    ...(typeof till === 'number' ? { till } : {}),
    held: [],
  }
}

function alteredRecord(entry: OfficerEntry, before: OfficerRecord): OfficerRecord {
  const { till: _, ...rest } = before
  const till = entry.till === undefined ? before.till : (entry.till ?? undefined)
  return {
    ...rest,
    givenName: entry.givenName,
    familyName: entry.familyName,
    title: entry.title,
    unit: entry.unit ?? before.unit,
    from: entry.from ?? before.from,
    ...(till === undefined ? {} : { till }),
  }
}

/** Names of what differs, for the history. */
function alteredFields(before: OfficerRecord, after: OfficerRecord): string[] {
  const isSame = {
    name: before.givenName === after.givenName && before.familyName === after.familyName,
    title: before.title.th === after.title.th && before.title.en === after.title.en,
    unit: before.unit.th === after.unit.th && before.unit.en === after.unit.en,
    from: before.from === after.from,
    till: before.till === after.till,
  }
  return Object.entries(isSame).flatMap(([name, same]) => (same ? [] : [name]))
}

const keyOf = ({ duty, role = '' }: { duty: string; role?: string }): string => `${duty} ${role}`

/** Duties that end and that begin, so that those stand which are wanted. What ran out by itself makes room too. */
function planDuties(
  wanted: readonly DutyEntry[] | undefined,
  record: OfficerRecord,
  at: number,
): { ended: HeldDuty[]; given: HeldDuty[] } {
  if (!wanted) return { ended: [], given: [] }
  const now = new Map(standing(record.held, at).map((each) => [keyOf(each), each]))
  const kept = new Set<string>()
  const given: HeldDuty[] = []
  for (const each of wanted) {
    const is = now.get(keyOf(each))
    if (is && isAsWanted(is, each)) kept.add(is.id)
    else given.push(newDuty(each, record, at))
  }
  const open = record.held.filter(({ endedAt }) => endedAt === undefined)
  const isOver = ({ till }: HeldDuty) => till !== undefined && till <= at
  const ended = open.filter((each) =>
    isOver(each) ? given.some((one) => keyOf(one) === keyOf(each)) : !kept.has(each.id),
  )
  return { ended, given }
}

function isAsWanted(is: HeldDuty, { from, till, behalf }: DutyEntry): boolean {
  return (from === undefined || from === is.from) && till === is.till && behalf === is.behalf
}

function newDuty({ duty, role, behalf, from, till }: DutyEntry, record: OfficerRecord, at: number): HeldDuty {
  return {
    id: uuidv7(at),
    duty,
    from: from ?? record.from,
    ...(role === undefined ? {} : { role }),
    ...(behalf === undefined ? {} : { behalf }),
    ...(till === undefined ? {} : { till }),
  }
}
