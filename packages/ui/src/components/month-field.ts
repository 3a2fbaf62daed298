import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import { describedBy, type FieldOptions, fieldError, fieldHint, fieldLegend } from './field-parts.ts'

export interface MonthFieldOptions extends FieldOptions {
  readonly language: Language
  readonly value?: { readonly month: string; readonly year: string } | undefined
}

const words = {
  month: { th: 'เดือน', en: 'Month' },
  year: { th: 'ปี พ.ศ.', en: 'Year' },
} as const satisfies Record<string, Text>

/** A month of a year in two fields, `<name>-month`, `<name>-year`; in Thai its year is of the Buddhist era. */
export function monthField(options: MonthFieldOptions): ComponentChild {
  const { language, name, value, error } = options
  const part = (key: 'month' | 'year', id: string) =>
    h(
      'div',
      { class: 'ds-field' },
      h('label', { for: id }, words[key][language]),
      h('input', {
        class: `ds-input wide-${key === 'year' ? 6 : 4}`,
        id,
        name: `${name}-${key}`,
        inputMode: 'numeric',
        autocomplete: 'off',
        value: value?.[key],
        'aria-invalid': error === undefined ? undefined : 'true',
      }),
    )
  return h(
    'fieldset',
    { class: 'ds-fieldset', role: 'group', ...describedBy(options) },
    fieldLegend(options),
    fieldHint(options),
    fieldError(options),
    h('div', { class: 'date-parts' }, part('month', name), part('year', `${name}-year`)),
  )
}
