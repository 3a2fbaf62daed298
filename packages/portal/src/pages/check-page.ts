import type { Language, Problem } from '@sapan/kernel'
import { type PageBeside, type Phase, renderPage } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { Checked } from '../checking/job.ts'
import { reportView } from '../report/view.ts'
import { verdictOf } from '../report/words.ts'
import { checkForm } from './check-form.ts'
import { errorSummary, type ShownProblem } from './error-summary.ts'
import { keepSection } from './keep-section.ts'
import { words } from './words.ts'

export interface CheckPageOptions {
  readonly language: Language
  readonly phase: Phase | undefined
  /** Bytes that a file may have. */
  readonly mostBytes: number
  /** Number of the document whose QR code led here. */
  readonly document?: string | undefined
  readonly problem?: Problem | undefined
  /** The frame around it; its own, with a header alone, where the portal has no site. */
  readonly frame?: ((page: PageBeside) => string) | undefined
}

/** The address of the page, in a language. */
export const checkAddress = (language: Language): string => `/check?lang=${language}`

/** The page on which a file is chosen; with a problem where the last one could not be checked. */
export function checkPage(options: CheckPageOptions): string {
  const { language, document, mostBytes } = options
  const problem = options.problem && shownProblem(options.problem, language)
  const say = (key: keyof typeof words) => words[key][language]
  const body = h(
    'div',
    { class: 'column' },
    problem === undefined ? null : errorSummary(problem, language),
    h('h1', null, say('title')),
    h('p', { class: 'lead' }, say('lead')),
    document === undefined ? null : fromCode(document, language),
    checkForm({ language, action: checkAddress(language), mostBytes, problem }),
    h('p', { class: 'inset' }, say('kept')),
    options.frame === undefined ? null : numberSection(language),
    scanSection(language),
    howSection(language),
  )
  const title = problem === undefined ? say('title') : `${say('problem')}: ${say('title')}`
  return page(options, title, body, document === undefined ? '' : `&document=${encodeURIComponent(document)}`)
}

function shownProblem({ type, detail, extensions }: Problem, language: Language): ShownProblem {
  const { title, next, code } = type
  const { reason } = extensions
  return {
    title,
    next,
    detail,
    reason: typeof reason === 'string' ? reason : undefined,
    page: { address: `/problems/${code}?lang=${language}`, name: code },
  }
}

/** The page with what was found. */
export function resultPage(options: CheckPageOptions, checked: Checked): string {
  const { language } = options
  const { report, picture, data, pdf } = checked
  const downloads = {
    pdf: pdf && dataAddress('application/pdf', pdf),
    json: dataAddress('application/json', new TextEncoder().encode(JSON.stringify(report, null, 2))),
  }
  const body = h(
    'div',
    { class: 'result' },
    reportView(report, { language, picture: picture && dataAddress('image/png', picture.png), data }),
    keepSection(downloads, language),
    h('p', null, h('a', { class: 'button', href: checkAddress(language) }, words.another[language])),
  )
  return page(options, verdictOf(report).title[language], body, '')
}

function page(
  { language, phase, frame = plainFrame(language, phase) }: CheckPageOptions,
  title: string,
  body: ComponentChild,
  query: string,
): string {
  return frame({
    title,
    languages: { th: checkAddress('th') + query, en: checkAddress('en') + query },
    body,
    head: h('link', { rel: 'stylesheet', href: '/assets/portal/check.css' }),
    scripts: ['/assets/portal/check.js'],
  })
}

function plainFrame(language: Language, phase: Phase | undefined): (page: PageBeside) => string {
  return (framed) => renderPage({ ...framed, language, home: checkAddress(language), phase })
}

function fromCode(document: string, language: Language): ComponentChild {
  return h(
    'div',
    { class: 'inset' },
    h('p', null, words.from[language], ' ', h('strong', { class: 'break' }, document)),
    h('p', null, words.fromNext[language]),
  )
}

/** Who has a document on paper has its number; the page for it is the whole portal's. */
function numberSection(language: Language): ComponentChild {
  return h(
    'section',
    null,
    h('h2', null, words.number[language]),
    h('p', null, words.numberHint[language]),
    h('p', null, h('a', { href: `/check/number?lang=${language}` }, words.numberLink[language])),
  )
}

/** Reading a picture of a code takes a script; without one the phone's camera does it. */
function scanSection(language: Language): ComponentChild {
  const say = (key: keyof typeof words) => words[key][language]
  return h(
    'section',
    { class: 'scan' },
    h('h2', null, say('scan')),
    h('p', null, say('scanHint')),
    h('p', { id: 'scan-plain' }, say('scanPlain')),
    h(
      'div',
      {
        id: 'scan',
        hidden: true,
        'data-nothing': say('scanNothing'),
        'data-found': say('scanFound'),
        'data-here': say('scanHere'),
        'data-elsewhere': say('scanElsewhere'),
      },
      h('label', { for: 'code' }, say('scanButton')),
      h('input', { type: 'file', id: 'code', accept: 'image/*' }),
      h('div', { id: 'scanned', role: 'status' }),
    ),
  )
}

function howSection(language: Language): ComponentChild {
  const say = (key: keyof typeof words) => words[key][language]
  return h(
    'details',
    null,
    h('summary', null, say('how')),
    h('p', null, say('howText')),
    h('p', null, `${say('programs')} `, h('code', null, '/api/check'), ` ${say('programsAnswer')}`),
    h(
      'pre',
      { tabIndex: 0 },
      h('code', null, "curl --data-binary @document.pdf -H 'Content-Type: application/pdf' …/api/check"),
    ),
  )
}

function dataAddress(mime: string, bytes: Uint8Array): string {
  return `data:${mime};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')}`
}
