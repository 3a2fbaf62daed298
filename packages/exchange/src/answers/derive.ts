import type { JsonValue, Values } from '@sapan/cel'
import { queryParameterValues } from '../address.ts'
import { filterJson } from '../fields/filter.ts'
import { exchangeProblem } from '../problems.ts'
import type { AskedType, Question } from './question.ts'

/** What leaves in place of the record. `reason`: why there is no answer. */
export interface DerivedAnswer {
  readonly answer: boolean | number | string | null
  readonly reason?: 'not-known' | 'no-record'
  readonly expression: string
}

const longestText = 200

/** What the caller gives, each exactly once and of its type. Throws Problem `request-invalid`. */
export function askedValues({ asked }: Question, query: string): Values {
  return Object.fromEntries(
    [...asked].map(([name, type]) => {
      const [text, ...more] = queryParameterValues(query, name)
      const value = text === undefined || more.length > 0 ? undefined : typed(text, type)
      if (value === undefined) throw notGiven(name, type)
      return [name, value]
    }),
  )
}

function typed(text: string, type: AskedType): JsonValue | undefined {
  if (type === 'integer') return /^(?:0|-?[1-9][0-9]{0,14})$/.test(text) ? Number(text) : undefined
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined
  if (type === 'string') return text.length <= longestText ? text : undefined
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
  return isDay && new Date(text).toISOString().startsWith(text) ? text : undefined
}

function notGiven(name: string, type: AskedType) {
  return exchangeProblem('request-invalid', {
    detail: {
      th: `ต้องให้ ${name} ในคิวรีหนึ่งครั้ง เป็นชนิด ${type}`,
      en: `Give ${name} in the query once, as ${type}`,
    },
  })
}

/** What the answer is taken from: the record's JSON, null where there is no such record. */
export interface Known {
  readonly record: Uint8Array | null
  readonly asked: Values
  /** `2026-11-23`, in the country's zone. */
  readonly today: string
}

/**
 * What a question's expression says of a record. What it reads and does not find makes the answer not known, never no.
 * Throws Problem `question-unanswered` where the expression says something else than the description promises, and those
 * of a record that is no strict JSON.
 */
export function derive(question: Question, { record, asked, today }: Known): DerivedAnswer {
  const { source } = question.expression
  if (record === null) return { answer: null, reason: 'no-record', expression: source }
  const read: JsonValue = JSON.parse(filterJson(record, question.read))
  const outcome = question.expression.evaluate({ record: read, ask: asked, today })
  if (!outcome.known || outcome.value === null)
    return { answer: null, reason: 'not-known', expression: source }
  return { answer: promised(outcome.value, question), expression: source }
}

function promised(value: JsonValue, { answer }: Question): boolean | number | string {
  if (answer === 'boolean' && typeof value === 'boolean') return value
  if (answer === 'integer' && typeof value === 'number' && Number.isSafeInteger(value)) return value
  if (typeof answer !== 'string' && typeof value === 'string' && answer.includes(value)) return value
  throw exchangeProblem('question-unanswered')
}
