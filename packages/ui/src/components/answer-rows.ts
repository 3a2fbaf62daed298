import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import { type SummaryRow, summaryList } from './summary-list.ts'

/** One answer, as its giver checks it. */
export interface AnswerRow {
  readonly question: string
  /** A line each; none where it was left empty. */
  readonly answer: readonly ComponentChildren[]
  /** Where it comes from. */
  readonly source?: ComponentChildren
  /** Where it is changed; absent where it cannot be. */
  readonly href?: string | undefined
  /** What stands against it. */
  readonly problem?: string | undefined
}

const words = {
  change: { th: 'แก้ไข', en: 'Change' },
  none: { th: 'ไม่ได้กรอก', en: 'Left empty' },
} as const satisfies Record<string, Text>

/** Answers to check before they are handed in, each with a link to change it. */
export function answerRows(rows: readonly AnswerRow[], language: Language): ComponentChild {
  return summaryList(
    rows.map(({ question, answer, source, href, problem }): SummaryRow => {
      const isMissing = answer.length === 0 && problem === undefined
      const lines = isMissing ? [h('span', { class: 'quiet' }, words.none[language])] : answer
      const text = words.change[language]
      return {
        key: question,
        value: [
          ...lines.map((line) => h('div', { class: 'as-written' }, line)),
          problem === undefined ? null : h('p', { class: 'ds-validation-message' }, problem),
        ],
        ...(source === undefined ? {} : { source }),
        action: href === undefined ? undefined : { href, text, label: `${text} ${question}` },
      }
    }),
  )
}
