import { inTransaction, type JobData, type PoolClient, type Text } from '@sapan/kernel'
import type { Payment, PaymentOddity, Refund } from '@sapan/payments'
import type { ServicesGround } from '../ground.ts'

/** What of money somebody is told: how much it is stands on the page alone. */
export type MoneyNews = PaymentOddity | 'refund-failed' | DueNews

/** What of time: the whole, or the rest of what was paid in part. */
type DueNews = 'due-soon' | 'rest-due-soon' | 'overdue' | 'rest-overdue'

interface News {
  readonly title: Text
  readonly body: Text
}

const texts: Readonly<Record<MoneyNews, News>> = {
  late: {
    title: { th: 'เงินของคุณมาถึงหลังกำหนด', en: 'Your payment came after its time' },
    body: {
      th: 'เจ้าหน้าที่จะตัดสินว่ารับไว้หรือคืนเงิน คุณไม่ต้องจ่ายซ้ำ',
      en: 'An officer decides whether it is accepted or goes back to you. You need not pay again.',
    },
  },
  'partly-paid': {
    title: { th: 'เงินที่ได้รับยังไม่ครบ', en: 'Your payment is not all there' },
    body: {
      th: 'เปิดดูยอดที่เหลือและวันสุดท้าย ใช้ QR ใหม่ในหน้านั้น',
      en: 'Open it to see what is left and until when. Use the new code on that page.',
    },
  },
  overpaid: {
    title: { th: 'คุณชำระเกินหรือชำระซ้ำ', en: 'You paid too much, or twice' },
    body: {
      th: 'เจ้าหน้าที่จะคืนส่วนที่เกินกลับไปยังบัญชีที่จ่าย คุณไม่ต้องทำอะไร',
      en: 'What is too much goes back to the account that paid it. You need do nothing.',
    },
  },
  'due-soon': {
    title: { th: 'ใกล้ครบกำหนดชำระเงิน', en: 'A payment is due soon' },
    body: {
      th: 'เปิดดูยอดและวันสุดท้าย แล้วชำระด้วย QR ในหน้านั้น',
      en: 'Open it to see how much, and until when. Pay with the code on that page.',
    },
  },
  'rest-due-soon': {
    title: { th: 'ใกล้ครบกำหนดชำระส่วนที่เหลือ', en: 'The rest of a payment is due soon' },
    body: {
      th: 'เปิดดูยอดที่เหลือและวันสุดท้าย แล้วชำระด้วย QR ใหม่ในหน้านั้น',
      en: 'Open it to see what is left, and until when. Pay with the new code on that page.',
    },
  },
  overdue: {
    title: { th: 'พ้นกำหนดชำระเงินแล้ว', en: 'A payment is overdue' },
    body: {
      th: 'ยังต้องชำระ เปิดเรื่องเพื่อดูยอดและผลตามกฎหมายเมื่อไม่ชำระ',
      en: 'It still has to be paid. Open it to see how much, and what the law says where it is not paid.',
    },
  },
  'rest-overdue': {
    title: { th: 'พ้นกำหนดชำระส่วนที่เหลือแล้ว', en: 'The rest of a payment is overdue' },
    body: {
      th: 'เงินที่จ่ายแล้วยังอยู่ครบ ส่วนที่เหลือยังต้องชำระ เปิดเรื่องเพื่อดูยอดและผลตามกฎหมายเมื่อไม่ชำระ',
      en: 'What you paid counts. The rest still has to be paid: open it to see how much, and what the law says where it is not paid.',
    },
  },
  'refund-failed': {
    title: { th: 'ธนาคารโอนเงินคืนให้คุณไม่ได้', en: 'The bank could not send your money' },
    body: {
      th: 'ตรวจว่าพร้อมเพย์ของคุณผูกกับเลขประจำตัวประชาชน เจ้าหน้าที่จะสั่งโอนอีกครั้ง',
      en: 'See that PromptPay is bound to your national number. An officer will have it sent again.',
    },
  },
}

const atDesk: News = {
  title: { th: 'มีเงินที่ต้องตัดสินใจ', en: 'Some money waits for a decision' },
  body: { th: 'เปิดดูรายการและสิ่งที่ทำได้ที่โต๊ะทำงาน', en: 'What it is, and what can be done, is at your desk.' },
}

/** Tells people of money that is due soon, late, too little or too much, or did not reach them, and the cashiers who decide. */
export async function tellOfMoney(ground: ServicesGround, cashier: string): Promise<void> {
  await ground.jobs.work('payments.odd', ({ reference, odd, payment }) =>
    oddMoney(ground, cashier, { reference: String(reference), payment: String(payment), odd }),
  )
  await ground.jobs.work('payments.due-soon', (data) => dueMoney(ground, 'due-soon', dueOf(data)))
  await ground.jobs.work('payments.overdue', (data) => dueMoney(ground, 'overdue', dueOf(data)))
  await ground.jobs.work('payments.refund-failed', ({ reference }) =>
    failedRefund(ground, cashier, String(reference)),
  )
}

/** Told once for each state that money brought about: who pays in three goes is told what each led to. */
export async function oddMoney(
  ground: ServicesGround,
  cashier: string,
  { reference, odd }: { readonly reference: string; readonly payment: string; readonly odd: unknown },
): Promise<void> {
  const found = await ground.payments.byReference(reference)
  // What was settled meanwhile is told no more.
  if (found === undefined || found.state !== odd || !isOdd(found.state)) return
  const { state } = found
  const key = `money:${found.id}:${state}:${found.paid}`
  await inTransaction(ground.pool, async (client) => {
    await tellPayer(ground, client, found, { what: state, key })
    // What is not all there may still come.
    if (state !== 'partly-paid') await tellCashiers(ground, client, { agency: found.payee, cashier, key })
  })
}

interface Due {
  readonly reference: string
  /** The time of which it is, in milliseconds since 1970. */
  readonly due: number
}

const dueOf = ({ reference, due }: JobData): Due => ({ reference: String(reference), due: Number(due) })

/** Once for each time by which some of a payment is due; nobody is told of what was paid or moved meanwhile. */
export async function dueMoney(
  ground: ServicesGround,
  what: 'due-soon' | 'overdue',
  { reference, due }: Due,
): Promise<void> {
  const found = await ground.payments.byReference(reference)
  if (found?.account === undefined || (found.state !== 'waiting' && found.state !== 'partly-paid')) return
  if (found.parts.find(({ owed }) => owed > 0)?.dueAt !== due) return
  const { id, account, state } = found
  const news = { account, what: state === 'waiting' ? what : (`rest-${what}` as const) }
  const link = linkOf(reference) ?? `/me/payments/${id}`
  await inTransaction(ground.pool, (client) =>
    tell(ground, client, { ...news, key: `money:${id}:${news.what}:${due}`, link }),
  )
}

/** Each attempt that fails is told. */
export async function failedRefund(
  ground: ServicesGround,
  cashier: string,
  reference: string,
): Promise<void> {
  const refund = await ground.payments.refundByReference(reference)
  if (refund?.state !== 'failed') return
  const key = `refund:${refund.id}:${refund.orderedAt}`
  const payment = refund.payment === undefined ? undefined : await ground.payments.byReference(refund.payment)
  await inTransaction(ground.pool, async (client) => {
    const account = (await applicantOf(ground, client, refund)) ?? payment?.account
    const link = linkOf(refund.reference) ?? (payment && `/me/payments/${payment.id}`)
    if (account !== undefined) await tell(ground, client, { account, what: 'refund-failed', key, link })
    await tellCashiers(ground, client, { agency: refund.payer, cashier, key })
  })
}

function isOdd(state: Payment['state']): state is PaymentOddity {
  return state === 'late' || state === 'partly-paid' || state === 'overpaid'
}

async function tellPayer(
  ground: ServicesGround,
  client: PoolClient,
  { id, account }: Payment,
  { what, key }: { readonly what: MoneyNews; readonly key: string },
): Promise<void> {
  if (account === undefined) return
  await tell(ground, client, { account, what, key, link: `/me/payments/${id}` })
}

interface Telling {
  readonly account: string
  readonly what: MoneyNews
  readonly key: string
  readonly link: string | undefined
}

async function tell(
  { notices }: Pick<ServicesGround, 'notices'>,
  client: PoolClient,
  { account, what, key, link }: Telling,
): Promise<void> {
  const to = link === undefined ? {} : { link }
  await notices.send(client, {
    account,
    kind: 'application',
    ...texts[what],
    ...to,
    key: `${key}:${account}`,
  })
}

async function tellCashiers(
  { notices, rooms, clock }: Pick<ServicesGround, 'notices' | 'rooms' | 'clock'>,
  client: PoolClient,
  { agency, cashier, key }: { readonly agency: string; readonly cashier: string; readonly key: string },
): Promise<void> {
  for (const { account } of await rooms.officers.holdersOf(agency, cashier, clock()))
    await notices.send(client, {
      ...{ account, kind: 'task', ...atDesk, link: '/desk/payments' },
      key: `${key}:desk:${account}`,
    })
}

const caseReference = /^case:([0-9a-f-]{36}):/

function linkOf(reference: string): string | undefined {
  const id = caseReference.exec(reference)?.[1]
  return id === undefined ? undefined : `/me/applications/${id}`
}

async function applicantOf(
  { cases }: Pick<ServicesGround, 'cases'>,
  client: PoolClient,
  { reference }: Pick<Refund, 'reference'>,
): Promise<string | undefined> {
  const id = caseReference.exec(reference)?.[1]
  return id === undefined ? undefined : (await cases.byId(client, id))?.applicant
}
