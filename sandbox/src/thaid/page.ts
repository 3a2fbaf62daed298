import { maskNationalId } from '@sapan/kernel'
import { FONT_FACES } from '../fonts.ts'
import type { ThaidPerson } from './people.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '')

const STYLE = `${FONT_FACES}
body{font:18px/1.7 Sarabun,sans-serif;max-width:680px;margin:2rem auto;padding:0 1rem;color:#14213d}
.mark{border:2px solid #a6192e;padding:.5rem 1rem}button{font:inherit;padding:.5rem 1rem;width:100%;text-align:left}
li{list-style:none;margin:.5rem 0}ul{padding:0}`

/** The page on which whoever tries things out chooses whom to be, in Thai and English. */
export function choosePage(uid: string, people: readonly ThaidPerson[]): string {
  const choices = people.map(
    ({ nationalId, given, family, about }) =>
      `<li><button name="person" value="${escaped(nationalId)}"><strong>${escaped(`${given.th} ${family.th}`)}</strong>
      <span lang="en">${escaped(`${given.en} ${family.en}`)}</span><br>${maskNationalId(nationalId)}
      <br>${escaped(about.th)} · <span lang="en">${escaped(about.en)}</span></button></li>`,
  )
  return page(`<form method="post" action="/choose/${escaped(uid)}"><ul>${choices.join('')}</ul>
    <p><button name="person" value="">ยกเลิก · <span lang="en">Cancel</span></button></p></form>`)
}

/** Told when an interaction is not there any more. */
export function overPage(): string {
  return page(
    `<p>การเข้าใช้นี้หมดเวลาแล้ว กลับไปเริ่มใหม่</p><p lang="en">This sign-in is over. Go back and begin again.</p>`,
  )
}

function page(body: string): string {
  return `<!doctype html><html lang="th"><head><meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1"><title>ThaID (แซนด์บ็อกซ์)</title>
  <style>${STYLE}</style></head><body><main><h1>ThaID (แซนด์บ็อกซ์)</h1>
  <p class="mark">นี่ไม่ใช่ ThaID จริง ทุกคนในรายการเป็นบุคคลสมมติ<br>
  <span lang="en">This is not the real ThaID. Everybody in the list is made up.</span></p>
  <h2>เลือกว่าจะเป็นใคร · <span lang="en">Choose whom to be</span></h2>${body}</main></body></html>`
}
