import type { Language, Text } from '@sapan/kernel'
import {
  backLink,
  button,
  details,
  form,
  linkButton,
  plainTime,
  type SitePage,
  type SiteRequest,
  summaryList,
  table,
  tag,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { inParts } from '../payment/instalments.ts'
import type { Payment } from '../payments.ts'
import { isWithin } from '../reach.ts'
import { plainBaht } from './amount.ts'
import { whereKnown } from './authority.ts'
import type { PaymentPagesOptions } from './options.ts'
import { qrPicture } from './qr.ts'
import { stateMark, stateMeanings } from './states.ts'

const words = {
  back: { th: 'การชำระเงินของฉัน', en: 'My payments' },
  untitled: { th: 'ชำระค่าธรรมเนียม', en: 'Pay a fee' },
  state: { th: 'สถานะ', en: 'State' },
  amount: { th: 'จำนวนเงิน', en: 'Amount' },
  paid: { th: 'ได้รับแล้ว', en: 'Received' },
  owed: { th: 'ต้องชำระตอนนี้', en: 'To pay now' },
  payee: { th: 'ผู้รับ', en: 'To' },
  due: { th: 'ชำระภายใน', en: 'Due' },
  moved: {
    th: 'กำหนดเลื่อนไป เพราะวันสุดท้ายเป็นวันหยุด',
    en: 'The deadline moved: its last day became a holiday',
  },
  paidAt: { th: 'ชำระครบเมื่อ', en: 'Paid' },
  reference: { th: 'เลขอ้างอิง', en: 'Reference' },
  scan: { th: 'สแกนเพื่อจ่าย', en: 'Scan to pay' },
  picture: { th: 'QR พร้อมเพย์สำหรับ', en: 'PromptPay QR code for' },
  text: { th: 'ใช้เครื่องเดียวกันหรือสแกนไม่ได้', en: 'On the same device, or you cannot scan' },
  textLead: {
    th: 'คัดลอกรหัสนี้ไปวางในแอปธนาคาร',
    en: 'Copy this line into your bank’s app.',
  },
  fresh: { th: 'ดูสถานะล่าสุด', en: 'See how it stands now' },
  payAt: { th: 'จ่ายที่', en: 'Pay at' },
  parts: { th: 'งวดที่ต้องชำระ', en: 'Instalments' },
  part: { th: 'งวดที่', en: 'Part' },
  divide: { th: 'แบ่งชำระเป็นงวด', en: 'Pay in instalments' },
  divideLead: {
    th: 'แบ่งชำระเป็นงวดเท่า ๆ กันได้ เลือกก่อนชำระครั้งแรก และเปลี่ยนกลับไม่ได้',
    en: 'It can be paid in equal parts. Choose before the first payment; it cannot be changed back.',
  },
  open: { th: 'ค้างชำระ', en: 'To be paid' },
  overdue: { th: 'เลยกำหนด', en: 'Overdue' },
  done: { th: 'ชำระแล้ว', en: 'Paid' },
} as const satisfies Record<string, Text>

/** `/me/payments/:payment`. It tells the newest state whenever it is asked for. Throws `payment-not-found`, `payment-authority-unknown`. */
export async function paymentPage<Who, Need>(
  options: PaymentPagesOptions<Who, Need>,
  request: SiteRequest<Who>,
): Promise<SitePage> {
  const { payments, accountOf, reachOf, silentOf, bankPage, clock } = options
  const { who, language, parameters } = request
  const reach = (await reachOf?.(who)) ?? []
  const payment = await whereKnown(
    () => payments.open({ account: accountOf(who), reach }, parameters.payment ?? ''),
    async () => (await silentOf?.(who)) ?? [],
  )
  const title = (payment.title ?? words.untitled)[language]
  const isOpen = payment.state === 'waiting' || payment.state === 'partly-paid'
  const isTheirs = payment.party === undefined || isWithin(payment, reach)
  return {
    kind: 'page',
    title,
    ...(isOpen && bankPage && { formTargets: [new URL(bankPage.address).origin] }),
    body: [
      backLink('/me/payments', language, words.back[language]),
      h('h1', null, title),
      facts(options, payment, language),
      h('p', { class: 'column' }, stateMeanings[payment.state][language]),
      isOpen ? paying(options, payment, language) : null,
      h('p', null, linkButton({ text: words.fresh[language], href: request.path, kind: 'secondary' })),
      payment.parts.length > 1 ? partTable(payment, clock(), language) : null,
      isOpen && isTheirs ? dividing(payment, clock(), request) : null,
    ],
  }
}

function facts<Who, Need>(
  { memberName }: PaymentPagesOptions<Who, Need>,
  payment: Payment,
  language: Language,
): ComponentChild {
  const { state, amount, paid, paidAt, payee, dueAt, bankReference } = payment
  const row = (key: Text, value: ComponentChild) => ({ key: key[language], value })
  return summaryList([
    row(words.state, stateMark(state, language)),
    row(words.amount, h('strong', null, plainBaht(amount, language))),
    ...(paid === 0 ? [] : [row(words.paid, plainBaht(paid, language))]),
    row(words.payee, memberName(payee)?.[language] ?? payee),
    {
      ...row(words.due, plainTime(nextPart(payment)?.dueAt ?? dueAt, language)),
      ...movedNote(payment, language),
    },
    ...(paidAt === undefined ? [] : [row(words.paidAt, plainTime(paidAt, language))]),
    row(words.reference, bankReference.replace(/(.{4})(?=.)/g, '$1 ')),
  ])
}

function movedNote({ isPostponed }: Payment, language: Language): { readonly source?: string } {
  return isPostponed ? { source: words.moved[language] } : {}
}

function nextPart({ parts }: Payment) {
  return parts.find(({ owed }) => owed > 0)
}

function paying<Who, Need>(
  { bankPage }: PaymentPagesOptions<Who, Need>,
  payment: Payment,
  language: Language,
): ComponentChild {
  const owed = plainBaht(nextPart(payment)?.owed ?? 0, language)
  return h(
    'section',
    null,
    h('h2', null, words.scan[language]),
    h('p', null, `${words.owed[language]}: `, h('strong', null, owed)),
    qrPicture(payment.payload, `${words.picture[language]} ${owed}`),
    details(
      { summary: words.text[language] },
      h('p', null, words.textLead[language]),
      h('p', { class: 'break' }, h('code', null, payment.payload)),
    ),
    // Without a form key: it goes to another site, and changes nothing there.
    bankPage === undefined
      ? null
      : h(
          'form',
          { method: 'post', action: bankPage.address, class: 'form' },
          h('input', { type: 'hidden', name: 'code', value: payment.payload }),
          button({
            text: `${words.payAt[language]}${language === 'en' ? ' ' : ''}${bankPage.name[language]}`,
          }),
        ),
  )
}

function partTable({ parts }: Payment, at: number, language: Language): ComponentChild {
  const columns = [words.part, words.amount, words.due, words.state]
  return h(
    'section',
    null,
    h('h2', null, words.parts[language]),
    table({
      caption: words.parts[language],
      isCaptionHidden: true,
      columns: columns.map((text) => ({ title: text[language], isNumber: text === words.amount })),
      rows: parts.map(({ number, amount, dueAt, owed }) => [
        String(number),
        plainBaht(amount, language),
        plainTime(dueAt, language),
        owed === 0
          ? tag(words.done[language], 'success')
          : dueAt < at
            ? tag(words.overdue[language], 'danger')
            : tag(words.open[language], 'info'),
      ]),
    }),
  )
}

/** Only where the payment may be divided, and nothing was paid or chosen yet. */
function dividing<Who>(
  { id, amount, instalments, parts, paid, dueAt }: Payment,
  at: number,
  { language, formKey }: SiteRequest<Who>,
): ComponentChild {
  if (instalments === undefined || parts.length > 1 || paid > 0 || dueAt < at) return null
  const offered = inParts(amount, instalments)
  const line = (part: { amount: number; dueAt: number }, i: number) =>
    h(
      'li',
      null,
      `${words.part[language]} ${i + 1}: ${plainBaht(part.amount, language)} · ${plainTime(part.dueAt, language)}`,
    )
  return details(
    { summary: words.divide[language] },
    h('p', null, words.divideLead[language]),
    h('ul', null, offered.map(line)),
    form(
      { action: `/me/payments/${id}/instalments`, formKey },
      button({ text: words.divide[language], kind: 'secondary' }),
    ),
  )
}
