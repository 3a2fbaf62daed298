import { type ComponentChild, h } from 'preact'
import { describedBy, type FieldOptions, fieldError, fieldHint } from './field-parts.ts'

/** One thing to agree to or to choose. Its value is `yes`. */
export function checkbox(options: FieldOptions & { readonly isChecked?: boolean }): ComponentChild {
  const { name, label, isChecked = false } = options
  return h(
    'div',
    { class: 'ds-field' },
    h('input', {
      type: 'checkbox',
      class: 'ds-input',
      id: name,
      name,
      value: 'yes',
      checked: isChecked,
      ...describedBy(options),
    }),
    h('label', { for: name }, label),
    fieldHint(options),
    fieldError(options),
  )
}
