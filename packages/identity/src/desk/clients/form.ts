import type { Language, Text } from '@sapan/kernel'
import {
  button,
  type Choice,
  checkbox,
  checkboxes,
  details,
  errorSummary,
  form,
  type SitePage,
  select,
  textArea,
  textField,
} from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import { clientAuthentications } from '../../clients/settings.ts'
import type { ClientFault } from './sent.ts'
import { words } from './words.ts'

/** What a client may name. */
export interface ClientChoices {
  readonly scopes: readonly { readonly code: string; readonly name?: Text }[]
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

/** The settings of a client, to be written or changed: all that a file may have. */
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

type Word = keyof typeof words
type About = ReturnType<typeof aboutFields>

/** What each field has: its name, label, hint, value and what is wrong with it. */
function aboutFields({ language, values, fault }: ClientFormOptions) {
  return (name: string, label: Word, hint?: Word) => ({
    name,
    label: words[label][language],
    value: values.get(name) ?? '',
    ...(hint && { hint: words[hint][language] }),
    error: fault?.field === name ? fault.text : undefined,
  })
}

function fieldsOf(options: ClientFormOptions): ComponentChildren {
  const about = aboutFields(options)
  const heading = (word: Word) => h('h2', null, words[word][options.language])
  return [
    heading('aboutIt'),
    ...nameFields(options, about),
    heading('itself'),
    ...proofFields(options, about),
    heading('people'),
    ...peopleFields(options, about),
    ...moreFields(options, about),
  ]
}

function nameFields({ isNew, language }: ClientFormOptions, about: About): ComponentChildren[] {
  return [
    isNew ? textField({ ...about('id', 'id', 'idHint'), longest: 64, width: 20 }) : null,
    textField({ ...about('name_th', 'nameTh'), longest: 200 }),
    textField({ ...about('name_en', 'nameEn'), longest: 200 }),
    textField({ ...about('purpose_th', 'purposeTh', 'purposeHint'), longest: 200 }),
    textField({ ...about('purpose_en', 'purposeEn'), longest: 200 }),
    select({
      ...about('profile', 'profile', 'profileHint'),
      choices: (['fapi2', 'basic'] as const).map((value) => ({ value, text: words[value][language] })),
    }),
  ]
}

function proofFields({ language }: ClientFormOptions, about: About): ComponentChildren[] {
  const authentications = clientAuthentications.map((value) => ({ value, text: words[value][language] }))
  const bindings = (['dpop', 'mtls'] as const).map((value) => ({ value, text: words[value][language] }))
  return [
    select({ ...about('authentication', 'authentication'), choices: authentications }),
    textField({ ...about('jwksUri', 'jwksUri', 'jwksUriHint'), longest: 2000 }),
    textArea({ ...about('jwks', 'jwks', 'jwksHint'), rows: 4, longest: 50_000 }),
    select({
      ...about('tls_kind', 'tlsKind', 'tlsHint'),
      choices: plain(['dn', 'dns', 'uri', 'ip', 'email']),
      empty: words.unset[language],
    }),
    textField({ ...about('tls_value', 'tlsValue'), longest: 500 }),
    select({ ...about('bound', 'bound'), choices: bindings, empty: words.unbound[language] }),
  ]
}

function peopleFields({ language, values, choices }: ClientFormOptions, about: About): ComponentChildren[] {
  const scopes = choices.scopes.map(({ code, name }) => ({
    value: code,
    text: name === undefined ? code : `${name[language]} (${code})`,
  }))
  return [
    textArea({ ...about('redirectUris', 'redirectUris', 'redirectHint'), rows: 3, longest: 20_000 }),
    checkboxes({
      ...about('scopes', 'scopes', 'scopesHint'),
      choices: scopes,
      values: values.getAll('scopes'),
    }),
    select({ ...about('ial', 'ial'), choices: choices.ial, empty: words.any[language] }),
    select({ ...about('aal', 'aal'), choices: choices.aal, empty: words.any[language] }),
  ]
}

/** What most systems do without, folded until it is set. */
const more = [
  'consents',
  'refresh',
  'exchange',
  'postLogoutRedirectUris',
  'backchannelLogoutUri',
  'ciba_mode',
  'ciba_notify',
  'idTokenAlgorithm',
]

function moreFields(options: ClientFormOptions, about: About): ComponentChildren[] {
  const { language, values, fault } = options
  const isOpen = more.some((name) => values.get(name)) || more.includes(fault?.field ?? '')
  const tick = (name: Word, hint: Word) =>
    checkbox({ ...about(name, name, hint), isChecked: values.get(name) === 'yes' })
  const modes = (['poll', 'ping'] as const).map((value) => ({ value, text: words[value][language] }))
  return [
    details(
      { summary: words.more[language], isOpen },
      h(
        'div',
        { class: 'form' },
        tick('consents', 'consentsHint'),
        tick('refresh', 'refreshHint'),
        tick('exchange', 'exchangeHint'),
        textArea({ ...about('postLogoutRedirectUris', 'afterSignOut'), rows: 2, longest: 20_000 }),
        textField({ ...about('backchannelLogoutUri', 'backchannel', 'backchannelHint'), longest: 2000 }),
        select({ ...about('ciba_mode', 'ciba', 'cibaHint'), choices: modes, empty: words.unset[language] }),
        textField({ ...about('ciba_notify', 'cibaNotify', 'cibaNotifyHint'), longest: 2000 }),
        select({
          ...about('idTokenAlgorithm', 'algorithm'),
          choices: plain(['ES256', 'PS256', 'EdDSA', 'RS256']),
          empty: words.usual[language],
        }),
      ),
    ),
  ]
}
