import type { JsonValue } from '@sapan/casework'
import type { Expression, Values } from '@sapan/cel'
import type { DraftContent } from '../application/application.ts'
import type { Facts } from '../application/fact.ts'
import type { Evidence } from '../definition/definition.ts'
import { usableFacts } from '../prefill/usable.ts'

/** What a form is looked at with: what was filled in, and what is known. */
export type FormContent = Pick<DraftContent, 'applicant' | 'answers' | 'facts'>

/** What of facts expressions see: what the person agreed to use, and what a register has nothing of. */
export function factValues(evidence: readonly Evidence[], facts: Facts): Readonly<Record<string, JsonValue>> {
  return usableFacts(evidence, facts)
}

/** Whether an expression is known to be true. */
export function holds(expression: Expression, values: Values): boolean {
  const outcome = expression.evaluate(values)
  return outcome.known && outcome.value === true
}

/** Whether it is known to be false: what is not known yet stands against nothing. */
export function fails(expression: Expression, values: Values): boolean {
  const outcome = expression.evaluate(values)
  return outcome.known && outcome.value === false
}

/** A number or text that may have to be worked out; undefined while it is not known. */
export function settle<T extends number | string>(
  limit: T | Expression | undefined,
  values: Values,
): JsonValue | undefined {
  if (limit === undefined || typeof limit === 'number' || typeof limit === 'string') return limit
  const outcome = (limit as Expression).evaluate(values)
  return outcome.known ? outcome.value : undefined
}
