import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import { type DocumentTemplate, readyTemplates, shippedTemplates } from '@sapan/documents'
import { loadCountry } from '@sapan/thailand'
import { Compile } from 'typebox/schema'
import type { Applicant, DraftContent } from '../../src/application/application.ts'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import { operationsOf } from '../../src/definition/openapi/operations.ts'
import { planEffect } from '../../src/effects/request.ts'
import { visiblePages } from '../../src/form/pages.ts'
import { valuesOf } from '../../src/form/values.ts'
import { type OutputData, outputData } from '../../src/outputs/data.ts'
import { applyFacts } from '../../src/prefill/apply.ts'
import { countryReferences } from './references.ts'

type Answers = Readonly<Record<string, JsonValue>>

export interface Filling {
  readonly definition: ServiceDefinition
  readonly applicant: Applicant
  /** What each piece of evidence brought, agreed to. */
  readonly facts: Readonly<Record<string, JsonValue>>
  /** What the person types; of repeated pages, what they add to each entry. */
  readonly typed: Answers
  readonly today: string
}

/** A draft as it is when registers have answered, the person has typed the rest and seen every page. */
export function filledIn({ definition, applicant, facts, typed, today }: Filling): DraftContent {
  const known = Object.entries(facts).map(([id, data]) => [
    id,
    { state: 'fetched' as const, askedAt: 0, agreed: true, data },
  ])
  const empty = { applicant, answers: {}, facts: Object.fromEntries(known), marks: {}, done: [] }
  const prefilled = applyFacts(definition, empty)
  const content = { ...prefilled, answers: together(prefilled.answers, typed) }
  const done = visiblePages(definition, content, today).map(({ page }) => page.id)
  return { ...content, done }
}

function together(prefilled: Answers, typed: Answers): Answers {
  const entries = Object.entries(typed).map(([id, value]): [string, JsonValue] => {
    const before = prefilled[id]
    if (!Array.isArray(value) || !value.every(isEntry)) return [id, value]
    const earlier = Array.isArray(before) ? before : []
    return [id, value.map((one, at) => ({ ...(isEntry(earlier[at]) ? earlier[at] : {}), ...one }))]
  })
  return { ...prefilled, ...Object.fromEntries(entries) }
}

function isEntry(value: JsonValue | undefined): value is Answers {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export interface Decided {
  readonly definition: ServiceDefinition
  readonly content: DraftContent
  readonly today: string
  readonly decision: Answers
  /** What registers answered before. */
  readonly effects?: Answers
}

const number = 'RD-2569-000001'

/** What expressions see once it was decided. */
export function decidedValues({ definition, content, today, decision, effects = {} }: Decided): Values {
  const application = { number, submittedOn: today, receivedOn: today, effectiveOn: today, language: 'th' }
  return {
    ...valuesOf(definition, content, today),
    application,
    decision: { decidedOn: today, words: 'เหตุผลสมมติ\nอีกบรรทัด', ...decision },
    effects,
  }
}

/** What a register is told, held against its own description; `undefined` where the effect does not apply. */
export function toldTo(decided: Decided, effect: string): JsonValue | undefined {
  const { definition } = decided
  const found = definition.workflow.effects.find(({ id }) => id === effect)
  if (found === undefined) throw new Error(`there is no effect ${effect}`)
  const plan = planEffect(definition, found, decidedValues(decided), number)
  if (plan.kind === 'unknown') throw new Error(`${effect} is missing ${plan.missing.join(', ')}`)
  if (plan.kind === 'none') return undefined
  refuseMisfit(found.service, found.operation, plan.request.body)
  return plan.request.body
}

function refuseMisfit(service: string, operation: string, body: JsonValue): void {
  const document = countryReferences().services.get(service)
  const found = document === undefined ? undefined : operationsOf(document).find(({ id }) => id === operation)
  if (document === undefined || found?.body === undefined) throw new Error(`${service} takes nothing`)
  const [, errors] = Compile(whole(document, found.body) as object).Errors(body)
  if (errors.length > 0) throw new Error(`${operation}: ${JSON.stringify(errors)} of ${JSON.stringify(body)}`)
}

/** A schema without references. */
function whole(document: JsonValue, schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map((one) => whole(document, one))
  if (!isEntry(schema)) return schema
  const { $ref } = schema
  if (typeof $ref !== 'string')
    return Object.fromEntries(Object.entries(schema).map(([key, one]) => [key, whole(document, one)]))
  const steps = $ref.slice('#/'.length).split('/')
  const at = steps.reduce<JsonValue | undefined>(
    (here, step) => (isEntry(here) ? here[step] : undefined),
    document,
  )
  return at === undefined ? {} : whole(document, at)
}

const templates = readyTemplates(shippedTemplates as readonly DocumentTemplate[], loadCountry().documentWords)

/** The data of a document that its template has taken, or why there is none. */
export function documentOf(decided: Decided, output: string): OutputData {
  const found = decided.definition.outputs.find(({ id }) => id === output)
  if (found === undefined) throw new Error(`there is no output ${output}`)
  return outputData({ templates }, { values: decidedValues(decided) }, found, {
    number: 'RD-X-2569-000001',
    on: decided.today,
    agency: 'หน่วยงานสมมติ',
    signer: { name: 'นายสมมติ ตัวอย่าง', position: 'ผู้อำนวยการสมมติ' },
  })
}
