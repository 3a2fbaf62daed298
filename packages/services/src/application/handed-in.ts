import type { JsonValue } from '@sapan/casework'
import type { Language } from '@sapan/kernel'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Calculated, Field } from '../definition/form.ts'
import { type VisibleItem, visiblePages } from '../form/pages.ts'
import { answerText, moneyText } from './answer-text.ts'
import type { Application } from './application.ts'
import type { FieldMark } from './fact.ts'

/** One answer of what was handed in. */
export interface HandedInAnswer {
  /** Its path among the marks: `salary`, `children.0.birthDate`. */
  readonly path: string
  readonly field: Field
  readonly label: string
  readonly text: string | undefined
  readonly value: JsonValue | undefined
  readonly mark: FieldMark | undefined
}

/** A page of the form as it was answered; of a repeated one, one for each entry. */
export interface HandedInPage {
  readonly id: string
  readonly title: string
  readonly answers: readonly HandedInAnswer[]
}

/** What was calculated and is shown. */
export interface HandedInResult {
  readonly calculated: Calculated
  readonly label: string
  readonly text: string
}

/**
 * What was handed in, as people and officers read it: only what was asked, by its definition and on the day on which it was
 * handed in (`2026-11-22`).
 */
export function handedIn(
  definition: ServiceDefinition,
  application: Application,
  { day, language }: { readonly day: string; readonly language: Language },
): { readonly pages: readonly HandedInPage[]; readonly results: readonly HandedInResult[] } {
  const { answers, marks } = application
  const answer = (field: Field, path: string, value: JsonValue | undefined): HandedInAnswer => ({
    path,
    field,
    label: field.label[language],
    text: answerText(field, value, language),
    value,
    mark: marks[path],
  })
  const pages = visiblePages(definition, application, day).flatMap(({ page, fields, items }) => {
    const { id, title, repeat } = page
    if (repeat === undefined) {
      const own = fields.map((field) => answer(field, field.id, answers[field.id]))
      return [{ id, title: title[language], answers: own }]
    }
    return items.map((item: VisibleItem, at) => ({
      id: `${id}.${at}`,
      title: `${repeat.one[language]} ${at + 1}`,
      answers: item.fields.map((field) => answer(field, `${id}.${at}.${field.id}`, item.answers[field.id])),
    }))
  })
  return { pages, results: resultsOf(definition, application, language) }
}

function resultsOf(
  { form }: ServiceDefinition,
  { calculated }: Application,
  language: Language,
): HandedInResult[] {
  return form.calculated.flatMap((one) => {
    const value = calculated[one.id]
    if (!one.isShown || value === undefined) return []
    return [{ calculated: one, label: one.label[language], text: resultText(one, value, language) }]
  })
}

function resultText({ type }: Calculated, value: JsonValue, language: Language): string {
  if (type === 'money' && typeof value === 'number') return moneyText(value, language)
  if (type === 'list') return Array.isArray(value) ? value.map(String).join(', ') : ''
  return answerText({ type, options: [] }, value, language) ?? ''
}
