import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { assetAddress } from './assets.ts'
import { Mark } from './mark.ts'

export interface Page {
  readonly language: Language
  /** The page's own name, first in the window's title. */
  readonly title: string
  /** Where the same page is in each language; `href` values, relative ones allowed. */
  readonly languages: Readonly<Record<Language, string>>
  /** Where the name in the header leads. */
  readonly home: string
  /** A banner below the header that says what kind of system this is, on every page of a demonstration. */
  readonly phase?: Phase | undefined
  readonly body: ComponentChildren
  /** Beside the language in the header: who is signed in, or the way to sign in. */
  readonly menu?: ComponentChildren
  /** The face's ways, below the header. */
  readonly navigation?: { readonly label: string; readonly links: readonly NavigationLink[] } | undefined
  /** Below all of that, on every page: for whom the visitor acts. */
  readonly notice?: ComponentChildren
  /** Ways at the foot. */
  readonly footer?: readonly { readonly href: string; readonly text: string }[]
  /** Addresses of scripts that add to the page. */
  readonly scripts?: readonly string[]
  /** More in the head: a manifest, icons. */
  readonly head?: ComponentChildren
  /** Beside the name, in place of what Sapan as a whole is. */
  readonly line?: Text
}

export interface NavigationLink {
  readonly href: string
  readonly text: string
  readonly isCurrent: boolean
}

export interface Phase {
  readonly name: Text
  readonly text: Text
}

/** The banner of a system whose people and companies are made up. */
export const sandboxPhase: Phase = {
  name: { th: 'ตัวอย่าง', en: 'Demonstration' },
  text: { th: 'บุคคลและบริษัททั้งหมดเป็นข้อมูลสมมติ', en: 'All people and companies here are made up.' },
}

const words = {
  skip: { th: 'ข้ามไปยังเนื้อหา', en: 'Skip to the content' },
  name: { th: 'สะพาน', en: 'Sapan' },
  line: { th: 'แลกเปลี่ยนข้อมูลภาครัฐที่พิสูจน์ได้', en: 'government data exchange that can be proved' },
  switch: { th: 'ภาษา', en: 'Language' },
  footer: {
    th: 'สะพานเป็นซอฟต์แวร์เปิดเผยรหัส ภายใต้สัญญาอนุญาต Apache-2.0',
    en: 'Sapan is open-source software under the Apache-2.0 licence.',
  },
} as const satisfies Record<string, Text>

const languageNames: Readonly<Record<Language, string>> = { th: 'ไทย', en: 'English' }

/**
 * A whole page as HTML: the frame around `body`. Works without JavaScript; needs `uiAssets()` served beside it.
 * Texts are escaped by the renderer.
 */
export function renderPage(page: Page): string {
  return `<!doctype html>${renderToString(h('html', { lang: page.language }, head(page), body(page)))}`
}

function head({ title, language, head: more, scripts = [] }: Page): ComponentChild {
  return h(
    'head',
    null,
    h('meta', { charset: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('title', null, `${title} – ${words.name[language]}`),
    h('link', { rel: 'stylesheet', href: assetAddress('sapan.css') }),
    h('link', { rel: 'icon', type: 'image/svg+xml', href: assetAddress('mark.svg') }),
    more,
    scripts.map((src) => h('script', { type: 'module', src })),
  )
}

function body(page: Page): ComponentChild {
  const { language, phase } = page
  return h(
    'body',
    null,
    h('a', { class: 'skip', href: '#main' }, words.skip[language]),
    header(page),
    phase === undefined ? null : banner(phase, language),
    page.navigation === undefined ? null : navigation(page.navigation),
    page.notice,
    h('main', { id: 'main', tabIndex: -1 }, h('div', { class: 'inner' }, page.body)),
    footer(page),
  )
}

function footer({ language, footer: links = [] }: Page): ComponentChild {
  const entries = links.map(({ href, text }) => h('li', null, h('a', { href }, text)))
  return h(
    'footer',
    { class: 'footer' },
    h(
      'div',
      { class: 'inner' },
      entries.length === 0 ? null : h('ul', { class: 'links' }, entries),
      h('p', null, words.footer[language]),
    ),
  )
}

function navigation({ label, links }: NonNullable<Page['navigation']>): ComponentChild {
  const entry = ({ href, text, isCurrent }: NavigationLink) =>
    h('li', null, h('a', { href, 'aria-current': isCurrent ? 'page' : undefined }, text))
  return h(
    'nav',
    { class: 'navigation', 'aria-label': label },
    h('div', { class: 'inner' }, h('ul', null, links.map(entry))),
  )
}

function header({ language, languages, home, menu, line = words.line }: Page): ComponentChild {
  const name = h('span', null, words.name[language], ' ', h('small', null, line[language]))
  return h(
    'header',
    { class: 'header' },
    h(
      'div',
      { class: 'inner' },
      h('a', { class: 'brand', href: home }, h(Mark, null), name),
      menu === undefined ? null : h('div', { class: 'menu' }, menu),
      languageSwitch(language, languages),
    ),
  )
}

function banner(phase: Phase, language: Language): ComponentChild {
  const text = h('p', null, h('strong', null, phase.name[language]), phase.text[language])
  // A landmark, so that who moves from part to part meets it (WCAG 2.2, 1.3.1).
  return h(
    'section',
    { class: 'phase', 'aria-label': phase.name[language] },
    h('div', { class: 'inner' }, text),
  )
}

function languageSwitch(current: Language, languages: Page['languages']): ComponentChild {
  const items = (['th', 'en'] as const).map((language) =>
    language === current
      ? h('strong', { 'aria-current': 'true' }, languageNames[language])
      : h('a', { href: languages[language], lang: language, hreflang: language }, languageNames[language]),
  )
  return h('nav', { class: 'languages', 'aria-label': words.switch[current] }, ...items)
}
