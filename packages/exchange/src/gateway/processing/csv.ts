import type { Language, Text } from '@sapan/kernel'
import type { ProcessingActivity, ProcessingRecord } from './activity.ts'

/** Spreadsheets take a file for UTF-8 where it begins with this. */
const mark = '\ufeff'

interface Column {
  readonly title: Text
  readonly value: (activity: ProcessingActivity, language: Language, record: ProcessingRecord) => string
}

const words = {
  gives: { th: 'เปิดเผยให้', en: 'discloses' },
  takes: { th: 'เก็บรวบรวมจาก', en: 'collects' },
  asked: { th: 'ผู้ที่คำขอระบุ', en: 'those asked about' },
  answered: { th: 'ผู้ที่ปรากฏในคำตอบ', en: 'those in the answer' },
  sent: { th: 'ผู้ที่ปรากฏในสิ่งที่ส่ง', en: 'those in what is sent' },
  law: { th: 'กฎหมายให้อำนาจ', en: 'the law' },
  consent: { th: 'ความยินยอม', en: 'consent' },
  live: { th: 'มีผล', en: 'live' },
  later: { th: 'ยังไม่เริ่ม', en: 'not begun' },
  ended: { th: 'สิ้นสุดแล้ว', en: 'ended' },
  withdrawn: { th: 'ถูกถอน', en: 'withdrawn' },
  stays: { th: 'ไม่มีกำหนดลบ', en: 'no limit set' },
  days: { th: 'วัน', en: 'days' },
} as const satisfies Record<string, Text>

const columns: readonly Column[] = [
  column('ผู้ควบคุมข้อมูลส่วนบุคคล', 'Controller', ({ member }, language, { members }) =>
    named(members.find(({ id }) => id === member)?.name ?? null, member, language),
  ),
  column('กิจกรรม', 'Activity', ({ role }, language) => words[role][language]),
  column('หน่วยงานอีกฝ่าย', 'Recipient or source', ({ other }, language) =>
    named(other.name, other.member, language),
  ),
  column('ระบบของผู้ขอ', 'Consumer', ({ consumer }) => consumer),
  column('บริการ', 'Service', ({ title, service }, language) => named(title, service, language)),
  column('วัตถุประสงค์', 'Purpose', ({ purpose }) => purpose),
  column('ฐานกฎหมาย', 'Law', ({ law }, language) => `${law.act[language]} ${law.section}`),
  column('ฐานการประมวลผล', 'Basis', ({ basis }, language) => words[basis][language]),
  column('ข้อมูลส่วนบุคคล', 'Personal data', ({ data }, language) =>
    data.map(({ field, text }) => text?.[language] ?? field).join('; '),
  ),
  column('ชื่อรายการข้อมูล', 'Fields', ({ data }) => data.map(({ field }) => field).join('; ')),
  column('เจ้าของข้อมูล', 'Data subjects', ({ subjects }, language) =>
    subjects
      .map(({ whom, text }) => `${words[whom][language]}${text ? ` (${text[language]})` : ''}`)
      .join('; '),
  ),
  column('ตั้งแต่', 'From', ({ from }) => from),
  column('ถึง', 'Until', ({ until }) => until),
  column('สถานะ', 'State', ({ state }, language) => words[state][language]),
  column('ระงับการเปิดเผยถึง', 'Withheld until', ({ withheldUntil }) => withheldUntil ?? ''),
  column('ระยะเวลาเก็บเนื้อหา', 'Content kept for', ({ kept }, language) =>
    kept ? `${kept.days} ${words.days[language]}` : words.stays[language],
  ),
  column('กฎหมายที่ให้ลบ', 'Erased under', ({ kept }) => kept?.under ?? ''),
  column('ครั้งที่ได้คำตอบ', 'Answered', ({ volume }) => String(volume.answered)),
  column('ครั้งที่ถูกปฏิเสธ', 'Refused', ({ volume }) => String(volume.refused)),
  column('ครั้งที่ไม่สำเร็จ', 'Failed', ({ volume }) => String(volume.failed)),
  column('จำนวนครั้งที่เกี่ยวกับบุคคล', 'Times somebody was concerned', ({ volume }) => String(volume.people)),
  column('วันแรก', 'First day', ({ volume }) => volume.firstDay ?? ''),
  column('วันสุดท้าย', 'Last day', ({ volume }) => volume.lastDay ?? ''),
  column('แฮชของสิทธิ', 'Grant', ({ grant }) => grant),
]

function column(th: string, en: string, value: Column['value']): Column {
  return { title: { th, en }, value }
}

function named(name: Text | null, id: string, language: Language): string {
  return name === null ? id : `${name[language]} (${id})`
}

/** The record as a table for spreadsheets: UTF-8 with its mark, lines ended by CR LF (RFC 4180), nothing that is a formula. */
export function processingCsv(record: ProcessingRecord, language: Language): string {
  const lines = [
    columns.map(({ title }) => title[language]),
    ...record.activities.map((activity) => columns.map(({ value }) => value(activity, language, record))),
  ]
  return mark + lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}

/** What a spreadsheet would reckon, in letters of full width too, is text with an apostrophe before it. */
function cell(value: string): string {
  const text = /^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
