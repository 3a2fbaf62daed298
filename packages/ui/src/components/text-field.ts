import { type ComponentChild, h } from 'preact'
import { describedBy, type FieldOptions, fieldError, fieldHint, fieldLabel } from './field-parts.ts'

export interface TextFieldOptions extends FieldOptions {
  readonly value?: string | undefined
  /** `password` is not shown again; `text` by default. */
  readonly type?: 'text' | 'email' | 'password' | 'tel' | 'search'
  /** Which keyboard a phone shows. */
  readonly inputMode?: 'numeric' | 'decimal' | 'email' | 'tel'
  /** What a browser may fill in (WCAG 2.2, 1.3.5): `one-time-code`, `email`, `username webauthn`. */
  readonly autocomplete?: string
  /** Letters for which it is wide; the whole column by default. */
  readonly width?: 4 | 6 | 10 | 20
  /** Letters that it takes. */
  readonly longest?: number
}

/** One line of text. */
export function textField(options: TextFieldOptions): ComponentChild {
  const { name, value, type = 'text', inputMode, autocomplete, width, longest } = options
  return h(
    'div',
    { class: 'ds-field' },
    fieldLabel(options),
    fieldHint(options),
    fieldError(options),
    h('input', {
      class: `ds-input${width === undefined ? '' : ` wide-${width}`}`,
      id: name,
      name,
      type,
      inputMode,
      autocomplete,
      maxLength: longest,
      value: type === 'password' ? undefined : value,
      spellcheck: type === 'text' && inputMode === undefined ? undefined : false,
      ...describedBy(options),
    }),
  )
}
