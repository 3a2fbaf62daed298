import type { Language } from '@sapan/kernel'
import {
  button,
  emptyState,
  form,
  linkButton,
  notification,
  type SiteAnswer,
  type SiteRequest,
  type SiteRoute,
  table,
  tag,
} from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import type { OidcClient } from '../../clients/settings.ts'
import type { OfficersCountry } from '../../officers/country.ts'
import type { Need, Visitor } from '../../visitor.ts'
import { administratorNeeds } from '../administering.ts'
import { officerOf } from '../officer-of.ts'
import type { AgencyClients } from './agency-clients.ts'
import { type ClientChoices, clientForm } from './form.ts'
import { faultOf, newValues, sentSettings, valuesOf } from './sent.ts'
import { words } from './words.ts'

export interface ClientRoutesOptions {
  readonly clients: AgencyClients
  readonly choices: ClientChoices
  readonly country: Pick<OfficersCountry, 'administrator' | 'administration'>
}

type Request = SiteRequest<Visitor>
type Handle = (request: Request) => Promise<SiteAnswer> | SiteAnswer

/** `/desk/clients…`: the systems of an agency that sign people in, for its administrators. */
export function clientRoutes(options: ClientRoutesOptions): SiteRoute<Visitor, Need>[] {
  const { clients, choices } = options
  const { looks, acts } = administratorNeeds(options.country)
  const route = (method: 'GET' | 'POST', path: string, handle: Handle) => ({
    method,
    path,
    needs: method === 'GET' ? looks : acts,
    handle,
  })
  const named = ({ parameters }: Request) => parameters.client ?? ''
  return [
    route('GET', '/desk/clients', async (request) =>
      listPage(await clients.list(officerOf(request.who)), request),
    ),
    {
      ...route('GET', '/desk/clients/new', (request) =>
        clientForm({ ...newForm(request), choices, values: newValues() }),
      ),
      needs: acts,
    },
    route('POST', '/desk/clients/new', (request) => register(options, request)),
    route('GET', '/desk/clients/:client', async (request) => {
      const { settings } = await clients.find(officerOf(request.who), named(request))
      return clientForm({ ...changeForm(request), choices, values: valuesOf(settings) })
    }),
    route('POST', '/desk/clients/:client', (request) => change(options, request)),
    route('POST', '/desk/clients/:client/disable', async (request) => {
      await clients.disable(officerOf(request.who), named(request))
      return { kind: 'redirect', to: '/desk/clients' }
    }),
    route('POST', '/desk/clients/:client/enable', async (request) => {
      await clients.enable(officerOf(request.who), named(request))
      return { kind: 'redirect', to: '/desk/clients' }
    }),
    route('POST', '/desk/clients/:client/secret', async (request) =>
      secretPage(await clients.renewSecret(officerOf(request.who), named(request)), request.language),
    ),
  ]
}

const newForm = ({ language, formKey }: Request) => ({
  language,
  formKey,
  action: '/desk/clients/new',
  isNew: true,
})

const changeForm = ({ language, formKey, parameters }: Request) => ({
  language,
  formKey,
  action: `/desk/clients/${parameters.client ?? ''}`,
  isNew: false,
})

async function register({ clients, choices }: ClientRoutesOptions, request: Request): Promise<SiteAnswer> {
  const { form: values, who, language } = request
  try {
    const { secret } = await clients.register(officerOf(who), sentSettings(values))
    return secret === undefined ? { kind: 'redirect', to: '/desk/clients' } : secretPage(secret, language)
  } catch (error) {
    const fault = faultOf(error, language)
    if (!fault) throw error
    return clientForm({ ...newForm(request), choices, values, fault })
  }
}

async function change({ clients, choices }: ClientRoutesOptions, request: Request): Promise<SiteAnswer> {
  const { form: values, who, language, parameters } = request
  const by = officerOf(who)
  const { settings } = await clients.find(by, parameters.client ?? '')
  try {
    const { secret } = await clients.change(by, settings.id, sentSettings(values, settings))
    return secret === undefined ? { kind: 'redirect', to: '/desk/clients' } : secretPage(secret, language)
  } catch (error) {
    const fault = faultOf(error, language)
    if (!fault) throw error
    return clientForm({ ...changeForm(request), choices, values, fault })
  }
}

function listPage(clients: readonly OidcClient[], { language, formKey }: Request): SiteAnswer {
  const columns = [words.name, words.id, words.profile, words.state, words.disable]
  return {
    kind: 'page',
    title: words.clients[language],
    body: [
      h('h1', null, words.clients[language]),
      h('p', null, linkButton({ text: words.register[language], href: '/desk/clients/new' })),
      clients.length === 0
        ? emptyState(words.empty[language], h('p', null, words.noneNext[language]))
        : table({
            caption: words.clients[language],
            isCaptionHidden: true,
            columns: columns.map((each) => ({ title: each[language] })),
            rows: clients.map((client) => rowOf(client, language, formKey)),
          }),
    ],
  }
}

function rowOf(
  { settings, names, disabledAt }: OidcClient,
  language: Language,
  formKey: ComponentChildren,
): ComponentChildren[] {
  const address = `/desk/clients/${settings.id}`
  const isOn = disabledAt === undefined
  const press = isOn ? 'disable' : 'enable'
  const hasSecret = settings.authentication === 'client_secret_basic'
  const action = (path: string, text: string) =>
    form(
      { action: `${address}/${path}`, formKey, inline: true },
      button({ text, kind: 'quiet', label: `${text}: ${names[language]}` }),
    )
  return [
    h('a', { href: address }, names[language]),
    h('code', null, settings.id),
    words[settings.profile][language],
    tag(words[isOn ? 'enabled' : 'disabled'][language], isOn ? 'success' : 'warning'),
    [action(press, words[press][language]), hasSecret ? action('secret', words.renew[language]) : null],
  ]
}

/** The one time that a secret is seen. */
function secretPage(secret: string, language: Language): SiteAnswer {
  return {
    kind: 'page',
    title: words.secret[language],
    body: [
      h('h1', null, words.secret[language]),
      notification({ kind: 'warning', title: words.secretAbout[language], isNew: true }),
      h('pre', { tabIndex: 0 }, secret),
      h('p', null, h('a', { href: '/desk/clients' }, words.back[language])),
    ],
  }
}
