import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import type { Text } from '@sapan/kernel'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Field, FieldType } from '../definition/form.ts'
import { calculateFrom } from '../form/calculate.ts'
import { beyondLimits } from '../form/limits.ts'
import { readers } from '../form/read/readers.ts'
import { type ReadingContext, SentFields } from '../form/reading.ts'
import { judge } from './judge.ts'

/** What tells who somebody is, or has to be kept: nobody is asked for it before they sign in. */
const personal: ReadonlySet<FieldType> = new Set(['national-id', 'foreigner-number', 'person-name', 'file'])

/** What is asked before somebody signs in: the fields that requirements need, in the form's order, each once. Pure. */
export function askedFields({
  requirements,
  form,
}: Pick<ServiceDefinition, 'requirements' | 'form'>): readonly Field[] {
  const asked = new Set(requirements.flatMap(({ asks }) => asks))
  return form.pages
    .filter(({ repeat }) => repeat === undefined)
    .flatMap(({ fields }) => fields.filter(({ id, type }) => asked.has(id) && !personal.has(type)))
}

export interface AskedError {
  readonly field: string
  /** The input at fault. */
  readonly input: string
  readonly text: Text
}

export interface AskedAnswers {
  readonly answers: Readonly<Record<string, JsonValue>>
  readonly errors: readonly AskedError[]
}

/**
 * Reads what was sent. What is left out is not known; nothing of it is kept anywhere. Only what cannot be an answer is wrong:
 * whether the service is for somebody the conditions say, with their reason and law, not the form's checks. Pure.
 */
export function readAsked(
  definition: ServiceDefinition,
  sent: URLSearchParams,
  context: ReadingContext & { readonly today: string },
): AskedAnswers {
  const form = new SentFields(sent)
  const answers: Record<string, JsonValue> = {}
  const errors: AskedError[] = []
  for (const field of askedFields(definition)) {
    const read = readers[field.type](field, form, context)
    if (read.kind === 'wrong')
      errors.push({ field: field.id, input: `${field.id}${read.part ?? ''}`, text: read.text })
    if (read.kind === 'answer') answers[field.id] = read.value
  }
  const values = askedValues(definition, answers, context.today)
  const decided = decidedAgainst(definition, values)
  for (const field of askedFields(definition)) {
    const value = answers[field.id]
    if (value === undefined || decided.has(field.id)) continue
    const text = beyondLimits(field, value, values)
    if (text !== undefined) errors.push({ field: field.id, input: field.id, text })
  }
  return { answers, errors }
}

/** What conditions ask that are not met: they explain more than a limit of the form does. */
function decidedAgainst(
  definition: Pick<ServiceDefinition, 'requirements'>,
  values: Values,
): ReadonlySet<string> {
  const { judged } = judge(definition, values)
  const unmet = judged.filter(({ verdict }) => verdict === 'no')
  return new Set(unmet.flatMap(({ requirement }) => requirement.asks))
}

/** What expressions see of somebody of whom only these answers are known. Pure. */
export function askedValues(
  definition: Pick<ServiceDefinition, 'form' | 'tables'>,
  answers: Readonly<Record<string, JsonValue>>,
  today: string,
): Values {
  const values = { answers, facts: {}, tables: definition.tables, today }
  return { ...values, calc: calculateFrom(definition, values) }
}
