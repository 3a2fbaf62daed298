import type { Expression } from '@sapan/cel'
import type { Field, Form, FormPage } from '../definition/form.ts'

export type CalculatedField = Form['calculated'][number]

/** What stands behind an expression of a form. */
export interface Needs {
  /** What has to be calculated first, in the definition's order. */
  readonly calculated: readonly CalculatedField[]
  /** Ids of the answers that it reads, also by way of what is calculated. */
  readonly answers: ReadonlySet<string>
}

const known = new WeakMap<Pick<Form, 'calculated'>, WeakMap<Expression, Needs>>()

/** Of each expression found once: forms and their expressions never change. */
export function needsOf(form: Pick<Form, 'calculated'>, expression: Expression): Needs {
  const ofForm = known.get(form) ?? new WeakMap<Expression, Needs>()
  known.set(form, ofForm)
  const found = ofForm.get(expression) ?? closureOf(form, expression)
  ofForm.set(expression, found)
  return found
}

function closureOf({ calculated }: Pick<Form, 'calculated'>, expression: Expression): Needs {
  const ids = new Set(readOf(expression, 'calc'))
  const answers = new Set(readOf(expression, 'answers'))
  const needed: CalculatedField[] = []
  // Each reads only what comes before it.
  for (const field of calculated.toReversed()) {
    if (!ids.has(field.id)) continue
    needed.unshift(field)
    for (const id of readOf(field.value, 'calc')) ids.add(id)
    for (const id of readOf(field.value, 'answers')) answers.add(id)
  }
  return { calculated: needed, answers }
}

/** What stands behind the fields of a page. */
export interface PageNeeds {
  readonly calculated: readonly CalculatedField[]
  /** The last page that has to be looked at first, from 0: its own, or one behind it of which an expression reads. */
  readonly last: number
}

const knownPages = new WeakMap<FormPage, PageNeeds>()

/** What the expressions of a page's fields need, found once. */
export function neededBy(form: Form, page: FormPage): PageNeeds {
  const found = knownPages.get(page) ?? pageNeeds(form, page)
  knownPages.set(page, found)
  return found
}

function pageNeeds(form: Form, page: FormPage): PageNeeds {
  const needs = page.fields.flatMap(expressionsOf).map((one) => needsOf(form, one))
  const calculated = new Set(needs.flatMap((one) => one.calculated))
  const answers = new Set(needs.flatMap((one) => [...one.answers]))
  const last = form.pages.findLastIndex(
    (one) => one === page || answers.has(one.id) || one.fields.some(({ id }) => answers.has(id)),
  )
  return { calculated: form.calculated.filter((one) => calculated.has(one)), last }
}

/** All that is evaluated to ask a field and to check its answer. */
function expressionsOf({ when, required, limits, checks }: Field): Expression[] {
  return [when, required, limits.min, limits.max, ...checks.map(({ rule }) => rule)].filter(
    (one) => typeof one === 'object',
  )
}

/** Ids below a first name; none of these is ever read whole (`cel/compile.ts`). */
function readOf({ reads }: Expression, root: 'answers' | 'calc'): readonly string[] {
  return reads.flatMap((path) => {
    const [first, id = ''] = path.split('.')
    return first === root ? [id] : []
  })
}
