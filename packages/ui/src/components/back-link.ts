import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'

const back = { th: 'ย้อนกลับ', en: 'Back' } as const satisfies Text

/** To the step before; `text` where it should say which. */
export function backLink(href: string, language: Language, text?: string): ComponentChild {
  return h('p', { class: 'back-link' }, h('a', { href }, text ?? back[language]))
}
