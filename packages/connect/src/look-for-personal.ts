import { holdNumbersOfPersons, type KnownTerm, likelyTerm } from './likely-term.ts'
import { isPersonal, type Mapping } from './mapping/mapping.ts'
import type { Row } from './source.ts'

export interface FoundPersonal {
  /** Names of fields that hold numbers of persons and are not mapped as such. */
  readonly unmarked: readonly string[]
  /** Fields without a term whose column is called as one about persons. */
  readonly likely: readonly { readonly name: string; readonly term: string }[]
}

/** What may be about persons in rows of a source, and is not mapped so. */
export function lookForPersonal(
  { fields }: Mapping,
  rows: readonly Row[],
  terms: readonly KnownTerm[],
): FoundPersonal {
  const cellsOf = (name: string) => rows.map((row) => row[name]).filter((cell) => cell !== undefined)
  const open = fields.filter((field) => !isPersonal(field) && !field.term?.startsWith('juristic:'))
  const unmarked = open.map(({ name }) => name).filter((name) => holdNumbersOfPersons(cellsOf(name)))
  return {
    unmarked,
    likely: open
      .filter(({ name, term }) => term === undefined && !unmarked.includes(name))
      .flatMap(({ name, column }) => {
        const term = likelyTerm(column, [], terms)
        return term?.startsWith('person:') ? [{ name, term }] : []
      }),
  }
}
