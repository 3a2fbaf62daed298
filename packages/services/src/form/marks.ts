import { isDeepStrictEqual } from 'node:util'
import type { JsonValue } from '@sapan/casework'
import type { FieldMark, FieldMarks } from '../application/fact.ts'
import type { Field, FormPage } from '../definition/form.ts'
import { mayType } from '../prefill/fill-field.ts'

/** Under which name a field's mark lies: `salary`, in repeated pages `children.0.birthDate`. */
export function markKey(
  page: Pick<FormPage, 'id' | 'repeat'>,
  field: Pick<Field, 'id'>,
  item?: number,
): string {
  return page.repeat === undefined || item === undefined ? field.id : `${page.id}.${item}.${field.id}`
}

/** The mark of a field after the applicant wrote something: what a register said stays beside it. Pure. */
export function markAfter(
  mark: FieldMark | undefined,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): FieldMark | undefined {
  if (mark === undefined || isDeepStrictEqual(before, after)) return mark
  const { was = mark.origin === 'register' ? before : undefined, ...rest } = mark
  const said = was === undefined ? {} : { was }
  const agrees = was !== undefined && isDeepStrictEqual(was, after)
  return { ...rest, ...said, origin: agrees ? 'register' : 'applicant' }
}

/** Marks after one entry of a repeated page was taken out: those behind it move up. Pure. */
export function marksWithout(marks: FieldMarks, page: string, item: number): FieldMarks {
  const pattern = new RegExp(`^${page.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\.(\\d+)\\.(.+)$`)
  return Object.fromEntries(
    Object.entries(marks).flatMap(([key, mark]) => {
      const [, at, field] = pattern.exec(key) ?? []
      if (at === undefined || Number(at) < item) return [[key, mark]]
      return Number(at) === item ? [] : [[`${page}.${Number(at) - 1}.${field}`, mark]]
    }),
  )
}

/** Whether a register said it, and the applicant may only dispute it. */
export function isFixed(field: Pick<Field, 'changeable' | 'from'>, mark: FieldMark | undefined): boolean {
  return !mayType(field, mark)
}
