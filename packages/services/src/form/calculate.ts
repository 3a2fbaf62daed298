import type { JsonValue } from '@sapan/casework'
import type { Expression, Values } from '../cel/expression.ts'
import type { ServiceDefinition } from '../definition/definition.ts'

type Form = ServiceDefinition['form']

export type Calculation = Readonly<Record<string, JsonValue>>

/** What is calculated from values, in the definition's order; what is not known yet is left out. Pure. */
export function calculateFrom(
  { form }: Pick<ServiceDefinition, 'form'>,
  values: Values,
  only: readonly CalculatedField[] = form.calculated,
): Calculation {
  const calc: Record<string, JsonValue> = {}
  const seen = { ...values, calc }
  for (const { id, value } of only) {
    const outcome = value.evaluate(seen)
    if (outcome.known) calc[id] = outcome.value
  }
  return calc
}

type CalculatedField = Form['calculated'][number]

const needs = new WeakMap<Form, Map<Expression, readonly CalculatedField[]>>()

/** What has to be calculated before an expression can be, in the definition's order. */
export function neededFor(form: Form, expression: Expression): readonly CalculatedField[] {
  const known = needs.get(form) ?? new Map<Expression, readonly CalculatedField[]>()
  needs.set(form, known)
  const found = known.get(expression) ?? closureOf(form, expression)
  known.set(expression, found)
  return found
}

function closureOf({ calculated }: Form, expression: Expression): readonly CalculatedField[] {
  const ids = new Set(readOf(expression))
  if (ids.has('')) return calculated
  // Each reads only what comes before it.
  for (const { id, value } of calculated.toReversed())
    if (ids.has(id)) for (const read of readOf(value)) ids.add(read)
  return ids.has('') ? calculated : calculated.filter(({ id }) => ids.has(id))
}

/** Which of what is calculated an expression reads; an empty id is all of it. */
function readOf({ reads }: Expression): readonly string[] {
  return reads.flatMap((path) => {
    const [root, id = ''] = path.split('.')
    return root === 'calc' ? [id] : []
  })
}
