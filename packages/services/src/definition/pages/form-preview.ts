import type { Values } from '@sapan/cel'
import type { Language } from '@sapan/kernel'
import { tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { isoCountries } from '../../form/countries.ts'
import { fieldView } from '../../pages/form/field-view.ts'
import type { ServiceDefinition } from '../definition.ts'
import type { Field, FormPage } from '../form.ts'
import type { AuthoringOptions } from './options.ts'
import { authoringWords as words } from './words.ts'

/** A page of the form as somebody sees it who begins, with what decides whether they see it. */
export function formPreview(
  options: Pick<AuthoringOptions<unknown>, 'places' | 'countries' | 'today'>,
  { tables }: ServiceDefinition,
  { title, about, when, repeat, fields }: FormPage,
  language: Language,
): ComponentChild[] {
  const values: Values = { answers: {}, facts: {}, calc: {}, tables, today: options.today() }
  return [
    h('h3', null, title[language]),
    about === undefined ? null : h('p', null, about[language]),
    when === undefined ? null : note(words.onlyWhen[language], when.source),
    repeat === undefined
      ? null
      : h('p', null, tag(`${words.repeated[language]}: ${repeat.one[language]} ${repeat.min}–${repeat.max}`)),
    ...fields.map((field) => fieldPreview(options, field, values, language)),
  ]
}

function fieldPreview(
  { places, countries = isoCountries() }: Pick<AuthoringOptions<unknown>, 'places' | 'countries'>,
  field: Field,
  values: Values,
  language: Language,
): ComponentChild {
  const view = fieldView(field, {
    language,
    shown: new URLSearchParams(),
    error: undefined,
    isRequired: field.required !== false,
    isHeading: false,
    places,
    countries,
    values,
  })
  return h(
    'div',
    null,
    view,
    field.when === undefined ? null : note(words.onlyWhen[language], field.when.source),
    field.from === undefined ? null : note(words.from[language], field.from.source),
  )
}

function note(text: string, source: string): ComponentChild {
  return h('p', { class: 'quiet' }, text, ' ', h('code', null, source))
}
