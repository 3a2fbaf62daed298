import { FONT_FACES } from '../fonts.ts'
import type { ReceivedLetter } from './letters.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '')

const STYLE = `${FONT_FACES}
body{font:18px/1.7 Sarabun,sans-serif;max-width:860px;margin:2rem auto;padding:0 1rem;color:#14213d}
body{overflow-wrap:anywhere}.mark{border:2px solid #a6192e;padding:.5rem 1rem}a{color:#0b4f8a}
li{list-style:none;margin:.5rem 0}ul{padding:0}.letters li{border-top:1px solid #5c6b82;padding-top:.5rem}
h1{font-size:1.6rem;line-height:1.35}h1 span{white-space:nowrap}nav li{display:inline-block;margin-right:1rem}dt{font-weight:bold}dd{margin:0 0 .5rem}
.text{white-space:pre-wrap;border:1px solid #5c6b82;padding:1rem}iframe{width:100%;height:24rem;border:1px solid #5c6b82}`

const both = (th: string, en: string): string => `${th} · <span lang="en">${en}</span>`

/** Letters, the newest first, with the recipients to choose from. `to` is the one that was chosen. */
export function listPage(
  letters: readonly ReceivedLetter[],
  recipients: readonly (readonly [address: string, letters: number])[],
  to: string | undefined,
): string {
  const choices = recipients.map(
    ([address, count]) =>
      `<li><a href="${toList(address)}"${address === to ? ' aria-current="page"' : ''}>${escaped(address)}</a> (${count})</li>`,
  )
  const rows = letters.map(
    ({ id, subject, to, receivedAt }) =>
      `<li><a href="/letters/${id}"><strong>${subjectOf(subject)}</strong></a><br>${escaped(to.join(', '))}
      <br>${timeOf(receivedAt)}</li>`,
  )
  const none = `<p>${both('ยังไม่มีจดหมาย', 'No letters yet')}</p>`
  return page(`<h2>${both('ผู้รับ', 'Recipients')}</h2>
    <nav aria-label="ผู้รับ"><ul><li><a href="/"${to === undefined ? ' aria-current="page"' : ''}>${both('ทุกคน', 'Everybody')}</a></li>
    ${choices.join('')}</ul></nav><h2>${to === undefined ? both('จดหมายทั้งหมด', 'All letters') : escaped(to)}</h2>
    ${rows.length === 0 ? none : `<ul class="letters">${rows.join('')}</ul>`}`)
}

/** One letter: its plain text, with links to follow; how it looks as HTML is in a frame in which nothing runs. */
export function letterPage({ id, from, to, subject, text, html, receivedAt }: ReceivedLetter): string {
  const back = to.map((one) => `<a href="${toList(one)}">${escaped(one)}</a>`).join(', ')
  const frame = `<h3>${both('แบบ HTML', 'As HTML')}</h3>
    <iframe sandbox title="HTML" src="/letters/${id}/html"></iframe>`
  return page(`<p><a href="/">${both('จดหมายทั้งหมด', 'All letters')}</a></p><article><h2>${subjectOf(subject)}</h2>
    <dl><dt>${both('ถึง', 'To')}</dt><dd>${back}</dd><dt>${both('จาก', 'From')}</dt><dd><bdi>${escaped(from)}</bdi></dd>
    <dt>${both('ได้รับเมื่อ', 'Received')}</dt><dd>${timeOf(receivedAt)}</dd></dl>
    <h3>${both('ข้อความ', 'Text')}</h3><div class="text">${withLinks(text)}</div>${html === '' ? '' : frame}</article>`)
}

/** Told for a letter that is not there, and for pages that never were. */
export function missingPage(): string {
  return page(`<p>${both('ไม่มีจดหมายนี้ จดหมายเก่าถูกลบเมื่อมีมากเกินไปหรือเมื่อเริ่มระบบใหม่', 'There is no such letter. Old ones go when there are too many, and all of them with a restart.')}</p>
    <p><a href="/">${both('จดหมายทั้งหมด', 'All letters')}</a></p>`)
}

const toList = (address: string): string => `/?to=${encodeURIComponent(address)}`

const subjectOf = (subject: string): string =>
  subject === '' ? both('ไม่มีหัวเรื่อง', 'No subject') : `<bdi>${escaped(subject)}</bdi>`

function timeOf(at: number): string {
  const iso = new Date(at).toISOString()
  const words = new Intl.DateTimeFormat('th-TH', {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'Asia/Bangkok',
  })
  return `<time datetime="${iso}">${words.format(at)}</time>`
}

function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((piece, index) =>
      index % 2 === 0 ? escaped(piece) : `<a rel="noreferrer" href="${escaped(piece)}">${escaped(piece)}</a>`,
    )
    .join('')
}

function page(body: string): string {
  return `<!doctype html><html lang="th"><head><meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1"><title>ระบบอีเมล (แซนด์บ็อกซ์)</title>
  <style>${STYLE}</style></head><body><main><h1>ระบบอีเมล <span>(แซนด์บ็อกซ์)</span> · <span lang="en">Mail (sandbox)</span></h1>
  <p class="mark">นี่คือการสาธิต จดหมายทุกฉบับที่ระบบส่งมาจบที่นี่ ไม่มีฉบับใดไปถึงผู้รับจริง<br>
  <span lang="en">This is a demonstration. Every letter that is sent ends here; none reaches anybody.</span></p>
  ${body}</main></body></html>`
}
