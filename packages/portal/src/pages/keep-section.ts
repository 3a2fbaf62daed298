import type { Language } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import { words } from './words.ts'

/** Addresses of what can be taken along; nothing is kept, so it travels in the page. */
export interface Downloads {
  readonly pdf?: string | undefined
  readonly json: string
}

export function keepSection({ pdf, json }: Downloads, language: Language): ComponentChild {
  return h(
    'section',
    { class: 'keep' },
    h('h2', null, words.keep[language]),
    h('p', { class: 'column' }, words.keepText[language]),
    h(
      'ul',
      { class: 'downloads' },
      pdf === undefined ? null : download('report.pdf', pdf, words.pdf[language]),
      download('report.json', json, words.json[language]),
    ),
  )
}

function download(name: string, address: string, text: string): ComponentChild {
  return h('li', null, h('a', { href: address, download: name }, text))
}
