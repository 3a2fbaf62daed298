import { Problem, type Text } from '@sapan/kernel'
import {
  button,
  emptyState,
  form,
  type SitePage,
  type SiteRedirect,
  type SiteRequest,
  type SiteRoute,
  siteProblems,
} from '@sapan/ui'
import { h } from 'preact'

/** A gateway, or the center, whose pages an officer may open. */
export interface OperatorPlace {
  readonly kind: 'gateway' | 'center'
  /** How it is called: `TH/GOV/DOPA/gateway-1`. */
  readonly name: string
  /** Where its pages are. */
  readonly origin: string
  /** A link that signs the officer in there once. */
  link(): Promise<string>
}

export interface DeskExchangeOptions<Who, Need> {
  /** The duty that it takes. */
  readonly needs: Need
  /** What an officer may open, for the agency for which they work now. */
  placesOf(who: Who): Promise<readonly OperatorPlace[]>
}

const words = {
  title: { th: 'ดูแลการแลกเปลี่ยนข้อมูล', en: 'Look after the data exchange' },
  lead: {
    th: 'เปิดหน้าผู้ดูแลของเกตเวย์ในนามหน่วยงานที่คุณทำงานให้ตอนนี้ คุณจะเห็นเฉพาะส่วนของหน่วยงานนั้น',
    en: 'Open the operator’s pages for the agency for which you work now. You see what is that agency’s.',
  },
  gateway: { th: 'เกตเวย์ของหน่วยงาน', en: 'The agency’s gateway' },
  center: { th: 'ศูนย์กลางของเครือข่าย', en: 'The center of the exchange' },
  open: { th: 'เปิดหน้าผู้ดูแล', en: 'Open the operator’s pages' },
  none: { th: 'ไม่พบเกตเวย์ของหน่วยงานนี้', en: 'No gateway of this agency is found' },
  noneNext: {
    th: 'เกตเวย์อาจปิดอยู่ หรือมีผู้ดูแลเป็นหน่วยงานอื่น ติดต่อผู้ดูแลระบบของท่าน',
    en: 'It may be closed, or others may run it. Ask your systems administrator.',
  },
} as const satisfies Record<string, Text>

/** At the officers' desk: the way to the pages of the gateway of their agency, and to the center's for who runs it. */
export function deskExchangeRoutes<Who, Need>(
  options: DeskExchangeOptions<Who, Need>,
): SiteRoute<Who, Need>[] {
  const { needs } = options
  return [
    { method: 'GET', path: '/desk/exchange', needs, handle: (request) => choosePage(options, request) },
    { method: 'POST', path: '/desk/exchange', needs, handle: (request) => open(options, request) },
  ]
}

async function choosePage<Who, Need>(
  { placesOf }: DeskExchangeOptions<Who, Need>,
  { who, language, formKey }: SiteRequest<Who>,
): Promise<SitePage> {
  const places = await placesOf(who)
  const title = words.title[language]
  const body = h(
    'div',
    { class: 'column' },
    h('h1', null, title),
    h('p', { class: 'lead' }, words.lead[language]),
    places.length === 0
      ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
      : places.map(({ kind, name }) => [
          h('h2', null, words[kind][language]),
          h('p', null, h('code', null, name)),
          form(
            { action: '/desk/exchange', formKey, inline: true },
            h('input', { type: 'hidden', name: 'place', value: name }),
            button({ text: words.open[language], label: `${words.open[language]}: ${name}` }),
          ),
        ]),
  )
  return { kind: 'page', title, body, formTargets: places.map(({ origin }) => origin) }
}

/** Throws `page-unknown` for a place that is not theirs. */
async function open<Who, Need>(
  { placesOf }: DeskExchangeOptions<Who, Need>,
  { who, form: sent }: SiteRequest<Who>,
): Promise<SiteRedirect> {
  const place = (await placesOf(who)).find(({ name }) => name === sent.get('place'))
  if (place === undefined) throw new Problem(siteProblems['page-unknown'])
  return { kind: 'redirect', to: await place.link() }
}
