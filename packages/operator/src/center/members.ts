import { type Language, Problem, type Text } from '@sapan/kernel'
import {
  emptyState,
  linkButton,
  pagination,
  type SitePage,
  siteProblems,
  summaryList,
  table,
  tag,
  textField,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { code } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { searchForm } from '../parts/search-form.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { GatewayRow, MemberRow } from './answers.ts'

export const memberWords = {
  title: { th: 'สมาชิก', en: 'Members' },
  addSubsystem: { th: 'เพิ่มระบบย่อย', en: 'Add a subsystem' },
  add: { th: 'เพิ่มสมาชิก', en: 'Add a member' },
} as const satisfies Record<string, Text>

const words = {
  lead: {
    th: 'องค์กรที่มีส่วนในเครือข่าย สมาชิกใหม่แลกเปลี่ยนข้อมูลได้เมื่อเกตเวย์ของตนเข้าร่วมแล้ว',
    en: 'Who takes part. A new member exchanges as soon as a gateway has joined for it.',
  },
  find: { th: 'ชื่อหรือรหัสของสมาชิก', en: 'Name or code of a member' },
  search: { th: 'ค้นหาสมาชิก', en: 'Find members' },
  member: { th: 'สมาชิก', en: 'Member' },
  class: { th: 'ประเภท', en: 'Class' },
  subsystems: { th: 'ระบบย่อย', en: 'Subsystems' },
  subsystem: { th: 'ระบบย่อย', en: 'Subsystem' },
  address: { th: 'รหัสเต็ม', en: 'Full code' },
  gateways: { th: 'เกตเวย์', en: 'Gateways' },
  notJoined: { th: 'ยังไม่มี', en: 'none yet' },
  none: { th: 'ไม่พบสมาชิก', en: 'No member is found' },
  noneNext: { th: 'ลองค้นด้วยคำที่สั้นลง หรือเพิ่มสมาชิก', en: 'Try a shorter word, or add one.' },
  certificates: { th: 'ดูใบรับรองของสมาชิกนี้', en: 'See its certificates' },
  token: { th: 'ออกโทเคนเข้าร่วมให้เกตเวย์', en: 'Make a join token for a gateway' },
  noSubsystems: { th: 'ยังไม่มีระบบย่อย', en: 'It has no subsystem yet' },
} as const satisfies Record<string, Text>

export const classWords: Readonly<Record<MemberRow['class'], Text>> = {
  GOV: { th: 'หน่วยงานของรัฐ', en: 'state agency' },
  LOC: { th: 'องค์กรปกครองส่วนท้องถิ่น', en: 'local body' },
  COM: { th: 'บริษัท', en: 'company' },
  NGO: { th: 'องค์กรไม่แสวงกำไร', en: 'non-profit' },
}

const pageSize = 50

export function memberRoutes(): OperatorRoute[] {
  return [
    { method: 'GET', path: '/operator/members', needs: 'look', handle: membersPage },
    { method: 'GET', path: '/operator/members/:member', needs: 'look', handle: memberPage },
  ]
}

/** Where a member is shown. */
export function addressOfMember(id: string): string {
  return `/operator/members/${encodeURIComponent(id)}`
}

/** Throws `page-unknown`. */
export async function findMember(request: OperatorRequest, id: string | undefined): Promise<MemberRow> {
  const { members } = await operatorOf(request).door.get<{ members: readonly MemberRow[] }>('/v1/members')
  const found = members.find((member) => member.id === id)
  if (found === undefined) throw new Problem(siteProblems['page-unknown'])
  return found
}

async function membersPage(request: OperatorRequest): Promise<SitePage> {
  const { language, query } = request
  const { door } = operatorOf(request)
  const [{ members }, { gateways }] = await Promise.all([
    door.get<{ members: readonly MemberRow[] }>('/v1/members'),
    door.get<{ gateways: readonly GatewayRow[] }>('/v1/gateways'),
  ])
  const wanted = query.get('name')?.trim() ?? ''
  const found = members.filter((member) => isNamed(member, wanted.toLowerCase()))
  const from = Math.max(Math.trunc(Number(query.get('from'))) || 0, 0)
  const at = (place: number) =>
    `/operator/members?${new URLSearchParams({ name: wanted, from: String(place) })}`
  return operatorPage(
    request,
    { title: memberWords.title[language], lead: words.lead },
    h('p', null, linkButton({ text: memberWords.add[language], href: '/operator/members/new' })),
    searchForm(
      { action: '/operator/members', label: words.search[language], submit: words.search[language] },
      textField({ name: 'name', label: words.find[language], value: wanted }),
    ),
    found.length === 0
      ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
      : memberTable(found.slice(from, from + pageSize), gateways, language),
    pagination({
      language,
      previous: from > 0 ? at(Math.max(from - pageSize, 0)) : undefined,
      next: from + pageSize < found.length ? at(from + pageSize) : undefined,
    }),
  )
}

function isNamed({ id, name }: MemberRow, wanted: string): boolean {
  return [id, name.th, name.en].some((one) => one.toLowerCase().includes(wanted))
}

function memberTable(members: readonly MemberRow[], gateways: readonly GatewayRow[], language: Language) {
  return table({
    caption: memberWords.title[language],
    isCaptionHidden: true,
    columns: [
      { title: words.member[language] },
      { title: words.class[language] },
      { title: words.subsystems[language], isNumber: true },
      { title: words.gateways[language] },
    ],
    rows: members.map(({ id, name, class: memberClass, subsystems }) => [
      [h('a', { href: addressOfMember(id) }, h('bdi', null, name[language])), h('br', null), code(id)],
      classWords[memberClass][language],
      String(subsystems.length),
      gatewaysOf(id, gateways, language),
    ]),
  })
}

function gatewaysOf(id: string, gateways: readonly GatewayRow[], language: Language): ComponentChild {
  const own = gateways.filter(({ members }) => members.includes(id))
  if (own.length === 0) return tag(words.notJoined[language], 'warning')
  return own.map((gateway) => h('div', null, code(gateway.id)))
}

async function memberPage(request: OperatorRequest): Promise<SitePage> {
  const { language, parameters } = request
  const [member, { gateways }] = await Promise.all([
    findMember(request, parameters.member),
    operatorOf(request).door.get<{ gateways: readonly GatewayRow[] }>('/v1/gateways'),
  ])
  const { id, name, subsystems } = member
  const holder = new URLSearchParams({ holder: id })
  return operatorPage(
    request,
    { title: name[language], above: { path: '/operator/members', text: memberWords.title } },
    summaryList([
      { key: words.member[language], value: code(id) },
      { key: words.class[language], value: classWords[member.class][language] },
      { key: words.gateways[language], value: gatewaysOf(id, gateways, language) },
    ]),
    h('p', null, h('a', { href: `/operator/certificates?${holder}` }, words.certificates[language])),
    linkButton({
      text: words.token[language],
      href: `/operator/gateways/token?${new URLSearchParams({ member: id })}`,
      kind: 'secondary',
    }),
    h('h2', null, words.subsystems[language]),
    subsystems.length === 0
      ? emptyState(words.noSubsystems[language])
      : table({
          caption: words.subsystems[language],
          isCaptionHidden: true,
          columns: [{ title: words.subsystem[language] }, { title: words.address[language] }],
          rows: subsystems.map((one) => [h('bdi', null, one.name[language]), code(`${id}/${one.code}`)]),
        }),
    linkButton({ text: memberWords.addSubsystem[language], href: `${addressOfMember(id)}/subsystems/new` }),
  )
}
