import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import type { Language, Text } from '@sapan/kernel'
import type { FieldProblem } from '@sapan/ui'
import type { Field, FormPage } from '../../definition/form.ts'
import type { DecisionRule } from '../../definition/workflow.ts'
import { workflowValues } from '../../effects/values.ts'
import { holds } from '../../form/outcomes.ts'
import { inputsOf } from '../../form/read/readers.ts'
import { readPage } from '../../form/read-page.ts'
import { isObject } from '../../form/write-field.ts'
import type { DeskCasesOptions } from '../options.ts'
import type { OpenCase } from './case-page.ts'

type Inputs = Readonly<Record<string, JsonValue>>

const isNew: Text = {
  th: 'คำตอบของคุณทำให้ต้องถามข้อนี้ด้วย ตอบแล้วส่งอีกครั้ง',
  en: 'Your answers bring up this question. Answer it, then send again',
}

/** What is known before a decision; on an appeal, what was decided first is none of it but its day. */
export async function valuesBefore(
  options: DeskCasesOptions,
  { case: found, definition }: OpenCase,
): Promise<Values> {
  const { decision, ...undecided } = found
  return workflowValues({
    ...{ definition, case: undecided, days: options.days, effects: {} },
    paid: await options.paidFor(found.id),
    firstDecidedAt: decision?.at ?? options.clock(),
  })
}

export interface SentAsked {
  readonly rule: DecisionRule
  /** Of `valuesBefore`. */
  readonly values: Values
  readonly form: URLSearchParams
  readonly language: Language
}

export interface AskedRead {
  readonly inputs: Inputs
  readonly problems: readonly FieldProblem[]
  /** What expressions see with these answers. */
  readonly values: Values
}

/**
 * What the outcome asks of the officer, read as a page of a form: its expressions see the answers in `decision`, and all
 * that the outcome's other expressions see. What an answer brings up, and was not there to be answered, is asked. Pure.
 */
export function readAsked(
  { days, clock, places, countries = [] }: DeskCasesOptions,
  { definition, application }: OpenCase,
  { rule, values, form, language }: SentAsked,
): AskedRead {
  const today = days.dateOf(clock())
  const words = (form.get('words') ?? '').trim()
  const sees = (entry: Inputs): Values => ({
    ...values,
    decision: { ...entry, outcome: rule.id, decidedOn: today, words },
  })
  if (rule.asks.length === 0 || application === undefined)
    return { inputs: {}, problems: [], values: sees({}) }
  const page: FormPage = {
    id: 'decision',
    section: '',
    title: definition.name,
    repeat: { min: 1, max: 1, one: definition.name, titleField: '' },
    fields: rule.asks,
  }
  const context = { places, countries, language, today }
  const { content, errors } = readPage(definition, application, { page, item: 0, form, sees }, context)
  const list = content.answers.decision
  const inputs = Array.isArray(list) && isObject(list[0]) ? list[0] : {}
  const seen = sees(inputs)
  const problems = [
    ...errors.map(({ input, text }) => ({ field: input, text: text[language] })),
    ...broughtUp(rule.asks, seen, form)
      .filter(({ id }) => !errors.some(({ field }) => field === id))
      .map(({ id }) => ({ field: id, text: isNew[language] })),
  ]
  return { inputs, problems, values: seen }
}

/** Conditional questions that are to be asked, of which the page that was sent had nothing. */
function broughtUp(asks: readonly Field[], values: Values, form: URLSearchParams): readonly Field[] {
  return asks.filter(
    (field) =>
      field.when !== undefined &&
      holds(field.when, values) &&
      !form.getAll('asked').includes(field.id) &&
      !inputsOf(field).some((name) => form.has(name)),
  )
}
