import { isNationalId, type Text } from '@sapan/kernel'
import type { ColumnName, OfficersCountry } from './country.ts'
import { dayEnd, dayStart } from './days.ts'
import { entryFault } from './entry-faults.ts'

/** An officer as a form or a file has them: texts, of which nothing was checked. A column that is absent says nothing. */
export interface RawOfficer {
  readonly fields: ReadonlyMap<ColumnName, string>
  /** Undefined: duties stay as they are. */
  readonly duties?: readonly RawDuty[]
}

export interface RawDuty {
  /** Code, or name in any language. */
  readonly duty: string
  readonly role: string
  readonly behalf: string
  readonly from: string
  readonly till: string
}

/** An officer as they are to be. Undefined: as it is, or as is usual; null: none. */
export interface OfficerEntry {
  readonly nationalId: string
  readonly givenName: string
  readonly familyName: string
  readonly title: Text
  readonly unit: Text | undefined
  readonly from: number | undefined
  readonly till: number | null | undefined
  readonly duties: readonly DutyEntry[] | undefined
}

export interface DutyEntry {
  readonly duty: string
  readonly role?: string
  readonly behalf?: string
  /** Undefined: as it is, or since the appointment. */
  readonly from?: number
  /** Undefined: as long as the appointment. */
  readonly till?: number
}

/** What is wrong with one field. */
export interface EntryFault {
  readonly field: ColumnName | 'row'
  readonly text: Text
}

export type ReadEntry =
  | { readonly entry: OfficerEntry; readonly faults?: never }
  | { readonly entry?: never; readonly faults: readonly EntryFault[] }

/** Reads an officer, or says of each field what is wrong with it. */
export function readEntry(raw: RawOfficer, country: OfficersCountry): ReadEntry {
  const faults: EntryFault[] = []
  const fault = (field: EntryFault['field'], code: Parameters<typeof entryFault>[0], value = ''): void => {
    faults.push({ field, text: entryFault(code, value) })
  }
  const field = (name: ColumnName): string => (raw.fields.get(name) ?? '').normalize('NFC').trim()
  const nationalId = field('national_id').replaceAll(/[\s-]/g, '')
  if (!isNationalId(nationalId) || nationalId.startsWith('0')) fault('national_id', 'number')
  const words = (name: ColumnName, rule: RegExp, isNeeded: boolean): string => {
    const text = field(name).replaceAll(/\s+/g, ' ')
    if (isNeeded && text === '') fault(name, 'missing')
    else if (text !== '' && !rule.test(text)) fault(name, 'letters')
    return text
  }
  const entry = {
    nationalId,
    givenName: words('given_name', nameRule, true),
    familyName: words('family_name', nameRule, false),
    title: bothLanguages(words('title_th', wordsRule, true), words('title_en', wordsRule, false)),
    unit: raw.fields.has('unit_th')
      ? bothLanguages(words('unit_th', wordsRule, false), words('unit_en', wordsRule, false))
      : undefined,
    from: readDay(field('from'), 'from', dayStart, country, fault),
    till: raw.fields.has('till')
      ? (readDay(field('till'), 'till', dayEnd, country, fault) ?? null)
      : undefined,
    duties: raw.duties?.map((each) => readDuty(each, country, fault)),
  }
  const { from, till } = entry
  if (from !== undefined && typeof till === 'number' && till <= from) fault('till', 'order')
  refuseDoubles(entry.duties ?? [], fault)
  return faults.length > 0 ? { faults } : { entry }
}

type Fault = (field: EntryFault['field'], code: Parameters<typeof entryFault>[0], value?: string) => void

/** Letters with their marks, as people's names have them: nothing that is not seen, and nothing that turns the writing round. */
const nameRule = /^(?=.{1,100}$)\p{L}[\p{L}\p{M}.'’ -]*$/u
/** Names of offices have digits and brackets too; what a spreadsheet would reckon with does not stand first. */
const wordsRule = /^(?=.{1,200}$)[\p{L}\p{Nd}(][\p{L}\p{M}\p{Nd}.,'’"“”()/& ฯๆ-]*$/u

function bothLanguages(th: string, en: string): Text {
  return { th, en: en === '' ? th : en }
}

function readDay(
  text: string,
  field: ColumnName,
  read: typeof dayStart,
  country: OfficersCountry,
  fault: Fault,
): number | undefined {
  if (text === '') return undefined
  const at = read(text, country)
  if (at === undefined) fault(field, 'day', text)
  return at
}

/** A term by its code, or by its name in either language. */
function termOf<T extends { code: string; name: Text }>(terms: readonly T[], word: string): T | undefined {
  const wanted = word.normalize('NFC').trim().toLowerCase()
  return terms.find(({ code, name }) =>
    [code, name.th, name.en].some((each) => each.toLowerCase() === wanted),
  )
}

function readDuty(raw: RawDuty, country: OfficersCountry, fault: Fault): DutyEntry {
  const term = termOf(country.duties, raw.duty)
  if (!term) fault('duties', 'duty', raw.duty)
  const role = raw.role.trim() === '' ? undefined : termOf(country.roles, raw.role)
  if (raw.role.trim() !== '' && !role) fault('role', 'role', raw.role)
  const behalf = raw.behalf.normalize('NFC').trim()
  if (role?.onBehalf && behalf === '') fault('on_behalf_of', 'behalf')
  if (behalf !== '' && !wordsRule.test(behalf)) fault('on_behalf_of', 'letters')
  const from = readDay(raw.from.trim(), 'duty_from', dayStart, country, fault)
  const till = readDay(raw.till.trim(), 'duty_till', dayEnd, country, fault)
  if (from !== undefined && till !== undefined && till <= from) fault('duty_till', 'order')
  return {
    duty: term?.code ?? '',
    ...(role ? { role: role.code } : {}),
    ...(role && behalf !== '' ? { behalf } : {}),
    ...(from === undefined ? {} : { from }),
    ...(till === undefined ? {} : { till }),
  }
}

function refuseDoubles(duties: readonly DutyEntry[], fault: Fault): void {
  const seen = new Set<string>()
  for (const { duty, role = '' } of duties) {
    const key = `${duty} ${role}`
    if (duty !== '' && seen.has(key)) fault('duties', 'duty-twice', duty)
    seen.add(key)
  }
}
