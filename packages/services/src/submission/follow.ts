import { type Case, type CaseAction, caseQueue } from '@sapan/casework'
import { inTransaction, type JobData, type PoolClient } from '@sapan/kernel'
import { applicationOf } from '../application/of-case.ts'
import { carryOut, carryOutQueue } from '../effects/carry-out.ts'
import { workflowValues } from '../effects/values.ts'
import type { ServicesGround } from '../ground.ts'
import { decideByRule } from './decide-by-rule.ts'
import { askedParties } from './plan.ts'
import { giveReceipt } from './receipt.ts'
import { recipientsOf } from './recipients.ts'
import { type CaseNews, tellApplicant } from './tell.ts'

/** The queue of receipts to be made: `{ case }`. Apart, since a seal takes time that the clock of a case should not wait for. */
export const receiptQueue = 'services.receipt'

/** What an applicant is told when something happens to their case. */
const news: Partial<Record<CaseAction, CaseNews>> = {
  pay: 'paid',
  consent: 'consent-given',
  ask: 'asked',
  withdraw: 'withdrawn',
  lapse: 'lapsed',
  decline: 'lapsed',
  overdue: 'overdue',
  void: 'voided',
  appeal: 'appealed',
}

/** What of cases is followed: nobody works on other events, and no job is sent of them. */
export const followedActions: readonly CaseAction[] = [
  'submit',
  'pay',
  'consent',
  'decline',
  'ask',
  'reply',
  'decide',
  'sign',
  'withdraw',
  'lapse',
  'overdue',
  'void',
  'appeal',
]

/** Queues into which registrations and what follows from them send. */
export const followedQueues: readonly string[] = [
  ...followedActions.map(caseQueue),
  receiptQueue,
  carryOutQueue,
]

/** Begins to follow cases: receipts, notices, decisions by rule, carrying out, fees that were paid. */
export async function followCases(ground: ServicesGround): Promise<void> {
  const { jobs } = ground
  for (const action of followedActions)
    await jobs.work(caseQueue(action), (data) => follow(ground, action, data), { atOnce: 2 })
  await jobs.work(receiptQueue, ({ case: id }) => giveReceipt(ground, String(id)), { givesWay: true })
  await jobs.work(
    carryOutQueue,
    async ({ case: id }) => {
      await carryOut(ground, String(id))
    },
    { atOnce: 4 },
  )
  await jobs.work('payments.paid', ({ reference }) => feePaid(ground, String(reference)), { atOnce: 2 })
}

/** Does what follows from an event of a case; the same again changes nothing. */
export async function follow(ground: ServicesGround, action: CaseAction, data: JobData): Promise<void> {
  const id = String(data.case)
  const found = await ground.cases.byId(ground.pool, id)
  if (found === undefined || found.content === null) return
  const key = String(data.event)
  const to = await recipientsOf(ground, found)
  await inTransaction(ground.pool, async (client) => {
    if (action === 'submit') await handedIn(ground, client, found)
    const what = news[action]
    if (await endsUnpaid(ground, client, found)) await ground.payments.callOffWhole(client, `case:${id}:fee`)
    if (what !== undefined) await tellApplicant(ground, client, found, { what, key, to })
    if (action === 'decide' || action === 'sign') await decided(ground, client, found, { key, to })
  })
  await decideByRule(ground, id)
}

const unpaidEnds: readonly Case['state'][] = ['withdrawn', 'lapsed', 'voided']

/** Whether a case came to its end before the fee that it waited for was there: nothing was done for that fee. */
async function endsUnpaid(ground: ServicesGround, client: PoolClient, found: Case): Promise<boolean> {
  if (found.fee === 0 || !unpaidEnds.includes(found.state)) return false
  const events = await ground.cases.eventsOf(client, found.id)
  return !events.some(({ action }) => action === 'pay')
}

async function handedIn(ground: ServicesGround, client: PoolClient, found: Case): Promise<void> {
  await ground.jobs.send(client, receiptQueue, { case: found.id }, { key: found.id })
  if (found.awaitedConsents.length > 0) await askParties(ground, client, found)
}

/** Those who have an account are told; who has none yet finds it when they first sign in. */
async function askParties(ground: ServicesGround, client: PoolClient, found: Case): Promise<void> {
  const definition = ground.definitions.version(found.service, found.version)
  if (definition === undefined) return
  const values = workflowValues({ definition, case: found, days: ground.days, effects: {} })
  const { applicant } = applicationOf(found)
  for (const { consent, number } of askedParties(definition, values, [applicant.id])) {
    if (!found.awaitedConsents.includes(consent.id)) continue
    const account = await ground.rooms.accounts.findByIdentifier('national-id', number)
    if (account?.state !== 'open') continue
    await ground.notices.send(client, {
      account: account.id,
      kind: 'application',
      title: { th: 'มีผู้ขอความยินยอมของคุณ', en: 'Somebody needs your consent' },
      body: {
        th: 'เปิดอ่านว่าเป็นเรื่องใด แล้วตอบว่ายินยอมหรือไม่ หากไม่ตอบภายในกำหนด เรื่องนั้นจะสิ้นสุด',
        en: 'Read what it is about, then say yes or no. Without an answer in time it comes to an end.',
      },
      link: `/me/applications/asked/${found.id}`,
      key: `case:${found.id}:asked:${consent.id}`,
    })
  }
}

async function decided(
  ground: ServicesGround,
  client: PoolClient,
  found: Case,
  { key, to }: { readonly key: string; readonly to: readonly string[] },
): Promise<void> {
  if (found.state !== 'carrying-out') return
  const stage = found.decision?.stage ?? 'first'
  await tellApplicant(ground, client, found, { what: 'decided', key: stage, to })
  await ground.jobs.send(client, carryOutQueue, { case: found.id }, { key: `${found.id}:event:${key}` })
}

const feeReference = /^case:([0-9a-f-]{36}):fee$/

/** A fee is there: its case goes on. One that came too late is the payment's own matter. */
export async function feePaid(ground: ServicesGround, reference: string): Promise<void> {
  const id = feeReference.exec(reference)?.[1]
  if (id === undefined) return
  await inTransaction(ground.pool, async (client) => {
    const found = await ground.cases.byId(client, id)
    if (found?.state === 'awaiting-payment') await ground.cases.pay(client, id)
    // The bank told of it only after the case had ended.
    else if (found !== undefined && (await endsUnpaid(ground, client, found)))
      await ground.payments.callOffWhole(client, reference)
    else ground.log.info({ case: id, state: found?.state }, 'a fee was paid that no case waits for')
  })
}
