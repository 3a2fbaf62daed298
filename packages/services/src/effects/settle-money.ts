import type { Expression } from '@sapan/cel'
import { inTransaction, type PoolClient } from '@sapan/kernel'
import { mostSatang, type RefundRequest } from '@sapan/payments'
import { applicationOf } from '../application/of-case.ts'
import type { ServicesGround } from '../ground.ts'
import { recipientsOf } from '../submission/recipients.ts'
import { tellApplicant } from '../submission/tell.ts'
import { type Carrying, type StepOutcome, stepName } from './carrying.ts'
import { paymentNames } from './paid.ts'

const day = 86_400_000

/** Whether the money of a decision can be moved: looked at before anything is given out of it. */
export async function moneyStands(ground: ServicesGround, carrying: Carrying): Promise<StepOutcome> {
  const refund = await refundOf(ground, carrying)
  if ('kind' in refund) return refund
  const asked = asksOf(carrying).map(({ amount }) => amount)
  return asked.find((amount) => typeof amount !== 'number') ?? { kind: 'done' }
}

type Refunding = Pick<RefundRequest, 'reference' | 'amount' | 'to' | 'payment'>

/** Who has no number to which a bank sends money (PromptPay). */
const unreached: readonly string[] = ['passport', 'foreigner-number']

/**
 * What a decision gives back, and where to, or why it cannot. To who has no number of this country it goes back to the account
 * that paid the fee.
 */
async function refundOf(
  { payments }: Pick<ServicesGround, 'payments'>,
  carrying: Carrying,
): Promise<Refunding | StepOutcome> {
  const amount = satang(carrying, carrying.rule.refund)
  if (typeof amount !== 'number') return amount
  const { id } = carrying.course.case
  const { applicant } = applicationOf(carrying.course.case)
  const reference = `case:${id}:${stepName(carrying, 'refund')}`
  const fee = await payments.byReference(`case:${id}:fee`)
  // Money that a decision gives beside the fee, or again after it, is no part of it.
  const payment = fee !== undefined && amount <= fee.paid ? { payment: fee.reference } : {}
  if (amount === 0 || !unreached.includes(applicant.scheme))
    return { reference, amount, to: applicant.id, ...payment }
  // What was ordered is out of the fee already.
  const isOrdered = (await payments.refundByReference(reference)) !== undefined
  if (isOrdered) return { reference, amount, payment: `case:${id}:fee` }
  return 'payment' in payment
    ? { reference, amount, ...payment }
    : { kind: 'returned', why: 'คืนเงินไม่ได้: ผู้ยื่นไม่มีเลขประจำตัวที่ผูกพร้อมเพย์ได้ และไม่ใช่เงินค่าธรรมเนียมที่คืนกลับบัญชีเดิมได้' }
}

/** Orders the money that a decision gives back, once. */
export async function orderRefund(ground: ServicesGround, carrying: Carrying): Promise<StepOutcome> {
  const refund = await refundOf(ground, carrying)
  if ('kind' in refund) return refund
  const payer = carrying.course.case.agency
  if (refund.amount > 0)
    await inTransaction(ground.pool, (client) => ground.payments.refund(client, { payer, ...refund }))
  return { kind: 'done' }
}

/** What an earlier decision asks for is asked for no more: what comes of the case is settled anew. */
export async function callOffEarlier(ground: ServicesGround, { course }: Carrying): Promise<void> {
  await inTransaction(ground.pool, async (client) => {
    for (const name of paymentNames) await ground.payments.callOff(client, `case:${course.case.id}:${name}`)
  })
}

/** Asks for what a decision leaves to be paid, and for a fee that is due after it, each once. */
export async function requestPayment(ground: ServicesGround, carrying: Carrying): Promise<StepOutcome> {
  for (const { name, amount } of asksOf(carrying)) {
    if (typeof amount !== 'number') return amount
    if (amount === 0) continue
    const to = await recipientsOf(ground, carrying.course.case)
    await inTransaction(ground.pool, (client) => request(ground, client, carrying, { name, amount, to }))
  }
  return { kind: 'done' }
}

/** What a decision asks to be paid: satang, or why they are not known. */
function asksOf(carrying: Carrying) {
  const { fee } = carrying.course.definition
  const after = fee?.when === 'after-decision' && carrying.rule.favours ? fee : undefined
  return [
    { name: 'payment', amount: satang(carrying, carrying.rule.payment) },
    { name: 'fee', amount: satang(carrying, after?.amount) },
  ]
}

interface Asking {
  readonly name: string
  readonly amount: number
  readonly to: readonly string[]
}

async function request(
  ground: ServicesGround,
  client: PoolClient,
  carrying: Carrying,
  { name, amount, to }: Asking,
): Promise<void> {
  const { id, agency, applicant, party, plan } = carrying.course.case
  const decidedAt = carrying.course.case.decision?.at ?? ground.clock()
  const parts = name === 'payment' ? partsDue(ground, carrying, decidedAt) : []
  await ground.payments.request(client, {
    payee: agency,
    reference: `case:${id}:${stepName(carrying, name)}`,
    amount,
    dueAt: parts.at(-1) ?? ground.days.until(decidedAt, plan.paymentDays),
    // What is owed by a decision is owed until it is paid.
    stays: true,
    ...(parts.length > 1 ? { instalments: parts, isDivided: true } : {}),
    title: carrying.course.definition.name,
    account: applicant,
    ...(party === undefined ? {} : { party }),
  })
  const key = stepName(carrying, name)
  await tellApplicant(ground, client, carrying.course.case, { what: 'payment', key, to })
}

/** The ends of the days by which parts are due, each later than the one before; those that are over are left out. */
function partsDue({ days }: ServicesGround, { rule, values }: Carrying, from: number): readonly number[] {
  const due = rule.paymentDue?.evaluate(values)
  if (due?.known !== true || !Array.isArray(due.value)) return []
  const decided = Date.parse(days.dateOf(from))
  const ends = due.value.flatMap((date) => {
    const after = Math.round((Date.parse(String(date)) - decided) / day)
    return after > 0 ? [days.until(from, after)] : []
  })
  return ends.filter((end, at) => at === 0 || end > (ends[at - 1] ?? 0))
}

/** Whole satang; 0 where nothing is said, or nothing is left. */
function satang({ values }: Carrying, expression: Expression | undefined): number | StepOutcome {
  if (expression === undefined) return 0
  const outcome = expression.evaluate(values)
  if (!outcome.known)
    return { kind: 'returned', why: `คำนวณจำนวนเงินไม่ได้: ยังไม่ทราบ ${outcome.missing.join(', ')}` }
  if (typeof outcome.value !== 'number' || !Number.isSafeInteger(outcome.value))
    return { kind: 'returned', why: 'คำนวณจำนวนเงินไม่ได้: ผลไม่ใช่จำนวนเต็มสตางค์' }
  if (outcome.value > mostSatang) return { kind: 'returned', why: 'จำนวนเงินมากกว่าที่ธนาคารรับหรือโอนได้ในครั้งเดียว' }
  return Math.max(0, outcome.value)
}
