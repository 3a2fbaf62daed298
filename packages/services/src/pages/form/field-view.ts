import type { Values } from '@sapan/cel'
import { filled, type Language } from '@sapan/kernel'
import {
  addressField,
  button,
  checkboxes,
  dateField,
  type FieldOptions,
  fileField,
  moneyField,
  monthField,
  nameField,
  radios,
  select,
  textArea,
  textField,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { FileAnswer } from '../../application/answers.ts'
import type { Field } from '../../definition/form.ts'
import { endingsOf, typeName } from '../../draft/upload/media-type.ts'
import { acceptedTypes, mostBytes, plainBytes } from '../../draft/upload/take-file.ts'
import type { Places } from '../../form/places.ts'
import type { FieldError } from '../../form/read-page.ts'
import type { Country } from '../../form/reading.ts'
import { placeChoice } from './place-choice.ts'
import { formWords as words } from './words.ts'

/** What a field is shown with. */
export interface FieldSetting {
  readonly language: Language
  /** What stands in the inputs: as it was typed, or as it is known. */
  readonly shown: URLSearchParams
  readonly error: FieldError | undefined
  readonly isRequired: boolean
  readonly isHeading: boolean
  readonly places: Places
  readonly countries: readonly Country[]
  readonly values: Values
  /** The file that is attached, and where it is. */
  readonly file?: { readonly answer: FileAnswer; readonly href: string }
}

/** The input of one field. */
export function fieldView(field: Field, setting: FieldSetting): ComponentChild {
  const { language, shown, error, isRequired, isHeading } = setting
  const label = `${field.label[language]}${isRequired ? '' : ` ${words.optional[language]}`}`
  const hint = field.hint?.[language]
  const options: FieldOptions = { name: field.id, label, hint, error: error?.text[language], isHeading }
  const value = shown.get(field.id) ?? undefined
  const part = (key: string): string => shown.get(`${field.id}-${key}`) ?? ''
  switch (field.type) {
    case 'longtext':
      return textArea({ ...options, value })
    case 'choice':
      return oneOf(field, options, value, language)
    case 'choices':
      return checkboxes({ ...options, choices: choicesOf(field, language), values: shown.getAll(field.id) })
    case 'yes-no':
      return radios({
        ...options,
        value,
        choices: ['yes', 'no'].map((one) => ({ value: one, text: words[one as 'yes'][language] })),
      })
    case 'country':
      return select({ ...options, value, empty: words.choose[language], choices: countriesOf(setting) })
    case 'date': {
      const parts = { day: part('day'), month: part('month'), year: part('year') }
      return dateField({ ...options, hint: hint ?? words.dayHint[language], language, value: parts })
    }
    case 'month':
      return monthField({ ...options, language, value: { month: part('month'), year: part('year') } })
    case 'money':
      return moneyField({ ...options, language, value })
    case 'person-name': {
      const parts = {
        title: part('title'),
        given: part('given'),
        middle: part('middle'),
        family: part('family'),
      }
      return nameField({ ...options, language, value: parts })
    }
    case 'address':
      return address(field, options, setting)
    case 'file':
      return file(field, options, setting)
    default:
      return line(field, options, value, language)
  }
}

function line(
  field: Field,
  options: FieldOptions,
  value: string | undefined,
  language: Language,
): ComponentChild {
  const { type } = field
  if (type === 'whole') return textField({ ...options, value, inputMode: 'numeric', width: 6 })
  if (type === 'phone') return textField({ ...options, value, type: 'tel', width: 20, autocomplete: 'tel' })
  if (type === 'email') return textField({ ...options, value, type: 'email', autocomplete: 'email' })
  if (type === 'passport') return textField({ ...options, value, width: 20, autocomplete: 'off' })
  if (type === 'text') return textField({ ...options, value })
  const hint = options.hint ?? words.idHint[language]
  return textField({ ...options, hint, value, inputMode: 'numeric', width: 20, autocomplete: 'off' })
}

/** Up to seven are easier to choose from when all are seen. */
function oneOf(
  field: Field,
  options: FieldOptions,
  value: string | undefined,
  language: Language,
): ComponentChild {
  const choices = choicesOf(field, language)
  if (choices.length <= 7) return radios({ ...options, choices, value })
  return select({ ...options, choices, value, empty: words.choose[language] })
}

function choicesOf({ options }: Field, language: Language) {
  return options.map(({ value, text, hint }) => ({ value, text: text[language], hint: hint?.[language] }))
}

function countriesOf({ countries, language }: FieldSetting) {
  const order = new Intl.Collator(language)
  return countries
    .map(({ code, name }) => ({ value: code, text: name[language] }))
    .sort((a, b) => order.compare(a.text, b.text))
}

function address({ id }: Field, options: FieldOptions, setting: FieldSetting): ComponentChild {
  const { shown, places, language, error } = setting
  const lines = ['house', 'moo', 'village', 'lane', 'road']
  return addressField({
    ...options,
    language,
    value: Object.fromEntries(lines.map((line) => [line, shown.get(`${id}-${line}`) ?? undefined])),
    place: placeChoice(places, shown, id, language),
    isPlaceWrong: error?.input === `${id}-place`,
  })
}

function file(field: Field, options: FieldOptions, setting: FieldSetting): ComponentChild {
  const { language, values, file: kept } = setting
  const types = acceptedTypes(field)
  const size = plainBytes(mostBytes(field, values))
  const limit = filled(words.file[language], { types: types.map(typeName).join(', '), size })
  const hint = [options.hint, limit, kept && words.fileOther[language]].filter(Boolean).join(' · ')
  const input = fileField({ ...options, hint, accept: types.flatMap(endingsOf).join(',') })
  if (kept === undefined) return input
  const { answer, href } = kept
  return h(
    'div',
    { class: 'kept-file' },
    h(
      'p',
      null,
      `${words.fileKept[language]}: `,
      h('a', { href, class: 'break' }, answer.name),
      ` (${plainBytes(answer.bytes)}) `,
    ),
    button({ text: words.removeFile[language], kind: 'quiet', name: 'remove-file', value: field.id }),
    input,
  )
}
