import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import type { Text } from '@sapan/kernel'
import type { DraftContent } from '../application/application.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Field, FormPage } from '../definition/form.ts'
import { checkAnswer, isRequired, missingText } from './check-field.ts'
import { isFixed, markKey } from './marks.ts'
import { standingOf, type VisiblePage } from './pages.ts'

/** What stands against handing in. */
export interface OpenProblem {
  readonly page: string
  /** Of a repeated page: the entry, from 0. */
  readonly item?: number
  /** Absent where the whole page is meant. */
  readonly field?: string
  readonly text: Text
}

/**
 * All that stands against handing in, in the form's order: what is missing, no longer within its limits, or was not
 * looked at. Looked at anew each time, since an answer or a day can make another wrong. Pure.
 */
export function openProblems(
  definition: ServiceDefinition,
  content: DraftContent,
  today: string,
): readonly OpenProblem[] {
  const { pages, values } = standingOf(definition, content, today)
  return pages.flatMap((visible) =>
    visible.page.repeat === undefined
      ? pageProblems(visible, content, values)
      : listProblems(visible, content, values),
  )
}

function pageProblems({ page, fields }: VisiblePage, content: DraftContent, values: Values): OpenProblem[] {
  const found = fieldProblems(page, fields, content.answers, values)
  if (found.length > 0 || fields.length === 0 || content.done.includes(page.id)) return found
  // What registers said and nobody can change needs no visit.
  const isSettled = fields.every((field) => isFixed(field, content.marks[markKey(page, field)]))
  return isSettled ? [] : [{ page: page.id, text: unseen }]
}

function listProblems({ page, items }: VisiblePage, content: DraftContent, values: Values): OpenProblem[] {
  const { min = 0, max = Number.POSITIVE_INFINITY, one } = page.repeat ?? {}
  const found: OpenProblem[] = items.flatMap(({ fields, answers }, item) =>
    fieldProblems(page, fields, answers, { ...values, item: answers }).map((problem) => ({
      ...problem,
      item,
    })),
  )
  if (items.length < min) found.push({ page: page.id, text: tooFew(min, one) })
  if (items.length > max) found.push({ page: page.id, text: tooMany(max, one) })
  if (found.length > 0 || content.done.includes(page.id)) return found
  return [{ page: page.id, text: unseen }]
}

function fieldProblems(
  page: FormPage,
  fields: readonly Field[],
  answers: Readonly<Record<string, JsonValue>>,
  values: Values,
): OpenProblem[] {
  return fields.flatMap((field) => {
    const value = answers[field.id]
    const text =
      value === undefined
        ? isRequired(field, values)
          ? missingText(field)
          : undefined
        : checkAnswer(field, value, values)
    return text === undefined ? [] : [{ page: page.id, field: field.id, text }]
  })
}

const unseen: Text = { th: 'ยังไม่ได้ตอบหน้านี้', en: 'This page has not been answered yet.' }

function tooFew(min: number, one: Text | undefined): Text {
  return {
    th: `เพิ่ม${one?.th ?? 'รายการ'}อย่างน้อย ${min} รายการ`,
    en: `Add at least ${min} (${one?.en ?? 'entries'}).`,
  }
}

function tooMany(max: number, one: Text | undefined): Text {
  return {
    th: `มี${one?.th ?? 'รายการ'}ได้ไม่เกิน ${max} รายการ เอาบางรายการออก`,
    en: `There can be at most ${max} (${one?.en ?? 'entries'}). Remove some.`,
  }
}
