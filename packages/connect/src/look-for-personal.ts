import { isNationalId } from '@sapan/kernel'
import { isPersonal, type Mapping } from './mapping/mapping.ts'
import type { Row } from './source.ts'

/** Names of fields that hold numbers of persons, by their content, and are not mapped as such: most of what is there has a valid check digit. */
export function lookForPersonal(mapping: Mapping, rows: readonly Row[]): readonly string[] {
  return mapping.fields
    .filter((field) => !isPersonal(field) && !field.term?.startsWith('juristic:'))
    .map(({ name }) => name)
    .filter((name) => {
      const values = rows.map((row) => row[name]).filter((value) => value !== undefined)
      const persons = values.filter((value) => isNationalId(String(value).replaceAll(/[- ]/g, '')))
      return persons.length > 0 && persons.length * 2 > values.length
    })
}
