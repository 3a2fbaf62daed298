import type { ExchangePage, ExchangeSummary } from '@sapan/exchange'
import type { Text } from '@sapan/kernel'
import {
  dateField,
  emptyState,
  pagination,
  readDate,
  type SiteAnswer,
  type SitePage,
  select,
  sentDateParts,
  table,
  textField,
} from '@sapan/ui'
import { h } from 'preact'
import { timeOf } from '../parts/figures.ts'
import { outcomeOf } from '../parts/outcome.ts'
import { operatorPage } from '../parts/page.ts'
import { searchForm } from '../parts/search-form.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import { addressOfExchange, exchangePage } from './exchange.ts'
import type { NameKeeper, Names } from './names.ts'

const words = {
  title: { th: 'การแลกเปลี่ยน', en: 'Exchanges' },
  lead: {
    th: 'ใครขออะไรจากใคร เพื่ออะไร และผลเป็นอย่างไร หน้านี้ไม่แสดงข้อมูลของบุคคล',
    en: 'Who asked whom for what, why, and how it ended. No person’s data is shown here.',
  },
  search: { th: 'ค้นหาการแลกเปลี่ยน', en: 'Search exchanges' },
  number: { th: 'เลขที่การแลกเปลี่ยน', en: 'Number of an exchange' },
  numberHint: { th: 'ถ้าระบุเลขที่ จะเปิดรายการนั้น', en: 'With a number, that one is opened.' },
  side: { th: 'ฝ่ายของเรา', en: 'Our side' },
  anySide: { th: 'ทั้งสองฝ่าย', en: 'Both' },
  client: { th: 'ระบบย่อยที่ขอ', en: 'Subsystem that asked' },
  service: { th: 'บริการ', en: 'Service' },
  since: { th: 'ตั้งแต่วันที่', en: 'From' },
  until: { th: 'ถึงวันที่', en: 'To' },
  when: { th: 'เวลา', en: 'When' },
  who: { th: 'ผู้ขอ', en: 'Asked by' },
  what: { th: 'บริการ', en: 'Service' },
  purpose: { th: 'วัตถุประสงค์', en: 'Purpose' },
  outcome: { th: 'ผล', en: 'Outcome' },
  anyOutcome: { th: 'ทุกผล', en: 'Any' },
  answered: { th: 'ได้คำตอบจากผู้ให้ข้อมูล', en: 'Answered by the provider' },
  refused: { th: 'เกตเวย์ปฏิเสธ', en: 'Refused by a gateway' },
  failed: { th: 'ไม่สำเร็จ', en: 'Failed' },
  none: { th: 'ไม่พบการแลกเปลี่ยน', en: 'No exchange is found' },
  noneNext: {
    th: 'ลองค้นด้วยเงื่อนไขที่กว้างขึ้น รายการจะเกิดเมื่อระบบของสมาชิกเรียกบริการผ่านเกตเวย์นี้',
    en: 'Try a wider search. There is one as soon as a member’s system calls a service through this gateway.',
  },
} as const satisfies Record<string, Text>

const sides = {
  consumer: { th: 'ผู้ขอข้อมูล', en: 'Consumer' },
  provider: { th: 'ผู้ให้ข้อมูล', en: 'Provider' },
} as const satisfies Record<string, Text>

export function exchangeRoutes(names: NameKeeper): OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/operator/exchanges',
      needs: 'look',
      handle: (request) => exchangesPage(names, request),
    },
    {
      method: 'GET',
      path: '/operator/exchanges/:exchange',
      needs: 'look',
      handle: (request) => exchangePage(names, request),
    },
  ]
}

const outcomes = ['answered', 'refused', 'failed'] as const
const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/
const pageSize = 25

async function exchangesPage(keeper: NameKeeper, request: OperatorRequest): Promise<SiteAnswer> {
  const { query, language } = request
  const number = query.get('number')?.trim().toLowerCase() ?? ''
  if (uuid.test(number)) return { kind: 'redirect', to: `/operator/exchanges/${number}` }
  const { door } = operatorOf(request)
  const [found, names] = await Promise.all([
    number === '' ? door.get<ExchangePage>('/v1/evidence', searched(query)) : nothing,
    keeper.of(door),
  ])
  return operatorPage(
    request,
    { title: words.title[language], lead: words.lead },
    searching(request),
    found.exchanges.length === 0
      ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
      : exchangeTable(found.exchanges, names, request),
    pagination({ language, next: found.next === null ? undefined : nextPage(query, found.next) }),
  ) satisfies SitePage
}

const nothing: ExchangePage = { exchanges: [], next: null }

/** What the form asks for, as the API takes it. A day that is none is not asked for. */
function searched(query: URLSearchParams): Record<string, string | undefined> {
  const given = (name: string) => query.get(name)?.trim() || undefined
  return {
    side: ['consumer', 'provider'].find((side) => side === query.get('side')),
    client: given('client'),
    service: given('service'),
    outcome: outcomes.find((outcome) => outcome === query.get('outcome')),
    since: startOf(query, 'since', 0),
    until: startOf(query, 'until', 1),
    after: given('after'),
    limit: String(pageSize),
  }
}

/** Midnight in Thailand at which a day begins, or so many days later; undefined for a day that is none. */
function startOf(query: URLSearchParams, name: string, later: number): string | undefined {
  const date = readDate(query, name)
  if (date.kind !== 'date') return undefined
  return new Date(Date.parse(`${date.iso}T00:00:00+07:00`) + later * 86_400_000).toISOString()
}

function nextPage(query: URLSearchParams, after: string): string {
  const next = new URLSearchParams(query)
  next.set('after', after)
  return `/operator/exchanges?${next}`
}

function searching({ query, language }: OperatorRequest) {
  const value = (name: string) => query.get(name) ?? undefined
  const day = (name: 'since' | 'until') =>
    dateField({ language, name, label: words[name][language], value: sentDateParts(query, name) })
  const isSearched = [...query.keys()].some((key) => key !== 'lang' && key !== 'after')
  return h(
    'details',
    { open: isSearched },
    h('summary', null, words.search[language]),
    h(
      'div',
      { class: 'folded' },
      searchForm(
        { action: '/operator/exchanges', label: words.search[language], submit: words.search[language] },
        textField({
          name: 'number',
          label: words.number[language],
          hint: words.numberHint[language],
          value: value('number'),
        }),
        select({
          name: 'side',
          label: words.side[language],
          empty: words.anySide[language],
          value: value('side'),
          choices: (['consumer', 'provider'] as const).map((side) => ({
            value: side,
            text: sides[side][language],
          })),
        }),
        select({
          name: 'outcome',
          label: words.outcome[language],
          empty: words.anyOutcome[language],
          value: value('outcome'),
          choices: outcomes.map((outcome) => ({ value: outcome, text: words[outcome][language] })),
        }),
        textField({ name: 'client', label: words.client[language], value: value('client') }),
        textField({ name: 'service', label: words.service[language], value: value('service') }),
        day('since'),
        day('until'),
      ),
    ),
  )
}

function exchangeTable(exchanges: readonly ExchangeSummary[], names: Names, { language }: OperatorRequest) {
  return table({
    caption: words.title[language],
    isCaptionHidden: true,
    columns: [
      { title: words.when[language] },
      { title: words.who[language] },
      { title: words.what[language] },
      { title: words.purpose[language] },
      { title: words.outcome[language] },
    ],
    rows: exchanges.map((one) => [
      h('a', { href: addressOfExchange(one) }, timeOf(one.at, language)),
      names.shown(one.client, language),
      names.shownService(one.service, language),
      one.purpose,
      outcomeOf(one, language),
    ]),
  })
}
