import { type KnownTerm, likelyTerm, NUMBER_OF_A_PERSON } from './likely-term.ts'
import type { MappedField } from './mapping/mapping.ts'

/** A column as a field to start from: its name, type and term by what is in it and how it is called. `taken` are names in use. */
export function proposedField(
  field: MappedField,
  cells: readonly (string | number)[],
  terms: readonly KnownTerm[],
  taken: Set<string>,
): MappedField {
  const filled = cells.filter((cell) => cell !== '')
  const id = likelyTerm(field.column, filled, terms)
  const term = terms.find((one) => one.id === id)
  const type = id === undefined ? typeOf(filled) : 'text'
  return {
    name: nameOf(field, id, taken),
    column: field.column,
    text: term?.name ?? field.text,
    ...(type === 'text' ? {} : { type }),
    ...(id === undefined ? {} : { term: id }),
    ...(id === NUMBER_OF_A_PERSON ? { subject: true, search: true } : {}),
    ...(id === undefined && new Set(filled).size === cells.length && cells.length > 0
      ? { search: true }
      : {}),
  }
}

/** Numbers are what one would count with: codes begin with 0, or are long. */
function typeOf(cells: readonly (string | number)[]): 'text' | 'integer' | 'number' {
  const all = (form: RegExp) => cells.length > 0 && cells.every((cell) => form.test(String(cell)))
  if (all(/^(0|-?[1-9][0-9]{0,8})$/)) return 'integer'
  return all(/^-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,9})?$/) ? 'number' : 'text'
}

function nameOf({ name, column }: MappedField, term: string | undefined, taken: Set<string>): string {
  const words = column.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const called = words
    .map((word) => (/[a-z]/.test(word) ? word : word.toLowerCase()))
    .map(
      (word, at) => (at === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1),
    )
    .join('')
  const isPlain = /^[\x20-\x7e]+$/.test(column) && /^[a-z][A-Za-z0-9]{0,40}$/.test(called)
  const wanted = isPlain ? called : (term?.replace(/^.*:/, '') ?? name)
  const given = taken.has(wanted.toLowerCase()) ? name : wanted
  taken.add(given.toLowerCase())
  return given
}
