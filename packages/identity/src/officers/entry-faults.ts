import type { Text } from '@sapan/kernel'

/** What can be wrong with a field; `value` is what stood there, shortened and made harmless to look at. */
export function entryFault(code: keyof typeof faults, value = ''): Text {
  const shown = shownValue(value)
  const { th, en } = faults[code]
  return { th: th.replace('%', shown), en: en.replace('%', shown) }
}

const faults = {
  number: {
    th: 'เลขประจำตัวประชาชนต้องมี 13 หลักและหลักสุดท้ายถูกต้อง',
    en: 'A national number has 13 digits, the last of which checks the others',
  },
  missing: { th: 'ต้องระบุ', en: 'This is needed' },
  letters: {
    th: 'ใช้ได้เฉพาะตัวอักษร วรรค และเครื่องหมายที่พบในชื่อ และไม่ยาวเกินไป',
    en: 'Only letters, spaces and signs that names have, and not too many of them',
  },
  day: {
    th: 'ไม่มีวันที่ %: เขียน 2026-09-30 หรือ 30/9/2569',
    en: 'There is no day %: write 2026-09-30 or 30/9/2569',
  },
  order: { th: 'วันสิ้นสุดต้องไม่อยู่ก่อนวันเริ่ม', en: 'The last day is before the first' },
  duty: { th: 'ไม่มีหน้าที่ชื่อ %', en: 'There is no duty called %' },
  'duty-twice': { th: 'หน้าที่ % ซ้ำกัน', en: 'The duty % is there twice' },
  role: { th: 'ไม่มีฐานะชื่อ %', en: 'There is no role called %' },
  behalf: { th: 'ต้องระบุว่าทำแทนผู้ใดหรือตำแหน่งใด', en: 'Say in whose place this is done' },
  twice: { th: 'เลขนี้อยู่ในบรรทัดที่ % แล้ว', en: 'Line % has this number already' },
  own: { th: 'คุณเปลี่ยนสิทธิของตัวเองในข้อนี้ไม่ได้', en: 'You cannot change this for yourself' },
  beyond: { th: 'คุณมอบหรือยกเลิกหน้าที่ % ไม่ได้', en: 'The duty % is not yours to give or end' },
  last: {
    th: 'หน่วยงานต้องมีผู้ดูแลระบบที่เข้าใช้แล้วอย่างน้อยหนึ่งคน',
    en: 'The agency keeps at least one administrator who has signed in',
  },
} as const satisfies Record<string, Text>

const mostShown = 40

/** Letters that are not seen, or turn the writing round, are shown as what they are. */
function shownValue(value: string): string {
  const seen = value.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u{fffd}')
  return seen.length > mostShown ? `${seen.slice(0, mostShown)}…` : seen
}
