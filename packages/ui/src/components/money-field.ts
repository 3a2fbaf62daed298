import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import { describedBy, type FieldOptions, fieldError, fieldHint, fieldLabel } from './field-parts.ts'

export interface MoneyFieldOptions extends FieldOptions {
  readonly language: Language
  /** As it was typed, or `1,234.50`. */
  readonly value?: string | undefined
}

const baht = { th: 'บาท', en: 'baht' } as const satisfies Text

/** An amount of money. What people write with it (commas, `บาท`) is for whoever reads it. */
export function moneyField(options: MoneyFieldOptions): ComponentChild {
  const { name, value, language } = options
  return h(
    'div',
    { class: 'ds-field' },
    fieldLabel(options),
    fieldHint(options),
    fieldError(options),
    h(
      'div',
      { class: 'with-unit' },
      h('input', {
        class: 'ds-input wide-10 number',
        id: name,
        name,
        inputMode: 'decimal',
        autocomplete: 'off',
        spellcheck: false,
        value,
        ...describedBy(options),
      }),
      // Said by the screen reader with the label, not by itself.
      h('span', { 'aria-hidden': 'true' }, baht[language]),
    ),
  )
}
