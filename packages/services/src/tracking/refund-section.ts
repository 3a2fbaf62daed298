import type { Case } from '@sapan/casework'
import type { Language, Text } from '@sapan/kernel'
import type { Refund } from '@sapan/payments'
import { plainTime, type SummaryRow, summaryList, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { moneyText } from '../application/answer-text.ts'
import { applicationOf } from '../application/of-case.ts'
import type { ServicesGround } from '../ground.ts'
import { trackingWords } from './words.ts'

const words = {
  amount: { th: 'จำนวนเงิน', en: 'Amount' },
  state: { th: 'สถานะ', en: 'State' },
  after: { th: 'คืนหลังอุทธรณ์', en: 'After the appeal' },
  coming: { th: 'กำลังโอนเข้าพร้อมเพย์', en: 'On its way to your PromptPay account' },
  done: { th: 'โอนเข้าพร้อมเพย์แล้ว', en: 'Sent to your PromptPay account' },
  comingBack: { th: 'กำลังโอนกลับบัญชีที่จ่าย', en: 'On its way back to the account that paid' },
  doneBack: { th: 'โอนกลับบัญชีที่จ่ายแล้ว', en: 'Sent back to the account that paid' },
  failedBack: { th: 'เจ้าหน้าที่จะสั่งโอนอีกครั้ง', en: 'An officer will have it sent again.' },
  failed: { th: 'ธนาคารโอนไม่ได้', en: 'The bank could not send it' },
  failedNext: {
    th: 'เจ้าหน้าที่จะสั่งโอนอีกครั้ง ตรวจว่าพร้อมเพย์ของคุณผูกกับเลขประจำตัวประชาชน',
    en: 'An officer will have it sent again. See that your PromptPay account is bound to your national number.',
  },
} as const satisfies Record<string, Text>

/** The money that decisions give back, and how far it has come; a decision after an appeal gives money of its own. */
export async function refundSection(
  { payments }: Pick<ServicesGround, 'payments'>,
  found: Case,
  language: Language,
): Promise<ComponentChild> {
  const { scheme } = applicationOf(found).applicant
  const orders = await Promise.all(
    ['refund', 'appeal/refund'].map((name) => payments.refundByReference(`case:${found.id}:${name}`)),
  )
  const isBack = scheme === 'passport' || scheme === 'foreigner-number'
  const rows = orders.flatMap((refund) => (refund === undefined ? [] : rowsOf(refund, isBack, language)))
  if (rows.length === 0) return null
  return h('section', null, h('h2', null, trackingWords.refund[language]), summaryList(rows))
}

function rowsOf(
  { reference, amount, state, doneAt }: Refund,
  isBack: boolean,
  language: Language,
): readonly SummaryRow[] {
  const coming = isBack ? words.comingBack : words.coming
  const isAfterAppeal = reference.endsWith(':appeal/refund')
  const marks = {
    ordered: tag(coming[language], 'info'),
    sent: tag(coming[language], 'info'),
    done: tag((isBack ? words.doneBack : words.done)[language], 'success'),
    failed: tag(words.failed[language], 'warning'),
  }
  const note =
    state === 'failed'
      ? (isBack ? words.failedBack : words.failedNext)[language]
      : doneAt === undefined
        ? undefined
        : plainTime(doneAt, language)
  return [
    {
      key: words.amount[language],
      value: moneyText(amount, language),
      ...(isAfterAppeal ? { source: words.after[language] } : {}),
    },
    { key: words.state[language], value: marks[state], ...(note === undefined ? {} : { source: note }) },
  ]
}
