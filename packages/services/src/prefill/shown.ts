import type { JsonValue } from '@sapan/casework'
import type { Text } from '@sapan/kernel'
import type { Evidence, FactKind, ServiceDefinition } from '../definition/definition.ts'
import type { Field, FieldType, FormPage } from '../definition/form.ts'
import { fieldOf, leavesOf, valueAt } from './paths.ts'

/** A field of what a register says, as people are shown it. */
export interface ShownField {
  /** `children.name` */
  readonly field: string
  readonly label: Text
  readonly as: FactKind | FieldType
  /** What its codes mean, where the definition or the field that it fills in says so. */
  readonly options: Field['options']
}

/** One value of it. */
export interface ShownValue extends ShownField {
  /** `children.1.name` */
  readonly path: string
  readonly value: JsonValue
  /** Of lists: which entry it belongs to, from 1; absent where there is one alone. */
  readonly entry?: number
}

/**
 * All that is taken of a register, with its labels: those that the definition shows, and for the others those of the form's
 * fields which they fill in. Nothing is taken that the person does not see. Pure.
 */
export function shownFields(
  { form }: Pick<ServiceDefinition, 'form'>,
  { id, fields, shows }: Pick<Evidence, 'id' | 'fields' | 'shows'>,
): readonly ShownField[] {
  const shown = shows.map(({ field, label, as, words }): ShownField => {
    const told = Object.entries(words ?? {}).map(([value, text]) => ({ value, text }))
    const options = told.length > 0 ? told : (filledBy(form.pages, id, field)?.options ?? [])
    return { field, label, as: as ?? (options.length > 0 ? 'choice' : 'text'), options }
  })
  const isCovered = (field: string) =>
    shown.some((one) => isWithin(one.field, field) || isWithin(field, one.field))
  const others = fields
    .filter((field) => !isCovered(field))
    .map(
      (field) =>
        filledBy(form.pages, id, field) ?? {
          field,
          label: { th: field, en: field },
          as: 'text' as const,
          options: [],
        },
    )
  return [...shown, ...others]
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`)
}

/** As the form's field asks for it which it fills in. */
function filledBy(pages: readonly FormPage[], evidence: string, field: string): ShownField | undefined {
  for (const page of pages) {
    const lists = page.repeat?.from?.reads ?? []
    for (const { from, label, type, options } of page.fields) {
      const reads = (from?.reads ?? []).flatMap((read) =>
        read.startsWith('item.') ? lists.map((list) => `${list}${read.slice('item'.length)}`) : [read],
      )
      if (reads.includes(`facts.${evidence}.${field}`)) return { field, label, as: type, options }
    }
  }
  return undefined
}

/** What a register says, value by value: entries of lists together. Pure. */
export function shownValues(
  fields: readonly ShownField[],
  data: JsonValue | undefined,
): readonly ShownValue[] {
  const values = fields.flatMap((shown) =>
    leavesOf(data, shown.field).map(({ path, value }) => ({ ...shown, path, value, ...entryOf(path, data) })),
  )
  return values.toSorted((a, b) => (a.entry ?? 0) - (b.entry ?? 0))
}

function entryOf(path: string, data: JsonValue | undefined): { readonly entry?: number } {
  const names = path.split('.')
  const at = names.findIndex((name) => /^\d+$/.test(name))
  if (at === -1) return {}
  const list = valueAt(data, names.slice(0, at).join('.'))
  return Array.isArray(list) && list.length === 1 ? {} : { entry: Number(names[at]) + 1 }
}

/** The value at a path, if it is one of those that are shown. */
export function shownAt(
  fields: readonly ShownField[],
  data: JsonValue | undefined,
  path: string,
): ShownValue | undefined {
  const field = fieldOf(path)
  const shown = fields.filter((one) => one.field === field)
  return shownValues(shown, data).find((one) => one.path === path)
}
