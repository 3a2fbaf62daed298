import { readdirSync, readFileSync } from 'node:fs'
import { type Language, type ProblemType, registeredProblems, type Text } from '@sapan/kernel'
import { Marked } from 'marked'
import { type ComponentChild, h } from 'preact'
import { type Phase, renderPage } from './frame.ts'
import { readProblemSource } from './problem-document.ts'

export interface ProblemPagesOptions {
  /** The folder `docs/problems/`, with its slash at the end. Its files are ours and trusted: HTML in them passes. */
  readonly docs: URL
  /** The path at which the pages are served, without a slash at the end. */
  readonly base?: string
  readonly phase?: Phase
}

export interface ProblemContent {
  readonly title: string
  readonly body: ComponentChild
}

/** The page of a problem code as HTML; `undefined` when there is no such page. Without a code: the list of all. */
export type ProblemPages = (code: string | undefined, language: Language) => string | undefined

const words = {
  all: { th: 'ปัญหาทั้งหมด', en: 'All problems' },
  intro: {
    th: 'เมื่อระบบปฏิเสธหรือทำงานไม่สำเร็จ คำตอบจะมีรหัสปัญหา หน้าของแต่ละรหัสบอกว่าเกิดอะไรขึ้นและต้องทำอะไรต่อ',
    en: 'When something is refused or fails, the answer has a problem code. Each code has a page that says what happened and what to do next.',
  },
  code: { th: 'รหัส', en: 'Code' },
  status: { th: 'สถานะ', en: 'Status' },
  meaning: { th: 'ความหมาย', en: 'Meaning' },
  empty: { th: 'ยังไม่มีหน้าปัญหา', en: 'There are no problem pages yet.' },
} as const satisfies Record<string, Text>

const codePattern = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** The pages of `docs/problems/<code>.md` in the page frame, each made once. */
export function renderProblemPages(options: ProblemPagesOptions): ProblemPages {
  const { base = '/problems', phase } = options
  const contents = problemContents(options)
  const rendered = new Map<string, string>()

  return (code, language) => {
    const key = `${code ?? ''} ${language}`
    const known = rendered.get(key)
    if (known !== undefined) return known
    const content = contents(code, language)
    if (content === undefined) return undefined
    const path = code === undefined ? base : `${base}/${code}`
    const languages = { th: `${path}?lang=th`, en: `${path}?lang=en` }
    const html = renderPage({ language, ...content, languages, home: `${base}?lang=${language}`, phase })
    rendered.set(key, html)
    return html
  }
}

/**
 * The same without a frame, for a site that has one of its own. Files are read at first use; a file that can't be read as a
 * problem page throws then.
 */
export function problemContents({
  docs,
  base = '/problems',
}: ProblemPagesOptions): (code: string | undefined, language: Language) => ProblemContent | undefined {
  const codes = problemPageCodes(docs)
  const known = new Map<string, ProblemContent>()

  return (code, language) => {
    if (code !== undefined && !codes.includes(code)) return undefined
    const key = `${code ?? ''} ${language}`
    const content = known.get(key) ?? (code === undefined ? list(language) : one(code, language))
    known.set(key, content)
    return content
  }

  function one(code: string, language: Language): ProblemContent {
    const source = readProblemSource(readFileSync(new URL(`${code}.md`, docs), 'utf8'))[language]
    const html = toHtml(source.markdown)
    const all = `${base}?lang=${language}`
    return { title: source.title, body: problemBody(code, source.title, html, all, language) }
  }

  function list(language: Language): ProblemContent {
    return { title: words.all[language], body: listBody(codes, docs, base, language) }
  }
}

/** The codes that have a page, in alphabetical order. */
export function problemPageCodes(docs: URL): readonly string[] {
  return readdirSync(docs)
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.slice(0, -'.md'.length))
    .filter((code) => codePattern.test(code))
    .sort()
}

function problemBody(
  code: string,
  title: string,
  html: string,
  all: string,
  language: Language,
): ComponentChild {
  const type: ProblemType | undefined = registeredProblems().get(code)
  const facts = h(
    'dl',
    { class: 'facts' },
    h('dt', null, words.code[language]),
    h('dd', null, h('code', null, code)),
    type === undefined ? null : h('dt', null, words.status[language]),
    type === undefined ? null : h('dd', null, statusOf(code)),
  )
  return h(
    'article',
    { class: 'column' },
    h('h1', null, title),
    facts,
    h('div', { dangerouslySetInnerHTML: { __html: html } }),
    h('p', null, h('a', { href: all }, words.all[language])),
  )
}

function listBody(codes: readonly string[], docs: URL, base: string, language: Language): ComponentChild {
  if (codes.length === 0) return h('p', null, words.empty[language])
  const row = (code: string): ComponentChild =>
    h(
      'tr',
      null,
      h('td', null, h('a', { href: `${base}/${code}?lang=${language}` }, h('code', null, code))),
      h('td', { class: 'number' }, statusOf(code)),
      h('td', null, readProblemSource(readFileSync(new URL(`${code}.md`, docs), 'utf8'))[language].title),
    )
  const heads = [words.code, words.status, words.meaning].map((text) =>
    h('th', { scope: 'col' }, text[language]),
  )
  return h(
    'div',
    null,
    h('h1', null, words.all[language]),
    h('p', { class: 'column' }, words.intro[language]),
    h(
      'table',
      { class: 'cards' },
      h('thead', null, h('tr', null, ...heads)),
      h('tbody', null, codes.map(row)),
    ),
  )
}

function statusOf(code: string): string {
  const status = registeredProblems().get(code)?.status
  return status === undefined ? '' : `HTTP ${status}`
}

/** A wide table or an example scrolls inside itself, and takes the focus so that the keyboard can scroll it. */
function toHtml(markdown: string): string {
  const marked = new Marked({ gfm: true, async: false })
  const html = marked.parse(markdown)
  if (typeof html !== 'string') throw new Error('the Markdown renderer answered asynchronously')
  return html
    .replaceAll('<pre>', '<pre tabindex="0">')
    .replaceAll('<table>', '<div class="scroll" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>')
}
