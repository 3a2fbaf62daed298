import type { JsonValue } from '@sapan/casework'
import type { Expression, Values } from '@sapan/cel'
import type { Answers } from '../application/answers.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Field, Form, FormPage } from '../definition/form.ts'
import { Calculations } from './calculate.ts'
import { type CalculatedField, neededBy, needsOf } from './needs.ts'
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

/** How a form stands with what was filled in: each page by what comes before it. */
export interface Standing {
  /** The pages that are asked, in their order. */
  readonly pages: readonly VisiblePage[]
  /** What expressions see of all of it. */
  readonly values: Values
  /** The page of that name, where it is asked; what comes after it is not looked at. */
  page(id: string): VisiblePage | undefined
  /** What the expressions of a page's own fields see: as `values`, but only what they read is sure to be in it. */
  valuesFor(page: FormPage): Values
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
  readonly content: FormContent
  readonly today: string
  readonly standing: Standing
}

/**
 * The last look: a request asks for the same several times in a row. By content in a `WeakMap`, each would stay until all
 * garbage is collected, since collecting the young takes a map's values for used.
 */
let looked: Looked | undefined

/**
 * Which pages and fields are asked, and what expressions see of them. Looks only as far as it is asked for: a page is to be
 * had without the conditions of those behind it. `content` is not to change meanwhile.
 */
export function standingOf(definition: ServiceDefinition, content: FormContent, today: string): Standing {
  const isSame = looked?.content === content && looked.definition === definition && looked.today === today
  if (!isSame || looked === undefined)
    looked = { definition, content, today, standing: new Looking(definition, content, today) }
  return looked.standing
}

class Looking implements Standing {
  readonly #form: Form
  readonly #known: Values
  readonly #given: Answers
  readonly #calculations: Calculations
  /** Those that count. */
  readonly #answers: Record<string, JsonValue> = {}
  /** Those of the first so many pages that are asked. */
  readonly #found: VisiblePage[] = []
  #lookedAt = 0
  #values: Values | undefined

  constructor({ form, evidence, tables }: ServiceDefinition, content: FormContent, today: string) {
    this.#form = form
    this.#given = content.answers
    this.#calculations = new Calculations(form)
    const facts = factValues(evidence, content.facts)
    this.#known = { facts, applicant: { ...content.applicant }, tables, today }
  }

  get pages(): readonly VisiblePage[] {
    this.#look(this.#form.pages.length)
    return this.#found
  }

  get values(): Values {
    this.#values ??= this.#valuesWith(this.#form.pages.length, this.#form.calculated)
    return this.#values
  }

  page(id: string): VisiblePage | undefined {
    this.#look(this.#form.pages.findIndex((page) => page.id === id) + 1)
    return this.#found.find(({ page }) => page.id === id)
  }

  valuesFor(page: FormPage): Values {
    if (this.#values !== undefined) return this.#values
    const { calculated, last } = neededBy(this.#form, page)
    return this.#valuesWith(last + 1, calculated)
  }

  #valuesWith(pages: number, calculated: readonly CalculatedField[]): Values {
    this.#look(pages)
    const seen = { ...this.#known, answers: { ...this.#answers } }
    this.#calculations.settle(calculated, seen)
    return { ...seen, calc: this.#calculations.all() }
  }

  /** As far as the first so many pages. */
  #look(pages: number): void {
    while (this.#lookedAt < pages) {
      const page = this.#form.pages[this.#lookedAt++]
      if (page !== undefined) this.#found.push(...this.#lookAt(page))
    }
  }

  #lookAt(page: FormPage): VisiblePage[] {
    if (page.when !== undefined && !this.#isTrue(page.when)) return []
    if (page.repeat !== undefined) return [this.#repeated(page, this.#given[page.id])]
    const fields: Field[] = []
    for (const field of page.fields) {
      if (field.when !== undefined && !this.#isTrue(field.when)) continue
      fields.push(field)
      const value = this.#given[field.id]
      if (value !== undefined) this.#give(field.id, value)
    }
    return [{ page, fields, items: [] }]
  }

  #repeated(page: FormPage, given: JsonValue | undefined): VisiblePage {
    const entries = Array.isArray(given) ? given.filter(isObject) : []
    const items = entries.map((entry) => this.#item(page, entry))
    this.#give(
      page.id,
      items.map(({ answers }) => answers),
    )
    return { page, fields: this.#item(page, {}).fields, items }
  }

  #give(id: string, value: JsonValue): void {
    this.#answers[id] = value
    this.#calculations.given(id)
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
    const { calculated } = needsOf(this.#form, expression)
    const values = { ...seen, calc: this.#calculations.settle(calculated, seen) }
    return holds(expression, item === undefined ? values : { ...values, item })
  }
}
