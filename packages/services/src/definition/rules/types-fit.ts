import { parseExpression } from '@sapan/cel'
import type { Finding } from '../finding.ts'
import type { Field } from '../form.ts'
import type { PlacedExpression } from '../read/expressions.ts'
import type { ReadDefinition } from '../read/read-definition.ts'
import type { Rule } from './rule.ts'
import { type Inferred, inferType, wants } from './types/infer.ts'
import { itemType, knownTypes, typeOfCalculated, typeOfField } from './types/known-types.ts'
import { partsMisfit } from './types/parts.ts'
import {
  any,
  isNumber,
  isText,
  isYesNo,
  listOf,
  mayBeSame,
  money,
  text,
  type ValueType,
  yesNo,
} from './types/type.ts'

/** Expressions put together what goes together, and come to what their place wants. */
export const typesFit: Rule = (read) => {
  const names = knownTypes(read)
  const typeOf = (source: string) => inferType(parseExpression(source), names).type
  return read.expressions.flatMap((placed): readonly Finding[] => {
    const { source, pointer, expression } = placed
    const item = itemType(read, pointer, typeOf)
    const inferred = inferType(parseExpression(expression.source), { ...names, item })
    const misfits = inferred.misfits.map(({ offset, reason }) =>
      source.note(pointer, 'wrong-type', reason, offset),
    )
    return misfits.length > 0 ? misfits : placeFits(read, placed, inferred)
  })
}

/** What comes of an expression in the place where it stands. */
function placeFits(
  read: ReadDefinition,
  { source, pointer }: PlacedExpression,
  { type }: Inferred,
): readonly Finding[] {
  const wanted = wantedAt(read, source.file, pointer)
  if (wanted === undefined) return []
  if (!wanted.fits(type)) return [source.note(pointer, 'wrong-type', wants(wanted.is, type))]
  const field = filledAt(read, source.file, pointer)
  const ill = field && partsMisfit(typeOfField(field), type)
  return ill === undefined ? [] : [source.note(pointer, 'wrong-type', ill)]
}

interface Wanted {
  readonly is: ValueType
  fits(type: ValueType): boolean
}

const condition: Wanted = { is: yesNo, fits: isYesNo }
const amount: Wanted = { is: money, fits: isNumber }
const written: Wanted = { is: text, fits: isText }
const list: Wanted = { is: listOf(any), fits: ({ kind }) => kind === 'any' || kind === 'list' }

const like = (is: ValueType): Wanted => ({
  is,
  fits: (type) => {
    if (is.kind === 'list' || type.kind === 'list') return list.fits(type) && list.fits(is)
    // A register's codes are turned into a field's by whoever fills it in; only the kind is looked at.
    if (isText(is) && isText(type)) return true
    return mayBeSame(is, type)
  },
})

/** A text that is no day fills in no day: nothing would ever be taken of it. */
const filling = (is: ValueType): Wanted => {
  const wanted = like(is)
  const isDay = is.kind === 'date' || is.kind === 'month'
  return { is, fits: (type) => wanted.fits(type) && !(isDay && type.kind === 'text') }
}

/** By the names of places: `/pages/0/fields/2/checks/0/rule`. */
function wantedAt(read: ReadDefinition, file: string, pointer: string): Wanted | undefined {
  const name = pointer.slice(pointer.lastIndexOf('/') + 1)
  if (['when', 'rule', 'required', 'automatic'].includes(name)) return condition
  if (['refund', 'payment', 'amount'].includes(name)) return amount
  if (name === 'paymentDue' || /\/repeat\/from$/.test(pointer)) return list
  if (name === 'handler' || pointer === '/once/per' || /^\/consents\/\d+\/of$/.test(pointer)) return written
  if (file !== 'form.yaml') return undefined
  const calculated = /^\/calculated\/(\d+)\/value$/.exec(pointer)
  if (calculated !== null) {
    const { type } = read.definition.form.calculated[Number(calculated[1])] ?? {}
    return type === undefined ? undefined : like(typeOfCalculated(type))
  }
  const field = filledAt(read, file, pointer)
  return field && filling(typeOfField(field))
}

/** The field that an expression fills in; undefined where it stands elsewhere. */
function filledAt({ definition }: ReadDefinition, file: string, pointer: string): Field | undefined {
  const from = file === 'form.yaml' && /^\/pages\/(\d+)\/fields\/(\d+)\/from$/.exec(pointer)
  return from ? definition.form.pages[Number(from[1])]?.fields[Number(from[2])] : undefined
}
