import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'

const label = { th: 'คุณอยู่ที่', en: 'You are here' } as const satisfies Text

/** The way down to this page, which itself is not named. */
export function breadcrumbs(
  steps: readonly { readonly href: string; readonly text: string }[],
  language: Language,
): ComponentChild {
  const items = steps.map(({ href, text }) => h('li', null, h('a', { href }, text)))
  return h('nav', { class: 'breadcrumbs', 'aria-label': label[language] }, h('ol', null, items))
}
