import type { Values } from '@sapan/cel'
import type { ServiceDefinition } from '../definition/definition.ts'
import { type Calculation, calculateFrom } from './calculate.ts'
import type { FormContent } from './outcomes.ts'
import { standingOf } from './pages.ts'

/**
 * What expressions see. Answers only of pages and fields that are asked: what was filled in before an earlier answer
 * changed stays in the draft, and counts no more. `today`: `2026-11-22`. Pure.
 */
export function valuesOf(definition: ServiceDefinition, content: FormContent, today: string): Values {
  return standingOf(definition, content, today).values
}

/** All that is calculated from what is filled in; what is not known yet is left out. Pure. */
export function calculate(definition: ServiceDefinition, content: FormContent, today: string): Calculation {
  return calculateFrom(definition, valuesOf(definition, content, today))
}
