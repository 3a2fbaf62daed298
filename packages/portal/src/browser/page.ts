import type { Language } from '@sapan/kernel'
import { renderPage } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { DocumentWords } from '../checking/agreement.ts'
import { checkForm } from '../pages/check-form.ts'
import { words } from '../pages/words.ts'
import { checkerWords } from './checker-words.ts'

/**
 * Nothing may be fetched, sent or opened by this page but the files beside it. Pages are drawn by WebAssembly, in a
 * thread that the page makes out of a text of its own and that has the same policy.
 */
export const checkerPolicy = [
  "default-src 'none'",
  "connect-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  'worker-src blob:',
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ')

export interface CheckerPageOptions {
  /** PEM. */
  readonly anchors: string
  readonly words: DocumentWords | undefined
}

/** The page of the checker in one language: the same frame and form as the portal's, sent nowhere. */
export function checkerPage(
  language: Language,
  { anchors, words: documentWords }: CheckerPageOptions,
): string {
  const body = h(
    'div',
    null,
    askSection(language),
    h('div', { id: 'answer', tabIndex: -1 }),
    h('script', {
      type: 'application/x-pem-file',
      id: 'built-in-anchors',
      dangerouslySetInnerHTML: { __html: safePem(anchors) },
    }),
    documentWords === undefined
      ? null
      : h('script', {
          type: 'application/json',
          id: 'document-words',
          dangerouslySetInnerHTML: { __html: safeJson(documentWords) },
        }),
  )
  const html = renderPage({
    language,
    title: words.title[language],
    languages: { th: 'index.html', en: 'en.html' },
    home: language === 'th' ? 'index.html' : 'en.html',
    body,
  })
  const meta = `<meta http-equiv="Content-Security-Policy" content="${checkerPolicy}">`
  return html
    .replace('<head>', `<head>${meta}`)
    .replaceAll(/"\/assets\/([^"?]+)(?:\?v=[^"]*)?"/g, '"$1"')
    .replace(
      '</head>',
      '<link rel="stylesheet" href="check.css"><script defer src="checker.js"></script></head>',
    )
}

/** What is asked for: the file, and certificates that the reader trusts. */
function askSection(language: Language): ComponentChild {
  return h(
    'div',
    { class: 'column', id: 'ask' },
    h('div', { id: 'problem' }),
    h('h1', null, words.title[language]),
    h('p', { class: 'lead' }, checkerWords.lead[language]),
    h('noscript', null, h('p', { class: 'inset' }, checkerWords.noScript[language])),
    checkForm({ language, action: undefined, mostBytes: undefined }),
    h(
      'div',
      { class: 'scan' },
      h('label', { for: 'anchors' }, checkerWords.anchors[language]),
      h('p', { class: 'hint', id: 'anchors-hint' }, checkerWords.anchorsHint[language]),
      h('input', {
        type: 'file',
        id: 'anchors',
        multiple: true,
        form: 'check',
        'aria-describedby': 'anchors-hint',
      }),
    ),
  )
}

/** No letter of it can end the element in which it stands. */
function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c')
}

/** Only what PEM is made of: it stands in a page as it is. */
function safePem(text: string): string {
  return text.replace(/[^A-Za-z0-9+/=\n -]/g, '')
}
