import type { CalendarDate, Text } from '@sapan/kernel'
import { Type } from 'typebox'
import { invalidData, readYaml, textSchema } from '../schema.ts'
import { isDate } from './date.ts'

/** A day that the cabinet made a holiday or a working day. */
export interface CabinetDay {
  readonly date: CalendarDate
  readonly closed: boolean
  readonly name: Text
  readonly source: string
  readonly checked: boolean
}

const schema = Type.Array(
  Type.Object(
    {
      date: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
      closed: Type.Boolean(),
      name: textSchema,
      source: Type.String({ minLength: 1 }),
      checked: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
)

/** The days of a file, in its order. Throws `country-data-invalid`. */
export function readCabinetDays(file: string, text: string): readonly CabinetDay[] {
  const days = readYaml(schema, file, text)
  for (const [index, { date }] of days.entries()) {
    if (!isDate(date)) throw invalidData(file, `/${index}/date`, `there is no ${date}`)
  }
  return days
}
