import { type ComponentChild, h } from 'preact'
import { describedBy, type FieldOptions, fieldError, fieldHint, fieldLabel } from './field-parts.ts'

export interface TextAreaOptions extends FieldOptions {
  readonly value?: string | undefined
  readonly rows?: number
  readonly longest?: number
}

/** Several lines of text. */
export function textArea(options: TextAreaOptions): ComponentChild {
  const { name, value, rows = 5, longest } = options
  return h(
    'div',
    { class: 'ds-field' },
    fieldLabel(options),
    fieldHint(options),
    fieldError(options),
    h(
      'textarea',
      { class: 'ds-input', id: name, name, rows, maxLength: longest, ...describedBy(options) },
      value,
    ),
  )
}
