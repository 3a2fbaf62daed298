import type { Case, CaseDecision, JsonValue } from '@sapan/casework'
import type { Field } from '../definition/form.ts'
import type { DecisionRule, Workflow } from '../definition/workflow.ts'

/** A decision as the person is told it. */
export interface ToldDecision {
  readonly decision: CaseDecision
  readonly rule: DecisionRule
  /** What the officer filled in with it, in the definition's order. */
  readonly filledIn: readonly { readonly field: Field; readonly value: JsonValue }[]
}

/** The decision of a case, once it is carried out: until then it can still come back, and is nobody's to read. */
export function toldDecision(
  { decisions }: Pick<Workflow, 'decisions'>,
  { decision, state }: Pick<Case, 'decision' | 'state'>,
): ToldDecision | undefined {
  if (decision === undefined || (state !== 'completed' && state !== 'appealed')) return undefined
  const rule = decisions.find(({ id }) => id === decision.outcome)
  if (rule === undefined) return undefined
  const filledIn = rule.asks.flatMap((field) => {
    const value = decision.inputs[field.id]
    return value === undefined ? [] : [{ field, value }]
  })
  return { decision, rule, filledIn }
}
