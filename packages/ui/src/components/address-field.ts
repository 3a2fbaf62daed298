import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import { describedBy, type FieldOptions, fieldError, fieldHint, fieldLegend } from './field-parts.ts'
import { type PlaceChoice, placePicker } from './place-picker.ts'

export interface AddressFieldOptions extends FieldOptions {
  readonly language: Language
  /** What is typed, by the part: `house`, `moo`, `village`, `lane`, `road`. */
  readonly value: Readonly<Record<string, string | undefined>>
  readonly place: PlaceChoice
  /** It is the place that is wrong, not what is typed. */
  readonly isPlaceWrong?: boolean
}

const words = {
  house: { th: 'บ้านเลขที่', en: 'House number' },
  moo: { th: 'หมู่ที่ (ถ้ามี)', en: 'Village number, moo (if any)' },
  village: { th: 'หมู่บ้านหรืออาคาร (ถ้ามี)', en: 'Village or building (if any)' },
  lane: { th: 'ซอย (ถ้ามี)', en: 'Lane, soi (if any)' },
  road: { th: 'ถนน (ถ้ามี)', en: 'Road (if any)' },
} as const satisfies Record<string, Text>

type Line = keyof typeof words
const lines: readonly Line[] = ['house', 'moo', 'village', 'lane', 'road']

/**
 * An address: what is typed as `<name>-house`, `-moo`, `-village`, `-lane`, `-road`, and the place, which is chosen
 * step by step or by searching. Each step sends the form with `place=<name>:<step>`; the server shows the next.
 */
export function addressField(options: AddressFieldOptions): ComponentChild {
  const { name, language, value, error, isPlaceWrong = false, place } = options
  const line = (key: Line) => {
    const id = key === 'house' ? name : `${name}-${key}`
    return h(
      'div',
      { class: 'ds-field' },
      h('label', { for: id }, words[key][language]),
      h('input', {
        class: `ds-input${key === 'house' || key === 'moo' ? ' wide-10' : ''}`,
        id,
        name: `${name}-${key}`,
        autocomplete: 'off',
        value: value[key],
        // The others may stay empty: only the house is ever missed.
        'aria-invalid': error === undefined || isPlaceWrong || key !== 'house' ? undefined : 'true',
      }),
    )
  }
  return h(
    'fieldset',
    { class: 'ds-fieldset address', role: 'group', ...describedBy(options) },
    fieldLegend(options),
    fieldHint(options),
    fieldError(options),
    lines.map(line),
    placePicker(name, place, language, isPlaceWrong),
  )
}

/** Pressed by Enter, before any button of a step: it goes on with the form. */
export function firstButton(text: string): ComponentChild {
  return h(
    'div',
    { class: 'first-button', 'aria-hidden': 'true' },
    h('button', { type: 'submit', tabIndex: -1 }, text),
  )
}
