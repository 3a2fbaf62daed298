import { CheckError, checkFile, type Report } from '@sapan/documents/check'
import type { Language, Text } from '@sapan/kernel'
import { h, render } from 'preact'
import { words } from '../pages/words.ts'
import { reportView } from '../report/view.ts'

/*
 * The checker as a page of its own: the file is read here and goes nowhere. The page's policy allows no connection.
 */

const language: Language = document.documentElement.lang === 'en' ? 'en' : 'th'
const say = (text: Text): string => text[language]

const own = {
  trust: {
    th: 'ยังไม่มีใบรับรองที่คุณเชื่อถือ จึงบอกได้ว่าไฟล์ถูกเปลี่ยนหรือไม่ แต่ยืนยันตัวผู้ลงนามไม่ได้ เลือกใบรับรองรากในช่องด้านบน',
    en: 'No certificate is trusted yet: the checker can tell whether the file was changed, but not confirm who signed. Choose a root certificate above.',
  },
} as const satisfies Record<string, Text>

const form = element('check', HTMLFormElement)
const answer = element('answer', HTMLElement)
const status = element('working', HTMLElement)
const file = element('file', HTMLInputElement)
const password = element('password', HTMLInputElement)
const detached = element('detached', HTMLInputElement)
const anchors = element('anchors', HTMLInputElement)

form.addEventListener('submit', (event) => {
  event.preventDefault()
  void run()
})
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

async function run(): Promise<void> {
  const [chosen] = file.files ?? []
  if (!chosen) return
  status.textContent = say(words.working)
  render(null, answer)
  // The words are painted before the work begins.
  await new Promise((resolve) => setTimeout(resolve, 30))
  try {
    const certificates = await trusted()
    show(await check(chosen, certificates), certificates.length === 0)
  } catch (error) {
    showProblem(error instanceof CheckError ? error.text : unexpected(error))
  } finally {
    status.textContent = ''
    answer.focus()
  }
}

async function check(chosen: File, certificates: readonly Uint8Array[]): Promise<Report> {
  const [original] = detached.files ?? []
  return checkFile(
    await bytesOf(chosen),
    {
      anchors: { certificates },
      name: chosen.name,
      ...(password.value === '' ? {} : { password: password.value }),
    },
    original === undefined ? [] : [{ name: original.name, bytes: await bytesOf(original) }],
  )
}

async function bytesOf(chosen: File): Promise<Uint8Array> {
  return new Uint8Array(await chosen.arrayBuffer())
}

/** The certificates that came with this checker, and those that the reader chose: DER, or PEM with any number. */
async function trusted(): Promise<Uint8Array[]> {
  const built = document.getElementById('built-in-anchors')?.textContent ?? ''
  const chosen = await Promise.all([...(anchors.files ?? [])].map(bytesOf))
  return [
    ...fromPem(built),
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

function show(report: Report, trustsNobody: boolean): void {
  const hint = trustsNobody ? h('p', { class: 'inset' }, say(own.trust)) : null
  render(h('div', null, hint, reportView(report, { language })), answer)
}

function showProblem(text: Text): void {
  const title = h('h2', null, say(words.problem))
  render(h('section', { class: 'error-summary', role: 'alert' }, title, h('p', null, say(text))), answer)
}

function unexpected(error: unknown): Text {
  const said = error instanceof TypeError && /trust anchor/.test(error.message)
  if (said) return { th: 'ใบรับรองที่เลือกอ่านไม่ได้', en: 'The certificate that was chosen cannot be read.' }
  return { th: 'เกิดข้อผิดพลาดที่ไม่คาดคิด', en: 'Something unexpected went wrong.' }
}

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof type)) throw new Error(`the page has no #${id}`)
  return found
}
