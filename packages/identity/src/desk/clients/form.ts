import { type Language, Problem } from '@sapan/kernel'
import {
  button,
  type Choice,
  checkboxes,
  errorSummary,
  form,
  type SitePage,
  select,
  textArea,
  textField,
} from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import { type ClientSettings, clientAuthentications } from '../../clients/settings.ts'
import { words } from './words.ts'

/** What a client may name. */
export interface ClientChoices {
  readonly scopes: readonly string[]
  readonly ial: readonly Choice[]
  readonly aal: readonly Choice[]
}

export interface ClientFormOptions {
  readonly language: Language
  readonly formKey: ComponentChildren
  readonly action: string
  readonly isNew: boolean
  readonly values: URLSearchParams
  readonly choices: ClientChoices
  readonly fault?: ClientFault
}

/** What is wrong, at which field. */
export interface ClientFault {
  readonly field: string
  readonly text: string
}

/** The settings of a client, to be written or changed. */
export function clientForm(options: ClientFormOptions): SitePage {
  const { language, fault, isNew, action, formKey } = options
  const title = words[isNew ? 'register' : 'change'][language]
  return {
    kind: 'page',
    status: fault ? 422 : 200,
    title,
    body: [
      h('h1', null, title),
      errorSummary(fault ? [fault] : [], language),
      form({ action, formKey }, fieldsOf(options), button({ text: words.save[language] })),
      h('p', null, h('a', { href: '/desk/clients' }, words.back[language])),
    ],
  }
}

const plain = (values: readonly string[]): Choice[] => values.map((value) => ({ value, text: value }))

function fieldsOf({ language, isNew, values, choices, fault }: ClientFormOptions): ComponentChildren {
  const about = (name: string, label: { th: string; en: string }) => ({
    name,
    label: label[language],
    value: values.get(name) ?? '',
    error: fault?.field === name ? fault.text : undefined,
  })
  const profiles = (['fapi2', 'basic'] as const).map((value) => ({ value, text: words[value][language] }))
  return [
    isNew
      ? textField({ ...about('id', words.id), hint: words.idHint[language], longest: 64, width: 20 })
      : null,
    textField({ ...about('name_th', words.nameTh), longest: 200 }),
    textField({ ...about('name_en', words.nameEn), longest: 200 }),
    textField({ ...about('purpose_th', words.purposeTh), longest: 200 }),
    textField({ ...about('purpose_en', words.purposeEn), longest: 200 }),
    select({ ...about('profile', words.profile), choices: profiles }),
    select({ ...about('authentication', words.authentication), choices: plain(clientAuthentications) }),
    textField({ ...about('jwksUri', words.jwksUri), longest: 2000 }),
    select({ ...about('bound', words.bound), choices: plain(['dpop', 'mtls']), empty: words.any[language] }),
    textArea({ ...about('redirectUris', words.redirectUris), rows: 4, longest: 20_000 }),
    checkboxes({
      ...about('scopes', words.scopes),
      choices: plain(choices.scopes),
      values: values.getAll('scopes'),
    }),
    select({ ...about('ial', words.ial), choices: choices.ial, empty: words.any[language] }),
    select({ ...about('aal', words.aal), choices: choices.aal, empty: words.any[language] }),
  ]
}

/** Settings out of the form; what the form does not have stays as it was. */
export function sentSettings(sent: URLSearchParams, before: Partial<ClientSettings> = {}): object {
  const field = (name: string): string | undefined => sent.get(name)?.normalize('NFC').trim() || undefined
  const { jwks, jwksUri: _, bound: __, least: ___, purpose: ____, ...kept } = before
  const [ial, aal] = [field('ial'), field('aal')]
  const [th, en] = [field('purpose_th'), field('purpose_en')]
  const [jwksUri, bound] = [field('jwksUri'), field('bound')]
  const lines = (field('redirectUris') ?? '').split(/\s+/).filter((line) => line !== '')
  return {
    ...kept,
    id: before.id ?? field('id') ?? '',
    names: { th: field('name_th') ?? '', en: field('name_en') ?? '' },
    ...(th || en ? { purpose: { th: th ?? '', en: en ?? '' } } : {}),
    profile: field('profile'),
    authentication: field('authentication'),
    ...(jwksUri ? { jwksUri } : jwks ? { jwks } : {}),
    ...(bound ? { bound } : {}),
    redirectUris: lines,
    scopes: sent.getAll('scopes'),
    ...(ial || aal ? { least: { ...(ial ? { ial } : {}), ...(aal ? { aal } : {}) } } : {}),
  }
}

export function valuesOf(settings: ClientSettings): URLSearchParams {
  const { id, names, purpose, profile, authentication, jwksUri, bound, redirectUris, scopes, least } =
    settings
  const values = new URLSearchParams({
    id,
    name_th: names.th,
    name_en: names.en,
    purpose_th: purpose?.th ?? '',
    purpose_en: purpose?.en ?? '',
    profile,
    authentication,
    jwksUri: jwksUri ?? '',
    bound: bound ?? '',
    redirectUris: redirectUris.join('\n'),
    ial: least?.ial ?? '',
    aal: least?.aal ?? '',
  })
  for (const scope of scopes) values.append('scopes', scope)
  return values
}

const fields: Readonly<Record<string, string>> = {
  '/names/th': 'name_th',
  '/names/en': 'name_en',
  '/purpose/th': 'purpose_th',
  '/purpose/en': 'purpose_en',
  '/jwks': 'jwksUri',
  '/least/ial': 'ial',
  '/least/aal': 'aal',
}

/** Which field is wrong, where that is what went wrong. */
export function faultOf(error: unknown, language: Language): ClientFault | undefined {
  if (!(error instanceof Problem)) return undefined
  const text = (error.detail ?? error.type.title)[language]
  if (error.code === 'sign-in-client-taken') return { field: 'id', text }
  if (error.code !== 'sign-in-client-invalid') return undefined
  const place = String(error.extensions.place ?? '')
  return { field: fields[place] ?? place.split('/')[1] ?? '', text }
}
