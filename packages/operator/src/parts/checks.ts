import type { Language, Text } from '@sapan/kernel'
import { notification } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'

/** What one look at a gateway or center found, as `GET /v1/checks` has it. */
export interface CheckRow {
  readonly code: string
  readonly outcome: 'good' | 'warning' | 'bad'
  readonly text: Text
  readonly next: Text | null
}

const words = {
  attention: { th: 'มีเรื่องที่ต้องดูแล', en: 'Something wants attention' },
  bad: { th: 'เร่งด่วน', en: 'Urgent' },
  next: { th: 'สิ่งที่ต้องทำ', en: 'What to do' },
} as const satisfies Record<string, Text>

/** What an operator has to know, the worst first, each with what to do; or that all is well. */
export function attention(
  checks: readonly CheckRow[],
  well: { readonly title: Text; readonly text: Text },
  language: Language,
): ComponentChild {
  const bad = checks.filter(({ outcome }) => outcome === 'bad')
  const found = [...bad, ...checks.filter(({ outcome }) => outcome === 'warning')]
  if (found.length === 0) {
    const body = h('p', null, well.text[language])
    return notification({ kind: 'success', title: well.title[language], body })
  }
  return notification({
    kind: bad.length > 0 ? 'danger' : 'warning',
    title: words.attention[language],
    body: h(
      'ul',
      null,
      found.map((check) => h('li', null, finding(check, language))),
    ),
  })
}

function finding({ outcome, text, next }: CheckRow, language: Language): ComponentChild[] {
  return [
    outcome === 'bad' && h('strong', null, `${words.bad[language]}: `),
    text[language],
    next !== null && h('div', { class: 'quiet' }, `${words.next[language]}: ${next[language]}`),
  ]
}
