import type { EvidenceStatus } from '@sapan/exchange'
import { counted, type Language, type Text } from '@sapan/kernel'
import { notification, type SitePage, summaryList, type TagKind, table, tag } from '@sapan/ui'
import { h } from 'preact'
import type { OperatorSiteOptions } from '../options.ts'
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
  attention: { th: 'มีเรื่องที่ต้องดูแล', en: 'Something wants attention' },
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

/** Certificates with fewer days than these left should have been renewed by themselves. */
const fewDays = 14

export function homeRoutes(_options: OperatorSiteOptions): OperatorRoute[] {
  return [{ method: 'GET', path: '/operator', needs: 'look', handle: homePage }]
}

async function homePage(request: OperatorRequest): Promise<SitePage> {
  const { language } = request
  const status = await operatorOf(request).door.get<GatewayStatus>('/v1/status')
  return operatorPage(
    request,
    { title: words.title[language] },
    attention(status, language),
    figures(status, language),
    h('h2', null, words.logs[language]),
    h('p', null, words.logsText[language]),
    logTable(status.evidence, language),
  )
}

function attention(status: GatewayStatus, language: Language) {
  const findings = findingsOf(status).map((text) => h('li', null, text[language]))
  if (findings.length === 0)
    return notification({
      kind: 'success',
      title: words.well[language],
      body: h('p', null, words.wellText[language]),
    })
  return notification({ kind: 'warning', title: words.attention[language], body: h('ul', null, findings) })
}

/** What an operator has to know, each with what to do. */
function findingsOf({ directory, evidence, certificates }: GatewayStatus): Text[] {
  const findings: Text[] = []
  if (directory.grade !== 'fresh')
    findings.push({
      th: 'สารบบไม่เป็นปัจจุบัน ตรวจว่าเครื่องนี้ติดต่อศูนย์กลางได้ (sapan doctor)',
      en: 'The directory is not current: see that this machine reaches the center (sapan doctor).',
    })
  if (directory.clockSkew !== null && Math.abs(directory.clockSkew) > 5)
    findings.push({
      th: `นาฬิกาเครื่องนี้ต่างจากศูนย์กลาง ${Math.round(Math.abs(directory.clockSkew))} วินาที ตั้งเวลาด้วย NTP`,
      en: `This machine's clock and the center's are ${counted(Math.round(Math.abs(directory.clockSkew)), 'second')} apart: set it by NTP.`,
    })
  for (const { holder, daysLeft, use } of certificates.filter(({ daysLeft: left }) => left < fewDays))
    findings.push({
      th: `ใบรับรอง ${use} ของ ${holder} เหลือ ${daysLeft} วัน ต่ออายุที่หน้าใบรับรอง`,
      en: `The ${use} certificate of ${holder} has ${counted(daysLeft, 'day')} left: renew it on the page of certificates.`,
    })
  for (const { member, recoverNeeded, checkpoint, stamp } of evidence.logs) {
    if (recoverNeeded !== null) findings.push(recoverNeeded)
    if (checkpoint.grade === 'failing' || stamp.grade === 'failing')
      findings.push({
        th: `ล็อกของ ${member} ลงนามหรือประทับเวลาไม่สำเร็จ: ${checkpoint.reason ?? stamp.reason ?? ''}`,
        en: `The log of ${member} could not be signed or stamped: ${checkpoint.reason ?? stamp.reason ?? ''}`,
      })
  }
  return findings
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
