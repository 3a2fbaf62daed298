import type { Text } from '@sapan/kernel'
import { button, emptyState, form, linkButton, type SiteAnswer, type SitePage, table } from '@sapan/ui'
import { h } from 'preact'
import { code } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { OperatorRow } from './answers.ts'
import { newOperatorRoutes } from './new-operator.ts'

export const operatorWords = {
  title: { th: 'ผู้ดูแลของสมาชิก', en: "Members' operators" },
  look: { th: 'ดูอย่างเดียว', en: 'may look' },
  change: { th: 'ดูและเปลี่ยนได้', en: 'may look and change' },
  opens: { th: 'เปิดเนื้อความได้ โดยระบุเหตุผล', en: 'may open what was said, with a reason' },
} as const satisfies Record<string, Text>

const words = {
  lead: {
    th: 'ผู้ที่ดูแลเฉพาะสมาชิกบางรายของเกตเวย์นี้ ส่วนของสมาชิกอื่นไม่ปรากฏแก่เขา เจ้าหน้าที่ที่มาจากโต๊ะทำงานอยู่ในรายการจนครบเวลา',
    en: 'Who looks after some members of this gateway alone: to them there are no others. Officers who came from their desk stand here until their time is over.',
  },
  name: { th: 'ชื่อ', en: 'Name' },
  members: { th: 'สมาชิกที่ดูแล', en: 'Members' },
  role: { th: 'บทบาท', en: 'Role' },
  action: { th: 'จัดการ', en: 'Action' },
  end: { th: 'ยกเลิก', en: 'End' },
  add: { th: 'เพิ่มผู้ดูแลของสมาชิก', en: 'Add an operator' },
  none: { th: 'ยังไม่มีผู้ดูแลของสมาชิก', en: 'There are none yet' },
  noneNext: {
    th: 'เพิ่มเมื่อเกตเวย์นี้พูดแทนสมาชิกหลายราย และแต่ละรายดูแลส่วนของตนเอง',
    en: 'Add one where this gateway hosts several members, and each looks after its own part.',
  },
} as const satisfies Record<string, Text>

export function operatorRoutes(): OperatorRoute[] {
  return [
    { method: 'GET', path: '/operator/operators', needs: 'whole', handle: operatorsPage },
    ...newOperatorRoutes(),
    { method: 'POST', path: '/operator/operators/:operator/end', needs: 'whole', handle: endOperator },
  ]
}

async function operatorsPage(request: OperatorRequest): Promise<SitePage> {
  const { language, formKey } = request
  const { operators } = await operatorOf(request).door.get<{ operators: readonly OperatorRow[] }>(
    '/v1/operators',
  )
  const endOf = ({ id, name }: OperatorRow) =>
    form(
      { action: `/operator/operators/${id}/end`, formKey, inline: true },
      button({ text: words.end[language], kind: 'secondary', label: `${words.end[language]}: ${name}` }),
    )
  return operatorPage(
    request,
    { title: operatorWords.title[language], lead: words.lead },
    operators.length === 0
      ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
      : table({
          caption: operatorWords.title[language],
          isCaptionHidden: true,
          columns: [
            { title: words.name[language] },
            { title: words.members[language] },
            { title: words.role[language] },
            { title: words.action[language] },
          ],
          rows: operators.map((one) => [
            h('bdi', null, one.name),
            one.members.map((member) => h('div', null, code(member))),
            [operatorWords[one.role][language], one.opens && h('div', null, operatorWords.opens[language])],
            endOf(one),
          ]),
        }),
    h('p', null, linkButton({ text: words.add[language], href: '/operator/operators/new' })),
  )
}

async function endOperator(request: OperatorRequest): Promise<SiteAnswer> {
  const { operator = '' } = request.parameters
  await operatorOf(request).door.delete(`/v1/operators/${encodeURIComponent(operator)}`)
  return { kind: 'redirect', to: '/operator/operators' }
}
