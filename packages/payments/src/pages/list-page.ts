import type { Language, Text } from '@sapan/kernel'
import { emptyState, notification, plainTime, type SitePage, type SiteRequest, table } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
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
  awaited: {
    th: 'ชำระแล้วแต่ยังเห็นว่ารอชำระ ไม่ต้องชำระซ้ำ สถานะเปลี่ยนเมื่อธนาคารแจ้งเรา ปกติภายในไม่กี่นาที',
    en: 'If you have just paid and it still says to be paid, do not pay again. It changes once the bank has told us, usually within minutes.',
  },
  none: { th: 'ยังไม่มีรายการชำระเงิน', en: 'There is nothing to pay' },
  silent: { th: 'ไม่ตอบในขณะนี้', en: 'not answering right now' },
  silentBody: {
    th: 'รายการของผู้ที่คุณทำการแทนจึงอาจแสดงไม่ครบ รายการของตัวคุณเองครบถ้วน ลองเปิดหน้านี้ใหม่ในอีกสักครู่',
    en: 'So payments of those for whom you act may be missing here. Your own are all there. Open this page again in a while.',
  },
  noneNext: {
    th: 'เมื่อเรื่องที่คุณยื่นมีค่าธรรมเนียมหรือภาษีที่ต้องชำระ รายการจะอยู่ที่นี่',
    en: 'When something that you apply for has a fee or a tax to pay, it is shown here.',
  },
} as const satisfies Record<string, Text>

/** `/me/payments` */
export async function listPage<Who, Need>(
  { payments, accountOf, reachOf, silentOf, memberName }: PaymentPagesOptions<Who, Need>,
  { who, language }: SiteRequest<Who>,
): Promise<SitePage> {
  const reach = (await reachOf?.(who)) ?? []
  const list = await payments.list({ account: accountOf(who), reach })
  const silent = (await silentOf?.(who)) ?? []
  const title = words.title[language]
  const columns = [words.payment, words.amount, words.due, words.state]
  return {
    kind: 'page',
    title,
    body: [
      h('h1', null, title),
      silent.length === 0 ? null : silentNotice(silent, language),
      list.some(({ state }) => state === 'waiting') ? h('p', null, words.awaited[language]) : null,
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

function silentNotice(silent: readonly Text[], language: Language): ComponentChild {
  const [and, between] = language === 'th' ? [' และ', ''] : [' and ', ': ']
  const names = silent.map((name) => name[language]).join(and)
  return notification({
    kind: 'warning',
    title: `${names}${between}${words.silent[language]}`,
    body: h('p', null, words.silentBody[language]),
  })
}
