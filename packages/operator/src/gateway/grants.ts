import type { Grant } from '@sapan/exchange'
import { type Language, Problem, type Text } from '@sapan/kernel'
import {
  emptyState,
  inset,
  linkButton,
  type SitePage,
  siteProblems,
  summaryList,
  table,
  tag,
  textField,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { code, timeOf } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { searchForm } from '../parts/search-form.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { GrantRow, Grants } from './answers.ts'
import type { NameKeeper, Names } from './names.ts'

export const grantWords = {
  title: { th: 'สิทธิเข้าถึง', en: 'Grants' },
  one: { th: 'สิทธิเข้าถึงหนึ่งรายการ', en: 'One grant' },
  consumer: { th: 'ผู้ขอข้อมูล', en: 'Consumer' },
  service: { th: 'บริการ', en: 'Service' },
  purpose: { th: 'วัตถุประสงค์', en: 'Purpose' },
  law: { th: 'ฐานกฎหมาย', en: 'Law' },
  until: { th: 'ใช้ได้ถึง', en: 'Good until' },
  from: { th: 'ใช้ได้ตั้งแต่', en: 'Good from' },
} as const satisfies Record<string, Text>

const words = {
  lead: {
    th: 'อะไรที่ไม่มีสิทธิใดระบุไว้ จะถูกปฏิเสธ สิทธิแต่ละรายการบอกว่าใครขออะไรได้ เพื่ออะไร ตามกฎหมายใด',
    en: 'Whatever no grant names is refused. Each says who may ask for what, why, and under which law.',
  },
  given: { th: 'สิทธิที่สมาชิกของเกตเวย์นี้ให้', en: 'Given by members of this gateway' },
  held: { th: 'สิทธิที่สมาชิกของเกตเวย์นี้ได้รับ', en: 'Held by members of this gateway' },
  noneGiven: { th: 'ยังไม่ได้ให้สิทธิแก่ใคร', en: 'Nobody has been given a grant yet' },
  noneGivenNext: {
    th: 'เปิดหน้าบริการ แล้วเลือกให้สิทธิ',
    en: 'Open a service, and choose to give a grant.',
  },
  noneHeld: { th: 'ยังไม่ได้รับสิทธิจากใคร', en: 'No grant is held yet' },
  noneHeldNext: {
    th: 'ขอให้หน่วยงานที่มีข้อมูลให้สิทธิแก่ระบบย่อยของท่าน',
    en: 'Ask the agency that has the data to give one to your subsystem.',
  },
  search: { th: 'ค้นหาสิทธิ', en: 'Find grants' },
  find: { th: 'บริการ ผู้ขอข้อมูล หรือวัตถุประสงค์', en: 'Service, consumer or purpose' },
  more: { th: 'ยังมีอีก ค้นหาเพื่อให้พบ:', en: 'There are more; search to find them:' },
  lets: { th: 'ให้ผ่าน', en: 'What it lets through' },
  everything: { th: 'ทุกรายการ', en: 'everything' },
  nothing: { th: 'ไม่มีรายการข้อมูล', en: 'no fields' },
  query: { th: 'พารามิเตอร์', en: 'Query parameters' },
  headers: { th: 'ส่วนหัว', en: 'Headers' },
  fields: { th: 'รายการข้อมูล', en: 'Fields' },
  rate: { th: 'อัตรา', en: 'Rate' },
  noRate: { th: 'ไม่จำกัด', en: 'not limited' },
  consent: { th: 'ความยินยอม', en: 'Consent' },
  needed: { th: 'ต้องมีทุกครั้ง', en: 'needed for each call' },
  notNeeded: { th: 'ไม่ต้องมี กฎหมายให้อำนาจ', en: 'not needed: the law allows it' },
  actor: { th: 'ผู้กระทำ', en: 'Acting' },
  anyActor: { th: 'ไม่กำหนด', en: 'anybody, or a system by itself' },
  withheld: { th: 'ระงับการเปิดเผยถึง', en: 'Withheld until' },
  hash: { th: 'แฮชในสารบบ', en: 'Hash in the directory' },
  ended: { th: 'สิ้นสุดแล้ว', en: 'ended' },
  live: { th: 'มีผล', en: 'live' },
  later: { th: 'ยังไม่เริ่ม', en: 'not begun' },
  end: { th: 'ยกเลิกสิทธินี้', en: 'End this grant' },
  state: { th: 'สถานะ', en: 'State' },
  notPublished: { th: 'ผู้ให้ข้อมูลถอนแล้ว', en: 'withdrawn by the provider' },
  isGiven: { th: 'สมาชิกของเกตเวย์นี้เป็นผู้ให้', en: 'A member of this gateway has given it.' },
  isHeld: { th: 'สมาชิกของเกตเวย์นี้เป็นผู้ได้รับ', en: 'A member of this gateway holds it.' },
} as const satisfies Record<string, Text>

export function grantRoutes(names: NameKeeper): OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/operator/grants',
      needs: 'look',
      handle: (request) => grantsPage(names, request),
    },
    {
      method: 'GET',
      path: '/operator/grants/:hash',
      needs: 'look',
      handle: (request) => grantPage(names, request),
    },
  ]
}

async function grantsPage(keeper: NameKeeper, request: OperatorRequest): Promise<SitePage> {
  const { language } = request
  const { door } = operatorOf(request)
  const [all, names] = await Promise.all([door.get<Grants>('/v1/grants'), keeper.of(door)])
  const wanted = request.query.get('find')?.trim() ?? ''
  const issued = all.issued.filter(({ grant }) => isFound(grant, names, wanted))
  const held = all.held.filter(({ grant }) => isFound(grant, names, wanted))
  return operatorPage(
    request,
    { title: grantWords.title[language], lead: words.lead },
    searchForm(
      { action: '/operator/grants', label: words.search[language], submit: words.search[language] },
      textField({ name: 'find', label: words.find[language], value: wanted }),
    ),
    h('h2', null, words.given[language]),
    issued.length === 0
      ? emptyState(
          words.noneGiven[language],
          h('p', null, h('a', { href: '/operator/services' }, words.noneGivenNext[language])),
        )
      : grantTable(words.given[language], issued, names, language),
    h('h2', null, words.held[language]),
    held.length === 0
      ? emptyState(words.noneHeld[language], h('p', null, words.noneHeldNext[language]))
      : grantTable(words.held[language], held, names, language),
  )
}

/** Whether a service, a consumer or a purpose has these letters. */
function isFound(grant: Grant, names: Names, wanted: string): boolean {
  const { service, consumer, purpose } = grant
  const called = [names.service(service), names.memberOf(consumer)].flatMap((text) =>
    text ? [text.th, text.en] : [],
  )
  return [service, consumer, purpose, ...called].some((one) =>
    one.toLowerCase().includes(wanted.toLowerCase()),
  )
}

/** Of more than so many, one looks for those that are meant. */
const mostShown = 200

function grantTable(
  caption: string,
  rows: readonly (GrantRow & { readonly published?: boolean })[],
  names: Names,
  language: Language,
): ComponentChild {
  const more = rows.length - mostShown
  const shown = table({
    caption,
    isCaptionHidden: true,
    columns: [
      { title: grantWords.service[language] },
      { title: grantWords.consumer[language] },
      { title: grantWords.purpose[language] },
      { title: grantWords.until[language] },
      { title: words.state[language] },
    ],
    rows: rows
      .slice(0, mostShown)
      .map(({ hash, grant, published }) => [
        h(
          'a',
          { href: `/operator/grants/${hash}` },
          names.service(grant.service)?.[language] ?? grant.service,
        ),
        names.shown(grant.consumer, language),
        grant.purpose,
        timeOf(grant.expires, language),
        stateOf(grant, published ?? true, language),
      ]),
  })
  return more > 0 ? [shown, h('p', null, `${words.more[language]} ${more}`)] : shown
}

function stateOf(grant: Grant, published: boolean, language: Language): ComponentChild {
  if (!published) return tag(words.notPublished[language], 'neutral')
  const now = Date.now()
  if (Date.parse(grant.expires) <= now) return tag(words.ended[language], 'neutral')
  if (Date.parse(grant.notBefore) > now) return tag(words.later[language], 'info')
  return tag(words.live[language], 'success')
}

/** The grant of that hash, given or held. Throws `page-unknown` where there is none for this operator. */
export async function findGrant(
  request: OperatorRequest,
): Promise<GrantRow & { isGiven: boolean; published: boolean }> {
  const { issued, held } = await operatorOf(request).door.get<Grants>('/v1/grants')
  const { hash } = request.parameters
  const given = issued.find((one) => one.hash === hash)
  if (given !== undefined) return { ...given, isGiven: true, published: true }
  const found = held.find((one) => one.hash === hash)
  if (found === undefined) throw new Problem(siteProblems['page-unknown'])
  return { ...found, isGiven: false }
}

async function grantPage(keeper: NameKeeper, request: OperatorRequest): Promise<SitePage> {
  const { language } = request
  const { door, mayChange } = operatorOf(request)
  const [{ hash, grant, isGiven, published }, names] = await Promise.all([
    findGrant(request),
    keeper.of(door),
  ])
  return operatorPage(
    request,
    { title: grantWords.one[language], above: { path: '/operator/grants', text: grantWords.title } },
    inset(h('p', null, isGiven ? words.isGiven[language] : words.isHeld[language])),
    summaryList([
      { key: words.state[language], value: stateOf(grant, published, language) },
      ...termsOf(grant, names, language),
      { key: words.hash[language], value: code(hash) },
    ]),
    h('h2', null, words.lets[language]),
    operationsOf(grant, language),
    isGiven &&
      mayChange &&
      linkButton({ text: words.end[language], href: `/operator/grants/${hash}/end`, kind: 'danger' }),
  )
}

/** Between whom, why, under which law, how often and until when. */
export function termsOf(grant: Grant, names: Names, language: Language) {
  const { law, rate, withheldUntil, actor } = grant
  return [
    { key: grantWords.consumer[language], value: names.shown(grant.consumer, language) },
    { key: grantWords.service[language], value: names.shownService(grant.service, language) },
    { key: grantWords.purpose[language], value: grant.purpose },
    {
      key: grantWords.law[language],
      value: h('bdi', null, `${law.act[language]} ${sectionIn(law.section, language)}`),
    },
    { key: grantWords.from[language], value: timeOf(grant.notBefore, language) },
    { key: grantWords.until[language], value: timeOf(grant.expires, language) },
    {
      key: words.rate[language],
      value: rate === null ? words.noRate[language] : rateIn(rate, language),
    },
    {
      key: words.consent[language],
      value: grant.consent ? words.needed[language] : words.notNeeded[language],
    },
    { key: words.actor[language], value: actor ?? words.anyActor[language] },
    ...(withheldUntil === undefined
      ? []
      : [{ key: words.withheld[language], value: timeOf(withheldUntil, language) }]),
  ]
}

/** A section is said as one, unless whoever wrote it did. */
function sectionIn(section: string, language: Language): string {
  if (!/^\d/.test(section)) return section
  return language === 'th' ? `มาตรา ${section}` : `section ${section}`
}

function rateIn({ calls, seconds }: NonNullable<Grant['rate']>, language: Language): string {
  const shown = calls.toLocaleString('en')
  return language === 'th' ? `${shown} ครั้งใน ${seconds} วินาที` : `${shown} calls in ${seconds} s`
}

function operationsOf({ operations }: Grant, language: Language): ComponentChild {
  const list = (values: readonly string[], none: string) =>
    values.length === 0 ? none : values.map((value) => [code(value), ' '])
  const entries = Object.entries(operations).map(([id, { fields, query, headers = [] }]) => [
    code(id),
    fields.includes('*') ? words.everything[language] : list(fields, words.nothing[language]),
    list(query, '–'),
    list(headers, '–'),
  ])
  return table({
    caption: words.lets[language],
    isCaptionHidden: true,
    columns: [
      { title: { th: 'การทำงาน', en: 'Operation' }[language] },
      { title: words.fields[language] },
      { title: words.query[language] },
      { title: words.headers[language] },
    ],
    rows: entries,
  })
}
