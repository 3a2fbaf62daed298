import type { CalendarDate, OfficeCalendar, Text } from '@sapan/kernel'
import { type Static, Type } from 'typebox'
import { dataFile, invalidData, readYaml, textSchema } from '../schema.ts'
import { type CabinetDay, readCabinetDays } from './cabinet.ts'
import { isDate } from './date.ts'

const name = '^[a-z]+(-[a-z]+)*$'
const monthDay = '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
const time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })
const days = Type.Record(Type.String({ pattern: monthDay }), Type.String({ pattern: name }))
const year = Type.Object(
  {
    year: Type.Integer({ minimum: 2000, maximum: 2999 }),
    checked: Type.Boolean(),
    days,
    substitutions: days,
  },
  { additionalProperties: false },
)
const schema = Type.Object(
  {
    offset: Type.String({ pattern: '^[+-](0[0-9]|1[0-4]):[0-5][0-9]$' }),
    opens: time,
    closes: time,
    weekend: Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), { minItems: 0, maxItems: 6 }),
    names: Type.Record(Type.String({ pattern: name }), textSchema),
    yearly: days,
    years: Type.Array(year, { minItems: 1 }),
  },
  { additionalProperties: false },
)

const FILE = 'holidays.yaml'

/** A holiday of state offices. */
export interface Holiday {
  readonly date: CalendarDate
  readonly name: Text
  readonly kind: 'yearly' | 'substitution' | 'special'
  /** Whether it was held against the government's own list. */
  readonly checked: boolean
}

/** The country's calendar of working days, with the holidays one by one. */
export interface HolidayCalendar extends OfficeCalendar {
  /** By date. */
  readonly list: readonly Holiday[]
}

/**
 * The calendar. `overlay` is an operator's own file of cabinet days, in the form of `holidays-cabinet.yaml`. Throws
 * `country-data-invalid`, also for a day that is no day, a name that is not there, and a gap between years.
 */
export function readCalendar(
  overlay?: { readonly file: string; readonly text: string },
  text: string = dataFile(FILE),
): HolidayCalendar {
  const data = readYaml(schema, FILE, text)
  const cabinet = [
    ...readCabinetDays('holidays-cabinet.yaml', dataFile('holidays-cabinet.yaml')),
    ...(overlay === undefined ? [] : readCabinetDays(overlay.file, overlay.text)),
  ]
  const listed = new Map<CalendarDate, Holiday>()
  for (const holiday of data.years.flatMap((one, index) => ofYear(data, one, index))) {
    listed.set(holiday.date, holiday)
  }
  const workdays = laidOver(listed, cabinet)
  const list = [...listed.values()].sort((a, b) => (a.date < b.date ? -1 : 1))
  const { offset, opens, closes, weekend } = data
  const holidays = new Map(list.map((one) => [one.date, one.name]))
  const last = Math.max(...data.years.map((one) => one.year))
  return { offset, opens, closes, weekend, holidays, workdays, knownUntil: `${last}-12-31`, list }
}

type Data = Static<typeof schema>

function ofYear(data: Data, { year, checked, days, substitutions }: Data['years'][number], index: number) {
  const before = data.years[index - 1]?.year
  if (before !== undefined && year !== before + 1) {
    throw invalidData(FILE, `/years/${index}/year`, 'years follow each other without a gap')
  }
  const of = (entries: Readonly<Record<string, string>>, kind: Holiday['kind'], place: string) =>
    Object.entries(entries).map(([day, code]): Holiday => {
      const [date, text] = [`${year}-${day}`, data.names[code]]
      if (!isDate(date)) throw invalidData(FILE, `${place}/${day}`, `there is no ${date}`)
      if (text === undefined) throw invalidData(FILE, `${place}/${day}`, `there is no name ${code}`)
      return { date, name: kind === 'substitution' ? substituted(text) : text, kind, checked }
    })
  return [
    ...of(data.yearly, 'yearly', '/yearly'),
    ...of(days, 'yearly', `/years/${index}/days`),
    ...of(substitutions, 'substitution', `/years/${index}/substitutions`),
  ]
}

function substituted({ th, en }: Text): Text {
  return { th: `วันหยุดชดเชย${th}`, en: `Substitution for ${en}` }
}

/** Puts the cabinet's days into the list, the later ones over the earlier; gives the days on which offices work. */
function laidOver(
  listed: Map<CalendarDate, Holiday>,
  cabinet: readonly CabinetDay[],
): ReadonlySet<CalendarDate> {
  const workdays = new Set<CalendarDate>()
  for (const { date, closed, name, checked } of cabinet) {
    if (closed) {
      workdays.delete(date)
      listed.set(date, { date, name, kind: 'special', checked })
    } else {
      workdays.add(date)
      listed.delete(date)
    }
  }
  return workdays
}
