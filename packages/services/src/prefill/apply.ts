import type { JsonValue } from '@sapan/casework'
import type { DraftContent } from '../application/application.ts'
import type { FieldMark } from '../application/fact.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Field, FormPage } from '../definition/form.ts'
import { fillField } from './fill-field.ts'
import { fillList } from './fill-list.ts'
import { isObject } from './paths.ts'
import { type Knowledge, knowledgeOf, toldOf } from './told.ts'

/**
 * Fills in what registers say and the applicant agreed to use, and marks where each value comes from. What came from a
 * register follows it; what a person typed or changed is never written over. Called after facts or answers changed: the
 * same again changes nothing. Pure.
 */
export function applyFacts(
  definition: Pick<ServiceDefinition, 'evidence' | 'tables' | 'form'>,
  content: DraftContent,
): DraftContent {
  const filling = new Filling(content, knowledgeOf(definition, content))
  for (const page of definition.form.pages) filling.page(page)
  return { ...content, answers: filling.answers, marks: filling.marks }
}

class Filling {
  readonly answers: Record<string, JsonValue>
  readonly marks: Record<string, FieldMark>
  readonly #knowledge: Knowledge

  constructor({ answers, marks }: DraftContent, knowledge: Knowledge) {
    this.answers = { ...answers }
    this.marks = { ...marks }
    this.#knowledge = knowledge
  }

  page(page: FormPage): void {
    if (page.repeat === undefined) for (const field of page.fields) this.#field(field)
    else if (page.repeat.from !== undefined) this.#list(page)
  }

  #field(field: Field): void {
    if (field.from === undefined) return
    const { id } = field
    const now = { answer: this.answers[id], mark: this.marks[id] }
    const { answer, mark } = fillField(field, now, toldOf(field.from, this.#knowledge))
    put(this.answers, id, answer)
    put(this.marks, id, mark)
  }

  #list(page: FormPage): void {
    const { id } = page
    const given = this.answers[id]
    const list = Array.isArray(given) ? given.filter(isObject) : undefined
    const filled = fillList(page, { list, marks: this.marks }, this.#knowledge)
    put(this.answers, id, filled.list)
    for (const key of Object.keys(this.marks)) if (isOf(page, key)) delete this.marks[key]
    Object.assign(this.marks, filled.marks)
  }
}

/** Whether a mark is one that `fillList` makes. */
function isOf({ id, fields }: FormPage, key: string): boolean {
  if (key === id) return true
  const [page, at, field, ...more] = key.split('.')
  return (
    page === id &&
    /^\d+$/.test(at ?? '') &&
    more.length === 0 &&
    fields.some((one) => one.id === field && one.from !== undefined)
  )
}

function put<T>(record: Record<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) delete record[key]
  else record[key] = value
}
