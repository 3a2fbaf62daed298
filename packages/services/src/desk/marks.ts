import type { CaseState, CaseSummary } from '@sapan/casework'
import { filled, type Language, type Text, type WorkingDays } from '@sapan/kernel'
import { plainDate, type TagKind, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'

interface StateWord {
  readonly name: Text
  readonly kind: TagKind
}

/** How a case stands, in officers' words. */
export const stateWords: Readonly<Record<CaseState, StateWord>> = {
  'awaiting-payment': { name: { th: 'รอชำระเงิน', en: 'Fee awaited' }, kind: 'neutral' },
  'awaiting-consent': {
    name: { th: 'รอความยินยอมของผู้อื่น', en: "Somebody's consent awaited" },
    kind: 'neutral',
  },
  'in-review': { name: { th: 'รอตรวจ', en: 'To review' }, kind: 'info' },
  'awaiting-information': {
    name: { th: 'รอผู้ยื่นให้ข้อมูลเพิ่ม', en: 'Applicant was asked for more' },
    kind: 'neutral',
  },
  'awaiting-endorsement': { name: { th: 'รอความเห็นชอบ', en: 'To endorse' }, kind: 'info' },
  'awaiting-decision': { name: { th: 'รอวินิจฉัย', en: 'To decide' }, kind: 'info' },
  'awaiting-signature': { name: { th: 'รอลงนาม', en: 'To sign' }, kind: 'info' },
  'carrying-out': { name: { th: 'กำลังดำเนินการตามผล', en: 'Being carried out' }, kind: 'neutral' },
  completed: { name: { th: 'เสร็จแล้ว', en: 'Completed' }, kind: 'success' },
  appealed: { name: { th: 'รอวินิจฉัยอุทธรณ์', en: 'Appeal to decide' }, kind: 'warning' },
  withdrawn: { name: { th: 'ผู้ยื่นถอนคำขอ', en: 'Withdrawn' }, kind: 'neutral' },
  lapsed: { name: { th: 'สิ้นผลเพราะพ้นกำหนด', en: 'Lapsed' }, kind: 'neutral' },
  voided: { name: { th: 'ยกเลิกเลขรับ', en: 'Voided' }, kind: 'neutral' },
}

export function stateMark({ state }: Pick<CaseSummary, 'state'>, language: Language): ComponentChild {
  const { name, kind } = stateWords[state]
  return tag(name[language], kind)
}

const clock = {
  stands: { th: 'เวลายังไม่เดิน', en: 'The clock stands' },
  over: { th: '–', en: '–' },
  overdue: { th: 'เลยกำหนด {days} วันทำการ', en: '{days|working day|working days} overdue' },
  today: { th: 'ครบกำหนดวันนี้', en: 'Due today' },
  left: { th: 'เหลือ {days} วันทำการ', en: '{days|working day|working days} left' },
} as const satisfies Record<string, Text>

/** The legal time: how much is left, and until when. */
export function clockMark(
  { dueAt, endedAt }: Pick<CaseSummary, 'dueAt' | 'endedAt'>,
  days: WorkingDays,
  now: number,
  language: Language,
): ComponentChild {
  if (endedAt !== undefined) return clock.over[language]
  if (dueAt === undefined) return clock.stands[language]
  const left = days.between(now, dueAt)
  const say = (text: Text, count = 0) => filled(text[language], { days: count })
  const mark = now > dueAt ? tag(say(clock.overdue, Math.max(1, -left)), 'danger') : remaining(left, say)
  return [mark, h('p', { class: 'quiet' }, plainDate(dueAt, language))]
}

function remaining(left: number, say: (text: Text, count?: number) => string): ComponentChild {
  return left === 0 ? tag(say(clock.today), 'warning') : say(clock.left, left)
}
