import type { Need, Visitor } from '@sapan/identity'
import { type Language, Problem } from '@sapan/kernel'
import {
  inset,
  preparedPart,
  type SiteAnswer,
  type SitePage,
  type SiteRequest,
  type SiteRoute,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { Catalogue } from './catalogue.ts'
import type { Entry } from './entry.ts'
import { feedbackSection } from './feedback/section.ts'
import type { Figures } from './figures.ts'
import { cataloguePage } from './pages/catalogue-page.ts'
import { figuresPage } from './pages/figures-page.ts'
import { lifeEventPage } from './pages/life-event-page.ts'
import { type ServicePageOptions, servicePage } from './pages/service-page.ts'
import { waysDown } from './pages/ways-down.ts'
import { words } from './pages/words.ts'
import { findingProblems } from './problems.ts'
import type { Search } from './search/search.ts'

export interface FindingPagesOptions extends ServicePageOptions {
  readonly search: Search
  readonly figures: Figures
}

type Handler = SiteRoute<Visitor, Need>['handle']

const figuresDays = 90

/** Public pages by which services are found: `/services…`, `/life-events/:event`. Nobody need be signed in. */
export function findingRoutes(options: FindingPagesOptions): SiteRoute<Visitor, Need>[] {
  const { catalogue, search, figures } = options
  const shown = servicePages(options)
  const get = (path: string, handle: Handler): SiteRoute<Visitor, Need> => ({ method: 'GET', path, handle })
  return [
    get('/services', (request) => cataloguePage({ catalogue, search }, request)),
    get('/life-events/:event', (request) => {
      const event = catalogue.lifeEvents.find(({ code }) => code === request.parameters.event)
      if (event === undefined) throw new Problem(findingProblems['life-event-unknown'])
      return lifeEventPage(catalogue, event, request)
    }),
    get('/services/:service', (request) => shown(entryOf(catalogue, request), request)),
    get('/services/:service/figures', async (request) => {
      const { definition } = entryOf(catalogue, request)
      if (definition === undefined) throw new Problem(findingProblems['service-not-offered'])
      return figuresPage(definition, await figures.of(definition.id, figuresDays), request)
    }),
    {
      method: 'POST',
      path: '/services/:service/feedback',
      handle: async (request) => await takeFeedback(options, request),
    },
  ]
}

function entryOf(catalogue: Catalogue, { parameters }: SiteRequest<unknown>): Entry {
  const entry = catalogue.find(parameters.service ?? '')
  if (entry === undefined) throw new Problem(findingProblems['service-not-offered'])
  return entry
}

/** What is said of a service is the same for everybody: each page is drawn once in a language. */
function servicePages(options: ServicePageOptions) {
  const drawn = new Map<string, (formKey: ComponentChild) => SitePage>()
  return (entry: Entry, { language, formKey }: SiteRequest<unknown>): SitePage => {
    const name = `${language} ${entry.id}`
    const page = drawn.get(name) ?? drawPage(options, entry, language)
    drawn.set(name, page)
    return page(formKey)
  }
}

function drawPage(options: ServicePageOptions, entry: Entry, language: Language) {
  const { id, name, definition } = entry
  const body = preparedPart((formKey) =>
    servicePage(
      options,
      entry,
      language,
      definition ? feedbackSection({ service: id, step: 'about', language, formKey }) : null,
    ),
  )
  return (formKey: ComponentChild): SitePage => ({ kind: 'page', title: name[language], body: body(formKey) })
}

/** Anybody may say what they think; a step that there is not counts for the service's own page. */
async function takeFeedback(
  { catalogue, figures }: FindingPagesOptions,
  request: SiteRequest<unknown>,
): Promise<SiteAnswer> {
  const { definition, name, id } = entryOf(catalogue, request)
  if (definition === undefined) throw new Problem(findingProblems['service-not-offered'])
  const { form, language } = request
  const sent = form.get('step') ?? ''
  const step = definition.form.pages.some((page) => page.id === sent) ? sent : 'about'
  const text = (form.get('said') ?? '').normalize('NFC').slice(0, 1000)
  const isKept = await figures.say({ service: id, step, clear: form.get('clear') !== 'no', text })
  if (!isKept) throw new Problem(findingProblems['feedback-full'])
  const body = h(
    'div',
    { class: 'column' },
    waysDown(language, { href: `/services/${id}`, text: name[language] }),
    h('h1', null, words.thanks[language]),
    inset(words.thanksText[language]),
    h('p', null, h('a', { href: `/services/${id}` }, words.back[language])),
  )
  return { kind: 'page', title: words.thanks[language], body }
}
