import { type ComponentChild, h } from 'preact'
import { describedBy, type FieldOptions, fieldError, fieldHint, fieldLegend } from './field-parts.ts'
import type { Choice } from './select.ts'

export interface ChoicesOptions extends FieldOptions {
  readonly choices: readonly Choice[]
  /** Chosen already. */
  readonly values: readonly string[]
}

/** Several inputs that are one question. The first has the question's name as `id`, so that errors lead to it. */
export function choiceGroup(type: 'radio' | 'checkbox', options: ChoicesOptions): ComponentChild {
  return h(
    'fieldset',
    { class: 'ds-fieldset', ...describedBy(options), ...(type === 'radio' ? { role: 'radiogroup' } : {}) },
    fieldLegend(options),
    fieldHint(options),
    fieldError(options),
    options.choices.map((choice, index) => oneChoice(type, choice, index, options)),
  )
}

function oneChoice(
  type: 'radio' | 'checkbox',
  { value, text, hint }: Choice,
  index: number,
  { name, values, error }: ChoicesOptions,
): ComponentChild {
  const id = index === 0 ? name : `${name}-${index + 1}`
  const hintId = `${id}-about`
  return h(
    'div',
    { class: 'ds-field' },
    h('input', {
      type,
      class: 'ds-input',
      id,
      name,
      value,
      checked: values.includes(value),
      'aria-describedby': hint === undefined ? undefined : hintId,
      'aria-invalid': error === undefined ? undefined : 'true',
    }),
    h('label', { for: id }, text),
    // A hint may be what somebody wrote: it turns nothing beside it.
    hint === undefined ? null : h('p', { 'data-field': 'description', id: hintId, dir: 'auto' }, hint),
  )
}
