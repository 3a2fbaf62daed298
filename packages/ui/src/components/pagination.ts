import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'

export interface PaginationOptions {
  readonly language: Language
  /** Addresses of the pages before and after; absent at the ends. */
  readonly previous?: string | undefined
  readonly next?: string | undefined
  /** What they are pages of, for several on one page. */
  readonly label?: string
}

const words = {
  label: { th: 'หน้า', en: 'Pages' },
  previous: { th: 'ก่อนหน้า', en: 'Previous' },
  next: { th: 'ถัดไป', en: 'Next' },
} as const satisfies Record<string, Text>

/** Steps through a long list. Lists are read by keys, not by numbers: they have a next page and no last one. */
export function pagination({ language, previous, next, label }: PaginationOptions): ComponentChild {
  if (previous === undefined && next === undefined) return null
  const link = (href: string | undefined, rel: 'prev' | 'next', text: string) =>
    href === undefined ? null : h('li', null, h('a', { href, rel }, text))
  return h(
    'nav',
    { class: 'pagination', 'aria-label': label ?? words.label[language] },
    h('ul', null, link(previous, 'prev', words.previous[language]), link(next, 'next', words.next[language])),
  )
}
