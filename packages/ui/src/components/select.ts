import { type ComponentChild, h } from 'preact'
import { describedBy, type FieldOptions, fieldError, fieldHint, fieldLabel } from './field-parts.ts'

export interface Choice {
  readonly value: string
  readonly text: string
  /** What the choice means or leads to. */
  readonly hint?: string | undefined
}

export interface SelectOptions extends FieldOptions {
  readonly choices: readonly Choice[]
  readonly value?: string | undefined
  /** Shown first, and chosen where nothing is. */
  readonly empty?: string
}

/** One of many. For up to seven, radios are easier. */
export function select(options: SelectOptions): ComponentChild {
  const { name, choices, value, empty } = options
  const entry = ({ value: own, text }: Choice): ComponentChild =>
    h('option', { value: own, selected: own === value }, text)
  return h(
    'div',
    { class: 'ds-field' },
    fieldLabel(options),
    fieldHint(options),
    fieldError(options),
    h(
      'select',
      { class: 'ds-input', id: name, name, ...describedBy(options) },
      empty === undefined ? null : h('option', { value: '' }, empty),
      choices.map(entry),
    ),
  )
}
