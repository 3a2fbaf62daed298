import { counted, type Language, type Text } from '@sapan/kernel'
import { type SitePage, summaryList, table, tag } from '@sapan/ui'
import { h } from 'preact'
import { attention, type CheckRow } from '../parts/checks.ts'
import { code, timeOf } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { CenterHealth, Contradiction, GatewayRow, MemberRow } from './answers.ts'

const words = {
  title: { th: 'ภาพรวมของศูนย์กลาง', en: 'The center at a glance' },
  well: { th: 'ศูนย์กลางทำงานปกติ', en: 'The center is well' },
  wellText: {
    th: 'สารบบเป็นปัจจุบัน และผู้ออกใบรับรองยังใช้ได้นาน',
    en: 'The directory is current, and the issuer of certificates is good for long.',
  },
  database: { th: 'ฐานข้อมูล', en: 'Database' },
  up: { th: 'ใช้ได้', en: 'up' },
  down: { th: 'ใช้ไม่ได้', en: 'down' },
  directory: { th: 'สารบบฉบับที่', en: 'Directory version' },
  until: { th: 'ใช้ได้ถึง', en: 'good until' },
  issuerUntil: { th: 'ผู้ออกใบรับรองใช้ได้ถึง', en: 'Issuer of certificates is good until' },
  members: { th: 'สมาชิก', en: 'Members' },
  waiting: { th: 'ยังไม่มีเกตเวย์', en: 'without a gateway' },
  gateways: { th: 'เกตเวย์', en: 'Gateways' },
  see: { th: 'ดู', en: 'See' },
  contradictions: { th: 'ล็อกที่ขัดแย้งกันเอง', en: 'Logs that contradict themselves' },
  log: { th: 'ล็อก', en: 'Log' },
  reason: { th: 'เหตุ', en: 'Reason' },
  when: { th: 'พบเมื่อ', en: 'Met at' },
} as const satisfies Record<string, Text>

export function homeRoutes(): OperatorRoute[] {
  return [{ method: 'GET', path: '/operator', needs: 'look', handle: homePage }]
}

async function homePage(request: OperatorRequest): Promise<SitePage> {
  const { language } = request
  const { door } = operatorOf(request)
  const [health, { checks }, { members }, { gateways }, { contradictions }] = await Promise.all([
    door.health<CenterHealth>(),
    door.get<{ checks: readonly CheckRow[] }>('/v1/checks'),
    door.get<{ members: readonly MemberRow[] }>('/v1/members'),
    door.get<{ gateways: readonly GatewayRow[] }>('/v1/gateways'),
    door.get<{ contradictions: readonly Contradiction[] }>('/v1/contradictions'),
  ])
  return operatorPage(
    request,
    { title: words.title[language] },
    attention(checks, { title: words.well, text: words.wellText }, language),
    summaryList([
      {
        key: words.database[language],
        value: tag(words[health.database][language], health.database === 'up' ? 'success' : 'danger'),
      },
      {
        key: words.directory[language],
        value: health.directory === null ? '–' : String(health.directory.version),
        source:
          health.directory === null
            ? undefined
            : [words.until[language], ' ', timeOf(health.directory.validUntil, language)],
      },
      { key: words.issuerUntil[language], value: timeOf(health.issuerEnds, language) },
      memberFigure(members, gateways, language),
      {
        key: words.gateways[language],
        value: String(gateways.length),
        action: see('/operator/gateways', words.gateways, language),
      },
    ]),
    contradictions.length > 0 && contradictionTable(contradictions, language),
  )
}

function see(href: string, about: Text, language: Language) {
  return { href, text: words.see[language], label: `${words.see[language]}: ${about[language]}` }
}

function memberFigure(members: readonly MemberRow[], gateways: readonly GatewayRow[], language: Language) {
  const served = new Set(gateways.flatMap((gateway) => gateway.members))
  const waiting = members.filter(({ id }) => !served.has(id)).length
  const count = language === 'th' ? `${members.length} ราย` : counted(members.length, 'member')
  return {
    key: words.members[language],
    value: waiting === 0 ? count : `${count}, ${waiting} ${words.waiting[language]}`,
    action: see('/operator/members', words.members, language),
  }
}

function contradictionTable(contradictions: readonly Contradiction[], language: Language) {
  return [
    h('h2', null, words.contradictions[language]),
    table({
      caption: words.contradictions[language],
      isCaptionHidden: true,
      columns: [
        { title: words.log[language] },
        { title: words.reason[language] },
        { title: words.when[language] },
      ],
      rows: contradictions.map(({ origin, reason, at }) => [
        code(origin),
        code(reason),
        timeOf(at, language),
      ]),
    }),
  ]
}
