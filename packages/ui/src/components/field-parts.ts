import { type ComponentChild, h } from 'preact'

/** What every kind of field has. Texts are in the page's language already. */
export interface FieldOptions {
  /** Of the form's field; also its `id`, to which the error summary leads. */
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong and how to mend it. */
  readonly error?: string | undefined
  /** The one question of its page: the label is the page's heading. */
  readonly isHeading?: boolean
}

export function fieldHint({ name, hint }: FieldOptions): ComponentChild {
  return hint === undefined ? null : h('p', { 'data-field': 'description', id: `${name}-hint` }, hint)
}

export function fieldError({ name, error }: FieldOptions): ComponentChild {
  return error === undefined ? null : h('p', { class: 'ds-validation-message', id: `${name}-error` }, error)
}

/** Ties an input to its hint and its error (WCAG 2.2, 1.3.1, 3.3.1). */
export function describedBy({ name, hint, error }: FieldOptions): Record<string, string> {
  const ids = [hint === undefined ? '' : `${name}-hint`, error === undefined ? '' : `${name}-error`]
  const named = ids.filter(Boolean).join(' ')
  return {
    ...(named === '' ? {} : { 'aria-describedby': named }),
    ...(error === undefined ? {} : { 'aria-invalid': 'true' }),
  }
}

/** The label of one input; as a heading where it is the page's question. */
export function fieldLabel({ name, label, isHeading = false }: FieldOptions): ComponentChild {
  const element = h('label', { class: 'ds-label', for: name }, label)
  return isHeading ? h('h1', { class: 'question' }, element) : element
}

/** The legend of several inputs that are one question. */
export function fieldLegend({ label, isHeading = false }: FieldOptions): ComponentChild {
  return h('legend', { class: 'ds-label' }, isHeading ? h('h1', { class: 'question' }, label) : label)
}
