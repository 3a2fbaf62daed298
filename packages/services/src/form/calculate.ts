import type { JsonValue } from '@sapan/casework'
import type { Values } from '../cel/expression.ts'
import type { ServiceDefinition } from '../definition/definition.ts'

export type Calculation = Readonly<Record<string, JsonValue>>

/** What is calculated from values, in the definition's order; what is not known yet is left out. Pure. */
export function calculateFrom({ form }: Pick<ServiceDefinition, 'form'>, values: Values): Calculation {
  const calc: Record<string, JsonValue> = {}
  const seen = { ...values, calc }
  for (const { id, value } of form.calculated) {
    const outcome = value.evaluate(seen)
    if (outcome.known) calc[id] = outcome.value
  }
  return calc
}
