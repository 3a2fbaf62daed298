import type { Language, Text } from '@sapan/kernel'
import { type FieldProblem, textArea } from '@sapan/ui'
import type { ComponentChild } from 'preact'
import { errorsIn } from '../parts/task-form.ts'

/** As the operator's API holds it. */
const [shortest, longest] = [10, 300]

export const reasonWords = {
  reason: { th: 'เหตุผล', en: 'Reason' },
  hint: {
    th: 'เช่น เลขที่เรื่องร้องเรียน 10 ถึง 300 ตัวอักษร อย่าใส่ชื่อหรือเลขประจำตัวของบุคคล',
    en: 'Such as the number of a complaint; 10 to 300 characters. No person’s name or number.',
  },
  none: { th: 'ระบุเหตุผล 10 ถึง 300 ตัวอักษร', en: 'Give a reason of 10 to 300 characters' },
} as const satisfies Record<string, Text>

/** Why somebody opens what is sealed. */
export function reasonField(
  sent: URLSearchParams,
  problems: readonly FieldProblem[],
  language: Language,
): ComponentChild {
  return textArea({
    name: 'reason',
    label: reasonWords.reason[language],
    hint: reasonWords.hint[language],
    value: sent.get('reason') ?? '',
    error: errorsIn(problems)('reason'),
    rows: 3,
  })
}

/** The reason in a form that was sent; undefined where it is none. */
export function reasonIn(sent: URLSearchParams): string | undefined {
  const reason = (sent.get('reason') ?? '').trim().replace(/\s+/g, ' ')
  return reason.length < shortest || reason.length > longest ? undefined : reason
}

/** That the reason is missing, in the words of the page. */
export function reasonMissing(language: Language): FieldProblem[] {
  return [{ field: 'reason', text: reasonWords.none[language] }]
}
