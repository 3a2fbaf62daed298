import type { JsonValue } from '@sapan/casework'
import type { Applicant, DraftContent } from '../../../src/application/application.ts'
import type { ServiceDefinition } from '../../../src/definition/definition.ts'
import { openProblems } from '../../../src/form/problems.ts'
import { calculate, valuesOf } from '../../../src/form/values.ts'
import { countryDefinitions } from '../definitions.ts'
import * as people from '../people.ts'
import { type Decided, documentOf, filledIn, toldTo } from '../whole-form.ts'

export type Json = Readonly<Record<string, JsonValue>>

export interface Given {
  readonly applicant: Applicant
  readonly facts: Json
  readonly typed: Json
  readonly today?: string
  readonly decision?: Json
  readonly effects?: Json
}

/** A service's form filled in whole, and everything that comes of it. */
export async function whole(service: string, given: Given) {
  const definition: ServiceDefinition | undefined = (await countryDefinitions()).find(service)
  if (definition === undefined) throw new Error(`there is no ${service}`)
  const { today = people.today, decision = {}, effects = {} } = given
  const content = filledIn({ ...given, definition, today })
  const decided: Decided = { definition, content, today, decision, effects }
  return {
    content,
    calc: calculate(definition, content, today),
    problems: openProblems(definition, content, today).map(({ page, field, text }) => ({
      page,
      field,
      en: text.en,
    })),
    told: (effect: string) => toldTo(decided, effect),
    document: (output: string) => documentOf(decided, output),
    requirements: requirementsOf(definition, content, today),
  }
}

/** What of the requirements is so; undefined where it is not known. */
function requirementsOf(definition: ServiceDefinition, content: DraftContent, today: string): Json {
  const values = valuesOf(definition, content, today)
  return Object.fromEntries(
    definition.requirements.map(({ id, rule }) => {
      const outcome = rule.evaluate(values)
      return [id, outcome.known ? outcome.value : null]
    }),
  )
}
