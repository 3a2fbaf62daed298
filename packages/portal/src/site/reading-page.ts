import type { Language, Text } from '@sapan/kernel'
import { plainDay, type SitePage } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'

/** A text to read: chapters of paragraphs and lists. */
export interface Reading {
  readonly title: Text
  readonly lead: Text
  readonly chapters: readonly Chapter[]
  /** When it was last changed: `2026-11-21`. */
  readonly changed: string
}

export interface Chapter {
  readonly id: string
  readonly title: Text
  readonly paragraphs: readonly Text[]
  readonly points?: readonly Text[]
}

const words = {
  contents: { th: 'เนื้อหา', en: 'Contents' },
  changed: { th: 'แก้ไขล่าสุด', en: 'Last changed' },
} as const satisfies Record<string, Text>

/** The text with a table of contents in front. Addresses of e-mail in it become links. */
export function readingPage({ title, lead, chapters, changed }: Reading, language: Language): SitePage {
  const entries = chapters.map(({ id, title: name }) =>
    h('li', null, h('a', { href: `#${id}` }, name[language])),
  )
  const body = [
    h('h1', null, title[language]),
    h('p', { class: 'lead column' }, lead[language]),
    h(
      'div',
      { class: 'reading' },
      h('nav', { 'aria-label': words.contents[language] }, h('ul', null, entries)),
      h(
        'div',
        { class: 'column' },
        chapters.map((chapter) => chapterOf(chapter, language)),
        h('p', { class: 'quiet' }, `${words.changed[language]}: ${plainDay(changed, language)}`),
      ),
    ),
  ]
  return { kind: 'page', title: title[language], body }
}

function chapterOf({ id, title, paragraphs, points = [] }: Chapter, language: Language): ComponentChild {
  return h(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title` }, title[language]),
    paragraphs.map((text) => h('p', null, linked(text[language]))),
    points.length === 0
      ? null
      : h(
          'ul',
          null,
          points.map((text) => h('li', null, linked(text[language]))),
        ),
  )
}

function linked(text: string): ComponentChild[] {
  return text
    .split(/([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/)
    .map((part, at) => (at % 2 === 1 ? h('a', { href: `mailto:${part}` }, part) : part))
}
