import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import { describedBy, type FieldOptions, fieldError, fieldHint, fieldLegend } from './field-parts.ts'

export interface NameFieldOptions extends FieldOptions {
  readonly language: Language
  readonly value?: Readonly<Partial<Record<NamePart, string>>> | undefined
  /** It is the visitor's own: a browser may fill it in. */
  readonly isOwn?: boolean
}

type NamePart = 'title' | 'given' | 'middle' | 'family'

const words = {
  title: { th: 'คำนำหน้า', en: 'Title' },
  given: { th: 'ชื่อ', en: 'Given name' },
  middle: { th: 'ชื่อกลาง (ถ้ามี)', en: 'Middle name (if any)' },
  family: { th: 'นามสกุล', en: 'Family name' },
} as const satisfies Record<NamePart, Text>

const filled = {
  title: 'honorific-prefix',
  given: 'given-name',
  middle: 'additional-name',
  family: 'family-name',
} as const

/** A person's name in four fields: `<name>-title`, `-given`, `-middle`, `-family`. */
export function nameField(options: NameFieldOptions): ComponentChild {
  const { language, name, value, error, isOwn = false } = options
  const part = (key: NamePart) => {
    const id = key === 'title' ? name : `${name}-${key}`
    return h(
      'div',
      { class: 'ds-field' },
      h('label', { for: id }, words[key][language]),
      h('input', {
        class: `ds-input${key === 'title' ? ' wide-10' : ''}`,
        id,
        name: `${name}-${key}`,
        autocomplete: isOwn ? filled[key] : 'off',
        spellcheck: false,
        value: value?.[key],
        'aria-invalid': error === undefined ? undefined : 'true',
      }),
    )
  }
  return h(
    'fieldset',
    { class: 'ds-fieldset name-parts', role: 'group', ...describedBy(options) },
    fieldLegend(options),
    fieldHint(options),
    fieldError(options),
    part('title'),
    part('given'),
    part('middle'),
    part('family'),
  )
}
