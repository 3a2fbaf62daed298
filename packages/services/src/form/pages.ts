import type { JsonValue } from '@sapan/casework'
import type { Answers } from '../application/answers.ts'
import type { Expression, Values } from '../cel/expression.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Field, FormPage } from '../definition/form.ts'
import { calculateFrom, neededFor } from './calculate.ts'
import { type FormContent, factValues, holds } from './outcomes.ts'
import { isObject } from './write-field.ts'

/** A page that is asked, with the fields of it that are. */
export interface VisiblePage {
  readonly page: FormPage
  /** Of a page that is filled in once; of a repeated one, those of an entry that is still empty. */
  readonly fields: readonly Field[]
  /** Of a repeated page: one for each entry. */
  readonly items: readonly VisibleItem[]
}

export interface VisibleItem {
  readonly fields: readonly Field[]
  readonly answers: Readonly<Record<string, JsonValue>>
}

export interface Standing {
  readonly pages: readonly VisiblePage[]
  readonly values: Values
}

/** The pages that are asked, in their order. Pure. */
export function visiblePages(
  definition: ServiceDefinition,
  content: FormContent,
  today: string,
): readonly VisiblePage[] {
  return standingOf(definition, content, today).pages
}

interface Looked {
  readonly definition: ServiceDefinition
  readonly today: string
  readonly standing: Standing
}

/** Of each content the last look: one request asks for it several times. */
const looked = new WeakMap<FormContent, Looked>()

/** Which pages and fields are asked, and what expressions see of them. In the form's order, each by what comes before it. */
export function standingOf(definition: ServiceDefinition, content: FormContent, today: string): Standing {
  const last = looked.get(content)
  if (last?.definition === definition && last.today === today) return last.standing
  const standing = lookAt(definition, content, today)
  looked.set(content, { definition, today, standing })
  return standing
}

function lookAt(definition: ServiceDefinition, content: FormContent, today: string): Standing {
  const looking = new Looking(definition, content, today)
  const pages = definition.form.pages.flatMap((page) => looking.page(page))
  return { pages, values: looking.values() }
}

class Looking {
  readonly #definition: ServiceDefinition
  readonly #known: Values
  readonly #given: Answers
  /** Those that count. */
  readonly #answers: Record<string, JsonValue> = {}

  constructor(definition: ServiceDefinition, content: FormContent, today: string) {
    this.#definition = definition
    this.#given = content.answers
    const { evidence, tables } = definition
    const facts = factValues(evidence, content.facts)
    this.#known = { facts, applicant: { ...content.applicant }, tables, today }
  }

  values(): Values {
    const values = { ...this.#known, answers: { ...this.#answers } }
    return { ...values, calc: calculateFrom(this.#definition, values) }
  }

  page(page: FormPage): VisiblePage[] {
    if (page.when !== undefined && !this.#isTrue(page.when)) return []
    if (page.repeat !== undefined) return [this.#repeated(page, this.#given[page.id])]
    const fields: Field[] = []
    for (const field of page.fields) {
      if (field.when !== undefined && !this.#isTrue(field.when)) continue
      fields.push(field)
      const value = this.#given[field.id]
      if (value !== undefined) this.#answers[field.id] = value
    }
    return [{ page, fields, items: [] }]
  }

  #repeated(page: FormPage, given: JsonValue | undefined): VisiblePage {
    const entries = Array.isArray(given) ? given.filter(isObject) : []
    const items = entries.map((entry) => this.#item(page, entry))
    this.#answers[page.id] = items.map(({ answers }) => answers)
    return { page, fields: this.#item(page, {}).fields, items }
  }

  #item(page: FormPage, entry: Readonly<Record<string, JsonValue>>): VisibleItem {
    const answers: Record<string, JsonValue> = {}
    const fields = page.fields.filter((field) => {
      if (field.when !== undefined && !this.#isTrue(field.when, answers)) return false
      const value = entry[field.id]
      if (value !== undefined) answers[field.id] = value
      return true
    })
    return { fields, answers }
  }

  #isTrue(expression: Expression, item?: Readonly<Record<string, JsonValue>>): boolean {
    const seen = { ...this.#known, answers: this.#answers }
    const { form } = this.#definition
    const values = { ...seen, calc: calculateFrom({ form }, seen, neededFor(form, expression)) }
    return holds(expression, item === undefined ? values : { ...values, item })
  }
}
