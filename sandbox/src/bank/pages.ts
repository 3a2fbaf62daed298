import { FONT_FACES } from '../fonts.ts'
import type { Payee } from './accounts.ts'
import type { Bill } from './bill.ts'
import type { BankMovement, Telling } from './ledger.ts'

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
body{overflow-wrap:anywhere}.mark{border:2px solid #a6192e;padding:.5rem 1rem}a{color:#0b4f8a}
label{display:block;font-weight:bold;margin-top:1rem}textarea,input[type=text],select{font:inherit;width:100%;padding:.5rem}
textarea,input,select{box-sizing:border-box;border:1px solid #5c6b82}button{font:inherit;padding:.5rem 1rem;margin-top:1rem;
min-height:44px;background:#0b4f8a;color:#fff;border:0}:focus-visible{outline:4px solid #f2a71b;box-shadow:0 0 0 8px #14213d}
dt{font-weight:bold}dd{margin:0 0 .5rem}.amount{font-size:2rem;font-weight:bold}.wrong{color:#a6192e;font-weight:bold}
li{margin:.5rem 0}h1{font-size:1.6rem;line-height:1.35}h1 span{white-space:nowrap}`

const both = (th: string, en: string): string => `${th} · <span lang="en">${en}</span>`

/** `1,234.50` of 123,450 satang. */
export function bahtOf(satang: number): string {
  return `${Math.floor(satang / 100).toLocaleString('en-US')}.${String(satang % 100).padStart(2, '0')}`
}

/** Where whoever tries things out brings a code. */
export function homePage(latest: readonly BankMovement[], isWrong = false): string {
  const wrong = both(
    'นี่ไม่ใช่รหัสชำระบิล คัดลอกจากหน้าชำระเงินทั้งบรรทัด',
    'That is no code of a bill. Copy the whole line.',
  )
  const rows = latest.map(
    ({ transaction, amount, direction }) =>
      `<li><a href="/transactions/${transaction}">${transaction}</a> ${direction === 'in' ? '+' : '−'}${bahtOf(amount)}</li>`,
  )
  return page(`<h2>${both('จ่ายบิล', 'Pay a bill')}</h2>
    <form method="post" action="/bill">
    ${isWrong ? `<p class="wrong" id="wrong" role="alert">${wrong}</p>` : ''}
    <label for="code">${both('รหัสใน QR', 'What the QR code says')}</label>
    <textarea id="code" name="code" rows="4" required${isWrong ? ' aria-invalid="true" aria-describedby="wrong"' : ''}></textarea>
    <button>${both('ดูบิล', 'See the bill')}</button></form>
    <h2>${both('รายการล่าสุด', 'Latest transactions')}</h2>
    ${rows.length === 0 ? `<p>${both('ยังไม่มี', 'None yet')}</p>` : `<ul>${rows.join('')}</ul>`}`)
}

const tellingNames: Readonly<Record<Telling, string>> = {
  now: both('แจ้งทันที', 'at once'),
  late: both('แจ้งช้าสองนาที', 'two minutes late'),
  twice: both('แจ้งซ้ำสองครั้ง', 'twice'),
  never: both('ไม่แจ้ง (พบเมื่อกระทบยอด)', 'never: only the statement will tell'),
}

/** The bill, and how to pay it: as it is, or in ways that a demonstration wants to try. */
export function billPage(code: string, bill: Bill, payee: Payee | undefined, isWrong = false): string {
  const amount = bill.amount === undefined ? '' : bahtOf(bill.amount)
  const choices = Object.entries(tellingNames).map(
    ([value, name]) => `<option value="${value}">${plain(name)}</option>`,
  )
  const wrong = both('กรอกจำนวนเงิน เช่น 1,234.50', 'Give an amount such as 1,234.50')
  return page(`<h2>${both('บิล', 'The bill')}</h2><dl>
    <dt>${both('ผู้รับ', 'To')}</dt><dd>${nameOf(payee)} ${escaped(bill.biller)}</dd>
    <dt>${both('เลขอ้างอิง', 'References')}</dt><dd>${escaped(bill.reference1)} / ${escaped(bill.reference2)}</dd>
    <dt>${both('จำนวนเงิน', 'Amount')}</dt><dd class="amount">${amount} ${both('บาท', 'baht')}</dd></dl>
    <form method="post" action="/pay"><input type="hidden" name="code" value="${escaped(code)}">
    ${isWrong ? `<p class="wrong" id="wrong" role="alert">${wrong}</p>` : ''}
    <label for="amount">${both('จะจ่ายกี่บาท (ลองจ่ายขาดหรือเกินได้)', 'Pay how much (less or more can be tried)')}</label>
    <input type="text" inputmode="decimal" id="amount" name="amount" value="${amount}"${isWrong ? ' aria-invalid="true" aria-describedby="wrong"' : ''}>
    <label for="telling">${both('ธนาคารจะแจ้งผู้รับ', 'The bank tells the payee')}</label>
    <select id="telling" name="telling">${choices.join('')}</select>
    <button>${both('จ่ายเงินสมมติ', 'Pay with made-up money')}</button></form>`)
}

/** An option has no markup in it. */
const plain = (html: string): string => html.replace(/<[^>]*>/g, '')

/** What became of a payment. */
export function slipPage(
  movement: BankMovement,
  messages: readonly { readonly state: string; readonly outcome: string | null }[],
  back: string,
): string {
  const told = messages.map(
    ({ state, outcome }) => `<li>${stateNames[state] ?? state} ${escaped(outcome ?? '')}</li>`,
  )
  return page(`<h2>${both(movement.direction === 'in' ? 'จ่ายแล้ว' : 'โอนออกแล้ว', movement.direction === 'in' ? 'Paid' : 'Sent')}</h2><dl>
    <dt>${both('เลขรายการ', 'Number')}</dt><dd>${movement.transaction}</dd>
    <dt>${both('จำนวนเงิน', 'Amount')}</dt><dd class="amount">${bahtOf(movement.amount)} ${both('บาท', 'baht')}</dd>
    <dt>${both('เลขอ้างอิง', 'Reference')}</dt><dd>${escaped(movement.reference1)}</dd></dl>
    <h3>${both('การแจ้งผู้รับ', 'Telling the payee')}</h3><ul>${told.join('')}</ul>
    <p><a href="/transactions/${movement.transaction}">${both('ดูสถานะล่าสุด', 'See how it is now')}</a></p>
    <p><a href="${escaped(back)}">${both('กลับไปที่พอร์ทัล', 'Back to the portal')}</a></p>`)
}

const stateNames: Readonly<Record<string, string>> = {
  waiting: both('รอแจ้ง', 'waiting'),
  told: both('แจ้งแล้ว', 'told'),
  refused: both('ผู้รับไม่รับ', 'refused by the payee'),
  withheld: both('ไม่แจ้ง', 'withheld'),
}

function nameOf(payee: Payee | undefined): string {
  return payee === undefined
    ? both('ไม่มีบัญชีนี้ในธนาคาร', 'no account of this bank')
    : both(escaped(payee.name.th), escaped(payee.name.en))
}

export function missingPage(): string {
  return page(
    `<p>${both('ไม่มีหน้านี้', 'There is no such page')}</p><p><a href="/">${both('หน้าแรก', 'Home')}</a></p>`,
  )
}

function page(body: string): string {
  return `<!doctype html><html lang="th"><head><meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1"><title>ธนาคารสมมติ (แซนด์บ็อกซ์)</title>
  <style>${STYLE}</style></head><body><main><h1>ธนาคารสมมติ <span>(แซนด์บ็อกซ์)</span></h1>
  <p class="mark">นี่ไม่ใช่ธนาคารจริง ไม่มีเงินเคลื่อนไหว<br>
  <span lang="en">This is not a real bank. No money moves.</span></p>${body}</main></body></html>`
}
