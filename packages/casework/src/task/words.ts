import { Problem, type Text } from '@sapan/kernel'
import { caseworkProblems } from '../problems.ts'

const longest = 10_000

/** A text that somebody wrote, trimmed. Throws `task-words-missing` where it is empty or over 10,000 letters. */
export function words(text: string, field: Text): string {
  const trimmed = text.trim()
  if (trimmed !== '' && trimmed.length <= longest) return trimmed
  throw new Problem(caseworkProblems['task-words-missing'], {
    detail: { th: `ช่อง “${field.th}”`, en: `The field “${field.en}”.` },
  })
}

export const fields = {
  note: { th: 'บันทึก', en: 'Note' },
  answer: { th: 'คำตอบ', en: 'Answer' },
  reasons: { th: 'เหตุผล', en: 'Reasons' },
  closing: { th: 'เหตุผลที่ปิดงาน', en: 'Why it is closed' },
  reopening: { th: 'เหตุผลที่เปิดงานใหม่', en: 'Why it is opened again' },
} as const satisfies Record<string, Text>
