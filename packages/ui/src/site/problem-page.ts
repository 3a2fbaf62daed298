import { type Language, type Problem, problemDocument, type Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import { linkButton } from '../components/link-button.ts'

const words = {
  read: { th: 'อ่านเพิ่มเติมเรื่องนี้', en: 'More about this' },
  home: { th: 'กลับหน้าแรก', en: 'Go to the start page' },
  incident: { th: 'หมายเลขเหตุการณ์', en: 'Number of the incident' },
  law: { th: 'ปัญหา', en: 'Problem' },
} as const satisfies Record<string, Text>

/** What went wrong and what to do next, as a page of the site. `incident` is what a log entry is found by. */
export function problemBody(
  problem: Problem,
  language: Language,
  incident: string | undefined,
): ComponentChild {
  const { title, next, place, code } = problem.type
  const detail = problem.detail?.[language]
  return h(
    'div',
    { class: 'column' },
    h('h1', null, title[language]),
    detail === undefined ? null : h('p', { class: 'lead' }, detail),
    h('p', null, next[language]),
    place === undefined ? null : h('p', null, linkButton({ text: place.text[language], href: place.path })),
    incident === undefined
      ? null
      : h('p', null, `${words.incident[language]}: `, h('strong', { class: 'number' }, incident)),
    h('p', null, h('a', { href: '/' }, words.home[language])),
    h(
      'p',
      { class: 'quiet' },
      h('a', { href: `/problems/${code}?lang=${language}` }, `${words.read[language]} (${code})`),
    ),
  )
}

/** The problem for a program (RFC 9457). */
export function problemJson(
  problem: Problem,
  origin: string,
  language: Language,
  incident: string | undefined,
): string {
  const document = problemDocument(problem, origin, language)
  return JSON.stringify(incident === undefined ? document : { ...document, incident })
}

/** Whether a caller wants a problem as JSON: it names JSON, and no page. */
export function wantsJson(accept: string | undefined): boolean {
  return /\bapplication\/(problem\+)?json\b/i.test(accept ?? '') && !/\btext\/html\b/i.test(accept ?? '')
}
