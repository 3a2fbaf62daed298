import type { Directory } from '@sapan/exchange'
import type { Text } from '@sapan/kernel'
import { emptyState, pagination, type SitePage, table, tag, textField } from '@sapan/ui'
import { h } from 'preact'
import { code } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { searchForm } from '../parts/search-form.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { NameKeeper } from './names.ts'

const words = {
  title: { th: 'สมาชิก', en: 'Members' },
  lead: {
    th: 'สมาชิกของเครือข่ายตามสารบบที่ศูนย์กลางลงนาม พร้อมระบบย่อยและบริการที่เปิด',
    en: 'Who takes part, by the directory that the center signed: their subsystems, and what they offer.',
  },
  find: { th: 'ชื่อหรือรหัสของสมาชิก', en: 'Name or code of a member' },
  search: { th: 'ค้นหาสมาชิก', en: 'Find members' },
  member: { th: 'สมาชิก', en: 'Member' },
  subsystems: { th: 'ระบบย่อย', en: 'Subsystems' },
  services: { th: 'บริการ', en: 'Services' },
  gateways: { th: 'เกตเวย์', en: 'Gateways' },
  none: { th: 'ไม่พบสมาชิก', en: 'No member is found' },
  noneNext: { th: 'ลองค้นด้วยคำที่สั้นลง', en: 'Try a shorter word.' },
  notJoined: { th: 'ยังไม่มีเกตเวย์', en: 'none yet' },
} as const satisfies Record<string, Text>

const pageSize = 50

export function memberRoutes(names: NameKeeper): OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/operator/members',
      needs: 'look',
      handle: (request) => membersPage(names, request),
    },
  ]
}

async function membersPage(keeper: NameKeeper, request: OperatorRequest): Promise<SitePage> {
  const { language, query } = request
  const { directory } = await keeper.of(operatorOf(request).door)
  const wanted = query.get('name')?.trim() ?? ''
  const found = directory.members.filter((member) => isNamed(member, wanted))
  const from = Math.max(Math.trunc(Number(query.get('from'))) || 0, 0)
  const at = (place: number) =>
    `/operator/members?${new URLSearchParams({ name: wanted, from: String(place) })}`
  return operatorPage(
    request,
    { title: words.title[language], lead: words.lead },
    searchForm(
      { action: '/operator/members', label: words.search[language], submit: words.search[language] },
      textField({ name: 'name', label: words.find[language], value: wanted }),
    ),
    found.length === 0
      ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
      : memberTable(found.slice(from, from + pageSize), directory, request),
    pagination({
      language,
      previous: from > 0 ? at(Math.max(from - pageSize, 0)) : undefined,
      next: from + pageSize < found.length ? at(from + pageSize) : undefined,
    }),
  )
}

function isNamed({ id, name }: Directory['members'][number], wanted: string): boolean {
  const text = wanted.toLowerCase()
  return [id, name.th, name.en].some((one) => one.toLowerCase().includes(text))
}

function memberTable(members: Directory['members'], { services }: Directory, { language }: OperatorRequest) {
  const offered = Map.groupBy(services, ({ id }) => id.split('/').slice(0, 3).join('/'))
  return table({
    caption: words.title[language],
    isCaptionHidden: true,
    columns: [
      { title: words.member[language] },
      { title: words.subsystems[language] },
      { title: words.services[language], isNumber: true },
      { title: words.gateways[language] },
    ],
    rows: members.map(({ id, name, subsystems, gateways }) => [
      [h('bdi', null, name[language]), h('br', null), code(id)],
      subsystems.map((subsystem) => [code(subsystem.code), ' ']),
      String(offered.get(id)?.length ?? 0),
      gateways.length === 0
        ? tag(words.notJoined[language], 'warning')
        : gateways.map((gateway) => h('div', null, code(gateway))),
    ]),
  })
}
