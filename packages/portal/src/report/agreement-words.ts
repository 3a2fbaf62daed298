import type { Report } from '@sapan/documents/check'
import type { Text } from '@sapan/kernel'
import type { Tone } from './words.ts'

export interface AgreementWords {
  readonly tone: Tone
  readonly text: Text
}

const agrees: Text = { th: 'ตรงกับหน้าที่มองเห็น', en: 'Agrees with the visible page' }
const differs: Text = { th: 'ไม่ตรงกับหน้าที่มองเห็น', en: 'Differs from the visible page' }
const unproved: Text = {
  th: 'ข้อความตรงกัน แต่ไม่มีอะไรยืนยันไฟล์นี้',
  en: 'Same text, but nothing confirms this file',
}

/**
 * Whether data and page say the same, in words; undefined where they were not compared. What is compared is the page's
 * text. Who made the file up may draw something else in its place, so it counts only where those who signed are known.
 */
export function agreementWords({ document, conclusion }: Report): AgreementWords | undefined {
  if (document?.embedded === undefined) return undefined
  if (!document.embedded.agrees) return { tone: 'bad', text: differs }
  return conclusion === 'TOTAL-PASSED' ? { tone: 'good', text: agrees } : { tone: 'unsure', text: unproved }
}
