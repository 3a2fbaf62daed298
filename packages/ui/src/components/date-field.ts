import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import { describedBy, type FieldOptions, fieldError, fieldHint, fieldLegend } from './field-parts.ts'

export interface DateFieldOptions extends FieldOptions {
  readonly language: Language
  /** As they were sent, or of `dateParts`. */
  readonly value?: { readonly day: string; readonly month: string; readonly year: string } | undefined
  /** What a browser may fill in. */
  readonly isBirthday?: boolean
}

const words = {
  day: { th: 'วัน', en: 'Day' },
  month: { th: 'เดือน', en: 'Month' },
  year: { th: 'ปี พ.ศ.', en: 'Year' },
} as const satisfies Record<string, Text>

/** A date in three fields, `<name>-day`, `-month`, `-year`; in Thai its year is of the Buddhist era. Read it by `readDate`. */
export function dateField(options: DateFieldOptions): ComponentChild {
  const { language, name, value, error, isBirthday = false } = options
  const part = (key: 'day' | 'month' | 'year') =>
    h(
      'div',
      { class: 'ds-field' },
      h('label', { for: partId(name, key) }, words[key][language]),
      h('input', {
        class: `ds-input wide-${key === 'year' ? 6 : 4}`,
        id: partId(name, key),
        name: `${name}-${key}`,
        inputMode: 'numeric',
        maxLength: key === 'year' ? 4 : 2,
        autocomplete: isBirthday && language === 'en' ? `bday-${key}` : 'off',
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
    h('div', { class: 'date-parts' }, part('day'), part('month'), part('year')),
  )
}

/** The first has the question's own name, to which the error summary leads. */
function partId(name: string, key: string): string {
  return key === 'day' ? name : `${name}-${key}`
}
