import type { JsonValue } from '@sapan/casework'
import type { FieldMark } from '../application/fact.ts'
import type { Field } from '../definition/form.ts'
import { fitting } from './fitting.ts'
import { isSame, type Told } from './told.ts'

export interface FieldState {
  readonly answer?: JsonValue | undefined
  readonly mark?: FieldMark | undefined
}

/**
 * A field with what registers say now. What came from a register follows it; what the person typed, changed or cleared
 * stays theirs, and the register's value stands beside it. Pure; the same again changes nothing.
 */
export function fillField(
  field: Pick<Field, 'type' | 'options' | 'changeable'>,
  { answer, mark }: FieldState,
  told: Told,
): FieldState {
  const value = fitting(field, told.value)
  const isOwn = isTheirs({ answer, mark }, field.changeable || told.dispute !== undefined)
  const about = aboutOf(told)
  if (value === undefined) {
    if (!isOwn || isBlank(answer)) return isOwn ? { answer } : {}
    const unverified = told.unverified ? { unverified: true } : {}
    return { answer, mark: { origin: 'applicant', ...about, ...unverified } }
  }
  if (!isOwn) return { answer: value, mark: { origin: 'register', ...about, was: value } }
  return { answer, mark: { origin: 'applicant', ...about, was: value } }
}

/** Whether the person wrote it, changed it, or took away what a register said. */
function isTheirs({ answer, mark }: FieldState, mayClear: boolean): boolean {
  if (mark?.origin === 'applicant') return !isBlank(answer) || (mayClear && mark.was !== undefined)
  if (isBlank(answer)) return mayClear && mark?.was !== undefined
  return mark === undefined || !isSame(answer, mark.was)
}

export function isBlank(answer: JsonValue | undefined): boolean {
  return (
    answer === undefined || answer === null || answer === '' || (Array.isArray(answer) && answer.length === 0)
  )
}

function aboutOf({ evidence, dispute, others }: Told): Pick<FieldMark, 'evidence' | 'dispute' | 'others'> {
  return {
    ...(evidence === undefined ? {} : { evidence }),
    ...(dispute === undefined ? {} : { dispute }),
    ...(others.length === 0 ? {} : { others }),
  }
}

/**
 * Whether the person may write it: where they may change it, where no register said it, and where what was said is
 * disputed or contradicted.
 */
export function mayType(field: Pick<Field, 'changeable'>, mark: FieldMark | undefined): boolean {
  if (field.changeable || mark?.origin !== 'register') return true
  return mark.dispute !== undefined || mark.others !== undefined
}
