import type { EvidenceStatus } from '@sapan/exchange'
import { counted, type Language, type Text } from '@sapan/kernel'
import { type SitePage, summaryList, type TagKind, table, tag } from '@sapan/ui'
import { h } from 'preact'
import type { OperatorSiteOptions } from '../options.ts'
import { attention, type CheckRow } from '../parts/checks.ts'
import { code, timeOf } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { CertificateRow, GatewayStatus } from './answers.ts'

const words = {
  title: { th: 'ภาพรวมของเกตเวย์', en: 'The gateway at a glance' },
  well: { th: 'เกตเวย์ทำงานปกติ', en: 'The gateway is well' },
  wellText: {
    th: 'สารบบเป็นปัจจุบัน หลักฐานถูกบันทึก และใบรับรองยังไม่ใกล้หมดอายุ',
    en: 'The directory is current, evidence is kept, and no certificate is about to end.',
  },
  directory: { th: 'สารบบ', en: 'Directory' },
  version: { th: 'ฉบับที่', en: 'version' },
  confirmed: { th: 'ศูนย์กลางยืนยันล่าสุด', en: 'last confirmed by the center' },
  database: { th: 'ฐานข้อมูลหลักฐาน', en: 'Database of evidence' },
  hosted: { th: 'สมาชิกที่เกตเวย์นี้ดูแล', en: 'Members that it hosts' },
  services: { th: 'บริการที่เปิด', en: 'Services offered' },
  grants: { th: 'สิทธิเข้าถึง', en: 'Grants' },
  given: { th: 'ให้ไว้', en: 'given' },
  held: { th: 'ได้รับ', en: 'held' },
  see: { th: 'ดู', en: 'See' },
  logs: { th: 'บันทึกหลักฐานของแต่ละสมาชิก', en: "Each member's log of evidence" },
  logsText: {
    th: 'ทุกรายการถูกลงล็อก ลงนาม มีพยานร่วมลงนาม และประทับเวลา',
    en: 'Each record goes into the log, is signed, cosigned by witnesses, and time-stamped.',
  },
  member: { th: 'สมาชิก', en: 'Member' },
  epoch: { th: 'ช่วง', en: 'Epoch' },
  size: { th: 'รายการในล็อก', en: 'In the log' },
  waiting: { th: 'รอลงล็อก', en: 'Waiting' },
  signed: { th: 'ลงนาม', en: 'Signed' },
  witnessed: { th: 'พยาน', en: 'Witnessed' },
  stamped: { th: 'ประทับเวลา', en: 'Stamped' },
} as const satisfies Record<string, Text>

const directoryGrades: Readonly<Record<string, { readonly text: Text; readonly kind: TagKind }>> = {
  fresh: { text: { th: 'เป็นปัจจุบัน', en: 'current' }, kind: 'success' },
  warning: { text: { th: 'พ้นกำหนดแล้ว ยังทำงานได้', en: 'past its time, still served' }, kind: 'warning' },
  'no-new-peers': {
    text: { th: 'เก่า ไม่รับเกตเวย์ใหม่', en: 'old: no new gateways are met' },
    kind: 'warning',
  },
  refuse: { text: { th: 'เก่าเกินไป หยุดแลกเปลี่ยน', en: 'too old: nothing is exchanged' }, kind: 'danger' },
}

const stepGrades: Readonly<Record<string, { readonly text: Text; readonly kind: TagKind }>> = {
  done: { text: { th: 'ครบ', en: 'done' }, kind: 'success' },
  waiting: { text: { th: 'กำลังทำ', en: 'under way' }, kind: 'info' },
  failing: { text: { th: 'ไม่สำเร็จ', en: 'failing' }, kind: 'danger' },
  off: { text: { th: 'ไม่ได้ใช้', en: 'not used' }, kind: 'neutral' },
}

const states = {
  up: { th: 'ใช้ได้', en: 'up' },
  down: { th: 'ใช้ไม่ได้', en: 'down' },
} as const satisfies Record<string, Text>

export function homeRoutes(_options: OperatorSiteOptions): OperatorRoute[] {
  return [{ method: 'GET', path: '/operator', needs: 'look', handle: homePage }]
}

async function homePage(request: OperatorRequest): Promise<SitePage> {
  const { language } = request
  const { door } = operatorOf(request)
  const [status, { checks }] = await Promise.all([
    door.get<GatewayStatus>('/v1/status'),
    // Others are asked by the doctor: a page does not wait for them.
    door.get<{ checks: readonly CheckRow[] }>('/v1/checks', { around: 'false' }),
  ])
  return operatorPage(
    request,
    { title: words.title[language] },
    attention(checks, { title: words.well, text: words.wellText }, language),
    figures(status, language),
    h('h2', null, words.logs[language]),
    h('p', null, words.logsText[language]),
    logTable(status.evidence, language),
  )
}

function figures(status: GatewayStatus, language: Language) {
  const { directory, evidence, members, services, grants } = status
  const grade = directoryGrades[directory.grade] ?? {
    text: { th: directory.grade, en: directory.grade },
    kind: 'neutral' as const,
  }
  const see = (href: string, about: Text) => ({
    href,
    text: words.see[language],
    label: `${words.see[language]}: ${about[language]}`,
  })
  return summaryList([
    {
      key: words.directory[language],
      value: [tag(grade.text[language], grade.kind), ` ${words.version[language]} ${directory.version}`],
      source:
        directory.confirmedAt === null
          ? undefined
          : [words.confirmed[language], ' ', timeOf(directory.confirmedAt, language)],
    },
    {
      key: words.database[language],
      value: tag(states[evidence.database][language], evidence.database === 'up' ? 'success' : 'danger'),
    },
    {
      key: words.hosted[language],
      value: members.map((member) => h('div', null, code(member))),
    },
    {
      key: words.services[language],
      value: String(services),
      action: see('/operator/services', words.services),
    },
    {
      key: words.grants[language],
      value: `${words.given[language]} ${grants.issued}, ${words.held[language]} ${grants.held}`,
      action: see('/operator/grants', words.grants),
    },
    certificateRow(status.certificates, language),
  ])
}

const certificateWords = {
  title: { th: 'ใบรับรอง', en: 'Certificates' },
  shortest: { th: 'ใบที่เหลือน้อยที่สุดเหลือ', en: 'the shortest has' },
  left: { th: 'วัน', en: 'left' },
} as const satisfies Record<string, Text>

function certificateRow(certificates: readonly CertificateRow[], language: Language) {
  const days = Math.min(...certificates.map(({ daysLeft }) => daysLeft))
  const { title, shortest, left } = certificateWords
  const shown =
    language === 'th'
      ? `${shortest.th} ${days} ${left.th}`
      : `${shortest.en} ${counted(days, 'day')} ${left.en}`
  return {
    key: title[language],
    value: certificates.length === 0 ? '0' : `${certificates.length}: ${shown}`,
    action: {
      href: '/operator/certificates',
      text: words.see[language],
      label: `${words.see[language]}: ${title[language]}`,
    },
  }
}

function logTable({ logs }: EvidenceStatus, language: Language) {
  const step = (grade: string) => {
    const known = stepGrades[grade]
    return known === undefined ? grade : tag(known.text[language], known.kind)
  }
  return table({
    caption: words.logs[language],
    isCaptionHidden: true,
    columns: [
      { title: words.member[language] },
      { title: words.epoch[language], isNumber: true },
      { title: words.size[language], isNumber: true },
      { title: words.waiting[language], isNumber: true },
      { title: words.signed[language] },
      { title: words.witnessed[language] },
      { title: words.stamped[language] },
    ],
    rows: logs.map(({ member, epoch, size, unsequenced, checkpoint, witnesses, stamp }) => [
      code(member),
      String(epoch),
      size.toLocaleString('en'),
      unsequenced.toLocaleString('en'),
      step(checkpoint.grade),
      witnesses.map(({ name, grade }) => [step(grade), h('span', { class: 'quiet' }, ` ${name}`)]),
      step(stamp.grade),
    ]),
  })
}
