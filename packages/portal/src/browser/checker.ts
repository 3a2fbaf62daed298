import { CheckError, checkFile, type Report } from '@sapan/documents/check'
import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h, render } from 'preact'
import { type DocumentWords, withAgreement } from '../checking/agreement.ts'
import { type CarriedData, carriedData } from '../checking/carried-data.ts'
import { errorSummary, needsPassword, type ShownProblem } from '../pages/error-summary.ts'
import { keepSection } from '../pages/keep-section.ts'
import { words } from '../pages/words.ts'
import { problemTexts } from '../problem-texts.ts'
import { reportView } from '../report/view.ts'
import { verdictOf } from '../report/words.ts'
import { checkerWords } from './checker-words.ts'
import { pictureOf, preparePicture } from './picture.ts'

/*
 * The checker as a page of its own: the file is read here and goes nowhere. The page's policy allows no connection.
 */

const language: Language = document.documentElement.lang === 'en' ? 'en' : 'th'
const say = (text: Text): string => text[language]

const ask = element('ask', HTMLElement)
const problem = element('problem', HTMLElement)
const answer = element('answer', HTMLElement)
const form = element('check', HTMLFormElement)
const status = element('working', HTMLElement)
const more = element('more', HTMLDetailsElement)
const file = element('file', HTMLInputElement)
const password = element('password', HTMLInputElement)
const detached = element('detached', HTMLInputElement)
const anchors = element('anchors', HTMLInputElement)
const title = document.title

form.addEventListener('submit', (event) => {
  event.preventDefault()
  void run()
})
// What draws the page is loaded while the reader still looks for the button.
file.addEventListener('change', () => void preparePicture().catch(() => {}))
for (const name of ['dragenter', 'dragover'] as const) {
  addEventListener(name, (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
  })
}
addEventListener('drop', (event) => {
  if (!event.dataTransfer?.files.length || event.target instanceof HTMLInputElement) return
  event.preventDefault()
  file.files = event.dataTransfer.files
  form.requestSubmit()
})

let isRunning = false

async function run(): Promise<void> {
  if (isRunning) return
  isRunning = true
  render(null, problem)
  render(null, answer)
  status.textContent = say(words.working)
  // The words are painted before the work begins.
  await new Promise((resolve) => setTimeout(resolve, 30))
  try {
    const [chosen] = file.files ?? []
    if (chosen === undefined) showProblem(problemTexts['upload-missing'])
    else await checkAndShow(chosen)
  } catch (error) {
    showProblem(problemOf(error))
  } finally {
    status.textContent = ''
    isRunning = false
  }
}

interface Found {
  readonly report: Report
  readonly picture: string | undefined
  readonly data: readonly CarriedData[]
}

async function checkAndShow(chosen: File): Promise<void> {
  const certificates = await trusted()
  showReport(await check(chosen, certificates), certificates.length === 0)
}

async function check(chosen: File, certificates: readonly Uint8Array[]): Promise<Found> {
  const [original] = detached.files ?? []
  const bytes = await bytesOf(chosen)
  const secret = password.value === '' ? undefined : password.value
  const checked = await checkFile(
    bytes,
    {
      anchors: { certificates },
      name: chosen.name,
      ...(secret === undefined ? {} : { password: secret }),
    },
    original === undefined ? [] : [{ name: original.name, bytes: await bytesOf(original) }],
  )
  const isPdf = checked.file.format === 'pdf' || checked.file.format === 'unsigned-pdf'
  return {
    report: documentWords === undefined ? checked : withAgreement(checked, bytes, documentWords, secret),
    picture: isPdf ? await pictureOf(bytes, secret) : undefined,
    data: isPdf ? carriedData(bytes, secret) : [],
  }
}

async function bytesOf(chosen: File): Promise<Uint8Array> {
  return new Uint8Array(await chosen.arrayBuffer())
}

const builtIn = (id: string): string => document.getElementById(id)?.textContent ?? ''

/** The words of the country's documents, if this checker was built with them. */
const documentWords: DocumentWords | undefined =
  builtIn('document-words') === '' ? undefined : (JSON.parse(builtIn('document-words')) as DocumentWords)

/** The certificates that came with this checker, and those that the reader chose: DER, or PEM with any number. */
async function trusted(): Promise<Uint8Array[]> {
  const chosen = await Promise.all([...(anchors.files ?? [])].map(bytesOf))
  return [
    ...fromPem(builtIn('built-in-anchors')),
    ...chosen.flatMap((bytes) => (bytes[0] === 0x30 ? [bytes] : fromPem(latin1(bytes)))),
  ]
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes)
}

function fromPem(text: string): Uint8Array[] {
  return [...text.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g)].map(
    ([, body = '']) => Uint8Array.from(atob(body.replace(/\s/g, '')), (letter) => letter.charCodeAt(0)),
  )
}

/** The report takes the place of the form, as on a page of its own. */
function showReport({ report, picture, data }: Found, trustsNobody: boolean): void {
  const json = `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(report, null, 2))}`
  const body = h(
    'div',
    { class: 'result' },
    trustsNobody ? trustHint() : null,
    reportView(report, { language, picture, data }),
    keepSection({ json }, language),
    h('p', null, h('button', { type: 'button', onClick: () => backTo(file) }, say(words.another))),
  )
  render(body, answer)
  ask.hidden = true
  document.title = title.replace(say(words.title), say(verdictOf(report).title))
  scrollTo(0, 0)
  answer.focus()
}

function trustHint(): ComponentChild {
  const choose = h(
    'button',
    { type: 'button', class: 'plain', onClick: () => backTo(anchors) },
    say(checkerWords.choose),
  )
  return h('div', { class: 'inset' }, h('p', null, say(checkerWords.trust)), h('p', null, choose))
}

function backTo(field: HTMLInputElement): void {
  render(null, answer)
  ask.hidden = false
  document.title = title
  field.focus()
}

function showProblem(found: ShownProblem): void {
  if (needsPassword(found)) more.open = true
  render(errorSummary(found, language), problem)
  document.getElementById('error')?.focus()
}

function problemOf(error: unknown): ShownProblem {
  if (error instanceof CheckError) {
    const isLocked = needsPassword({ reason: error.code })
    const texts = problemTexts[isLocked ? 'document-password-needed' : 'document-unreadable']
    return { ...texts, detail: error.text, reason: error.code }
  }
  const isCertificate = error instanceof TypeError && /trust anchor/.test(error.message)
  return isCertificate ? checkerWords.badCertificate : checkerWords.unexpected
}

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof type)) throw new Error(`the page has no #${id}`)
  return found
}
