import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'

/** What is wrong with one field. */
export interface FieldProblem {
  /** The field's name, to which the line leads. */
  readonly field: string
  /** The same words as at the field. */
  readonly text: string
}

const title = {
  th: 'มีข้อมูลที่ต้องแก้ไข',
  en: 'There is something to mend',
} as const satisfies Text

/** What is wrong on a page, first on it, with a link to each field. Nothing where nothing is wrong. */
export function errorSummary(problems: readonly FieldProblem[], language: Language): ComponentChild {
  if (problems.length === 0) return null
  return h(
    'section',
    { class: 'ds-error-summary', role: 'alert', tabIndex: -1, 'aria-labelledby': 'error-summary' },
    h('h2', { id: 'error-summary' }, title[language]),
    h(
      'ul',
      null,
      problems.map(({ field, text }) => h('li', null, h('a', { href: `#${field}` }, text))),
    ),
  )
}
