import type { Case } from '@sapan/casework'
import type { Language, Text } from '@sapan/kernel'
import { mayOpen, type Payment } from '@sapan/payments'
import { inset, linkButton, notification, plainTime } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { moneyText } from '../application/answer-text.ts'
import { lawText } from '../application/law-text.ts'
import type { ServicesGround } from '../ground.ts'
import { paymentsWithin } from '../submission/reach.ts'
import { trackingWords } from './words.ts'

const words = {
  now: { th: 'ต้องชำระตอนนี้', en: 'To pay now' },
  rest: { th: 'เหลือทั้งหมด', en: 'All that is left' },
  until: { th: 'ภายใน', en: 'By' },
  moved: { th: 'เลื่อนมา เพราะวันสุดท้ายเป็นวันหยุด', en: 'moved: its last day became a holiday' },
  others: {
    th: 'ผู้ที่มีอำนาจชำระเงินแทนเป็นผู้ชำระ จากหน้าเดียวกันนี้',
    en: 'Whoever may pay for them pays from this same page.',
  },
  over: { th: 'พ้นกำหนดชำระแล้ว และยังต้องชำระ', en: 'It is overdue, and still has to be paid' },
  overRest: {
    th: 'ส่วนที่เหลือพ้นกำหนดชำระแล้ว และยังต้องชำระ',
    en: 'The rest is overdue, and still has to be paid',
  },
} as const satisfies Record<string, Text>

type Ground = Pick<ServicesGround, 'payments' | 'definitions' | 'lawName' | 'clock' | 'rooms' | 'hashKey'>

/** What was asked for a case, whichever it is, paid or not. */
export async function paymentsOf(
  { payments }: Pick<ServicesGround, 'payments'>,
  { id }: Pick<Case, 'id'>,
): Promise<readonly Payment[]> {
  const references = ['fee', 'payment', 'appeal/payment', 'appeal/fee'].map((what) => `case:${id}:${what}`)
  const found = await Promise.all(references.map((one) => payments.byReference(one)))
  return found.filter((one): one is Payment => one !== undefined)
}

/** Ended before a decision: what was asked is called off by a job, and nobody pays it until then. */
const endedUndecided: readonly Case['state'][] = ['withdrawn', 'lapsed']

/** What of it is still to be paid. */
export async function openPayment(
  ground: Pick<ServicesGround, 'payments'>,
  found: Pick<Case, 'id' | 'state'>,
): Promise<Payment | undefined> {
  if (endedUndecided.includes(found.state)) return undefined
  const asked = await paymentsOf(ground, found)
  return asked.find(({ state }) => state === 'waiting' || state === 'partly-paid')
}

/** Whether somebody may pay what is asked: it was asked of them, or they have a mandate to pay it. */
export async function mayPay(
  ground: Pick<ServicesGround, 'rooms' | 'hashKey'>,
  account: string,
  payment: Payment,
): Promise<boolean> {
  return mayOpen(payment, { account, reach: await paymentsWithin(ground, account) })
}

/** How much is to be paid now and until when; where the time is over, what the law says of it. */
export async function paymentSection(
  ground: Ground,
  account: string,
  found: Pick<Case, 'id' | 'state' | 'service' | 'version'>,
  language: Language,
): Promise<ComponentChild> {
  const payment = await openPayment(ground, found)
  const next = payment?.parts.find(({ owed }) => owed > 0)
  if (payment === undefined || next === undefined) return null
  const left = payment.parts.reduce((sum, { owed }) => sum + owed, 0)
  const due = [
    `${words.until[language]} ${plainTime(next.dueAt, language)}`,
    ...(payment.isPostponed ? [`(${words.moved[language]})`] : []),
  ]
  const link = linkButton({ text: trackingWords.pay[language], href: `/me/applications/${found.id}/pay` })
  const isTheirs = await mayPay(ground, account, payment)
  const isOver = next.dueAt < ground.clock()
  return [
    isOver ? overdue(ground, found, payment, language) : null,
    inset(
      h('p', null, `${words.now[language]} ${moneyText(next.owed, language)} · ${due.join(' ')}`),
      left > next.owed ? h('p', null, `${words.rest[language]} ${moneyText(left, language)}`) : null,
      h('p', null, isTheirs ? link : words.others[language]),
    ),
  ]
}

function overdue(
  { definitions, lawName }: Ground,
  { service, version }: Pick<Case, 'service' | 'version'>,
  { state }: Payment,
  language: Language,
): ComponentChild {
  const law = definitions.version(service, version)?.workflow.unpaid
  const title = (state === 'partly-paid' ? words.overRest : words.over)[language]
  const body = law && h('p', null, `${law.about[language]} (${lawText(law, lawName, language)})`)
  return notification({ kind: 'warning', title, body })
}
