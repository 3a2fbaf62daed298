import type { Text } from '@sapan/kernel'
import { emptyState, plainTime, type SitePage, type SiteRequest, table } from '@sapan/ui'
import { h } from 'preact'
import { plainBaht } from './amount.ts'
import type { PaymentPagesOptions } from './options.ts'
import { stateMark } from './states.ts'

const words = {
  title: { th: 'การชำระเงินของฉัน', en: 'My payments' },
  payment: { th: 'รายการ', en: 'For' },
  amount: { th: 'จำนวนเงิน', en: 'Amount' },
  due: { th: 'ชำระภายใน', en: 'Due' },
  state: { th: 'สถานะ', en: 'State' },
  untitled: { th: 'ค่าธรรมเนียม', en: 'A fee' },
  none: { th: 'ยังไม่มีรายการชำระเงิน', en: 'There is nothing to pay' },
  noneNext: {
    th: 'เมื่อเรื่องที่คุณยื่นมีค่าธรรมเนียมหรือภาษีที่ต้องชำระ รายการจะอยู่ที่นี่',
    en: 'When something that you apply for has a fee or a tax to pay, it is shown here.',
  },
} as const satisfies Record<string, Text>

/** `/me/payments` */
export async function listPage<Who, Need>(
  { payments, accountOf, partiesOf, memberName }: PaymentPagesOptions<Who, Need>,
  { who, language }: SiteRequest<Who>,
): Promise<SitePage> {
  const parties = (await partiesOf?.(who)) ?? []
  const list = await payments.list({ account: accountOf(who), parties })
  const title = words.title[language]
  const columns = [words.payment, words.amount, words.due, words.state]
  return {
    kind: 'page',
    title,
    body: [
      h('h1', null, title),
      list.length === 0
        ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
        : table({
            caption: title,
            isCaptionHidden: true,
            columns: columns.map((text) => ({ title: text[language], isNumber: text === words.amount })),
            rows: list.map((one) => [
              [
                h('a', { href: `/me/payments/${one.id}` }, (one.title ?? words.untitled)[language]),
                h('p', { class: 'quiet' }, memberName(one.payee)?.[language] ?? one.payee),
              ],
              plainBaht(one.amount, language),
              plainTime(one.dueAt, language),
              stateMark(one.state, language),
            ]),
          }),
    ],
  }
}
