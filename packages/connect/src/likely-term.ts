import { isNationalId, type Text } from '@sapan/kernel'

/** A term of the country's vocabulary, as columns may be called after it. */
export interface KnownTerm {
  /** `person:givenName`. */
  readonly id: string
  readonly name: Text
  readonly also: readonly string[]
}

export const NUMBER_OF_A_PERSON = 'person:nationalId'

/** The term that a column's cells have by what is in them, else by what the column is called; undefined where neither says. */
export function likelyTerm(
  column: string,
  cells: readonly (string | number)[],
  terms: readonly KnownTerm[],
): string | undefined {
  if (holdNumbersOfPersons(cells)) return NUMBER_OF_A_PERSON
  const called = plain(column)
  return terms.find(({ id, name, also }) =>
    [...(/[A-Z]/.test(id) ? [id.replace(/^.*:/, '')] : []), name.th, name.en, ...also].some(
      (one) => plain(one) === called,
    ),
  )?.id
}

/** Whether most cells are thirteen digits with a valid check digit. Those of juristic persons begin with 0. */
export function holdNumbersOfPersons(cells: readonly (string | number)[]): boolean {
  const numbers = cells.filter((cell) => {
    const digits = String(cell).replaceAll(/[- ]/g, '')
    return isNationalId(digits) && !digits.startsWith('0')
  })
  return numbers.length > 0 && numbers.length * 2 > cells.length
}

function plain(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s_.-]/g, '')
}
