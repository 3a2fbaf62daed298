import type { Text } from '@sapan/kernel'
import { emptyState, linkButton, type SitePage, table } from '@sapan/ui'
import { h } from 'preact'
import { code } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { GatewayRow } from './answers.ts'

export const gatewayWords = {
  title: { th: 'เกตเวย์', en: 'Gateways' },
  token: { th: 'ออกโทเคนเข้าร่วม', en: 'Make a join token' },
} as const satisfies Record<string, Text>

const words = {
  lead: {
    th: 'เกตเวย์ที่เข้าร่วมแล้ว ที่อยู่ที่เกตเวย์อื่นติดต่อ และสมาชิกที่แต่ละแห่งพูดแทน',
    en: 'Those that have joined, where others reach them, and for which members each speaks.',
  },
  gateway: { th: 'เกตเวย์', en: 'Gateway' },
  peer: { th: 'ที่อยู่', en: 'Address' },
  hosts: { th: 'โฮสต์ที่ใช้ได้', en: 'Hosts allowed' },
  members: { th: 'พูดแทนสมาชิก', en: 'Speaks for' },
  none: { th: 'ยังไม่มีเกตเวย์เข้าร่วม', en: 'No gateway has joined yet' },
  noneNext: { th: 'เพิ่มสมาชิก แล้วออกโทเคนเข้าร่วม', en: 'Add a member, then make a join token.' },
} as const satisfies Record<string, Text>

export function gatewayRoutes(): OperatorRoute[] {
  return [{ method: 'GET', path: '/operator/gateways', needs: 'look', handle: gatewaysPage }]
}

async function gatewaysPage(request: OperatorRequest): Promise<SitePage> {
  const { language } = request
  const { gateways } = await operatorOf(request).door.get<{ gateways: readonly GatewayRow[] }>('/v1/gateways')
  return operatorPage(
    request,
    { title: gatewayWords.title[language], lead: words.lead },
    h('p', null, linkButton({ text: gatewayWords.token[language], href: '/operator/gateways/token' })),
    gateways.length === 0
      ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
      : table({
          caption: gatewayWords.title[language],
          isCaptionHidden: true,
          columns: [
            { title: words.gateway[language] },
            { title: words.peer[language] },
            { title: words.hosts[language] },
            { title: words.members[language] },
          ],
          rows: gateways.map(({ id, peer, hosts, members }) => [
            code(id),
            code(peer),
            hosts.map((host) => [code(host), ' ']),
            members.map((member) => h('div', null, code(member))),
          ]),
        }),
  )
}
