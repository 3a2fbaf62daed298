import { caseworkMigrations } from '@sapan/casework'
import { documentboxMigrations } from '@sapan/documentbox'
import { createJobs, createLogger, type Jobs, migrate } from '@sapan/kernel'
import { noticesMigrations } from '@sapan/notices'
import { bankThroughExchange, type Payment, type PaymentsHouse, paymentsMigrations } from '@sapan/payments'
import {
  BANK_MEMBER,
  createRegisters,
  createSandboxBank,
  openMoney,
  payBill,
  readBill,
  sandboxBiller,
} from '@sapan/sandbox'
import { type TestDatabase, testDatabase } from '../../../kernel/test/database.ts'
import { createDrafts } from '../../src/draft/drafts.ts'
import type { AskAs, ServicesGround } from '../../src/ground.ts'
import { followCases, servicesMigrations } from '../../src/index.ts'
import { submit } from '../../src/submission/submit.ts'
import { groundOn, mali, people } from '../submission/office.ts'
import { countryDefinitions } from './definitions.ts'
import { type ServedRegisters, serve } from './registers.ts'
import { filledIn } from './whole-form.ts'

export const revenue = 'TH/GOV/RD'
const filings = `${revenue}/tax/filing-v1`
const service = 'income-tax-return'
const migrations = new URL('../../../../sandbox/migrations/', import.meta.url)

/** What somebody types whose register entries are known: single, no children, and one employer of 2568. */
export interface Return {
  readonly wages: number
  readonly taxWithheld: number
  readonly wantsInstalments?: boolean
  readonly wantsRefund?: boolean
}

/**
 * The Revenue Department at a time of its own, with the country's definition, the register of returns over HTTP, and a bank
 * that calls back: all but identity, the gateways between and the seal.
 */
export interface TaxOffice extends AsyncDisposable {
  readonly ground: ServicesGround
  readonly payments: PaymentsHouse
  readonly lines: string[]
  at: number
  /** Hands in a return of 2568, and gives its case. */
  file(given: Return): Promise<string>
  /** Pays what a code asks for, or another amount. */
  pay(payment: Payment, amount?: number): Promise<void>
  state(id: string): Promise<string | undefined>
  /** Of a payment of the case. */
  bill(id: string, name?: string): Promise<Payment>
  /** Satang of refunds that arrived, by the names of their steps. */
  refunded(id: string, name?: string): Promise<number | undefined>
  /** The return as the register has it. */
  filed(): Promise<object>
}

export async function taxOffice(at: number): Promise<TaxOffice> {
  const [database, register, money] = await Promise.all([
    testDatabase({
      casework: caseworkMigrations,
      documentbox: documentboxMigrations,
      notices: noticesMigrations,
      payments: paymentsMigrations,
      services: servicesMigrations,
    }),
    testDatabase(),
    testDatabase(),
  ])
  const made = { at }
  const clock = () => made.at
  const lines: string[] = []
  const log = createLogger({ name: 'test', destination: { write: (line: string) => void lines.push(line) } })
  const jobs = await createJobs({ pool: database.pool, log, zone: 'Asia/Bangkok' })
  const registers = await createRegisters({ pools: { RD: register.pool, BANK: money.pool }, clock })
  await openMoney(money.pool)
  await migrate(money.pool, 'account', new URL('account/', migrations))
  await migrate(register.pool, 'tax', new URL('tax/', migrations))
  const served = await serve(registers)
  const ask = askOf(served)
  const biller = sandboxBiller(revenue)
  const bank = await createSandboxBank({
    pool: money.pool,
    origin: 'http://bank.example',
    portal: 'http://portal.example',
    payees: [{ biller, name: { th: revenue, en: revenue } }],
    clock,
    post: async (body, signature) => {
      await payments.take(body, signature)
      return 200
    },
  })
  const definitions = (await countryDefinitions()).current()
  const { ground, payments } = groundOn({
    ...{ pool: database.pool, clock, log, jobs, register: { ask }, definitions: () => definitions },
    money: {
      billers: new Map([[revenue, biller]]),
      bank: bankThroughExchange({
        ask,
        subsystem: `${BANK_MEMBER}/account`,
        asking: (consumer) => ({ consumer, purpose: 'tax-refund' }),
      }),
      bankKeys: await bank.keys(),
    },
  })
  await money.pool.query(`insert into account.promptpay values ($1, '0001', '2020-01-01')`, [
    people.mali.number,
  ])
  await followCases(ground)
  await payments.work()
  const telling = setInterval(() => void bank.tellDue().catch(() => 0), 100)
  return Object.assign(made, {
    ...{ ground, payments, lines },
    ...casesOf(ground, payments, served),
    pay: async (payment: Payment, amount?: number) => {
      const bill = readBill(payment.payload)
      if (bill?.amount === undefined) throw new Error('not a bill')
      await payBill({ pool: money.pool, clock }, { ...bill, amount: amount ?? bill.amount }, 'now')
      await bank.tellDue()
    },
    [Symbol.asyncDispose]: async () => {
      clearInterval(telling)
      await closed(jobs, served, [database, register, money])
    },
  })
}

function casesOf(ground: ServicesGround, payments: PaymentsHouse, served: ServedRegisters) {
  return {
    file: (given: Return) => file(ground, given),
    state: async (id: string) => (await ground.cases.byId(ground.pool, id))?.state,
    bill: async (id: string, name = 'fee') => {
      const found = await payments.byReference(`case:${id}:${name}`)
      if (found === undefined) throw new Error(`nothing is to be paid: ${name}`)
      return found
    },
    refunded: async (id: string, name = 'refund') => {
      const found = await payments.refundByReference(`case:${id}:${name}`)
      return found?.state === 'done' ? found.amount : undefined
    },
    filed: async () => {
      const path = `/taxpayers/${people.mali.number}/filings/2568`
      return Object((await served.call(filings, path)).body)
    },
  }
}

async function closed(jobs: Jobs, served: ServedRegisters, databases: readonly TestDatabase[]) {
  await jobs.stop()
  await served.stop()
  for (const database of databases) await database.drop()
}

/** As gateways pass it on. */
function askOf({ call }: ServedRegisters): AskAs {
  let exchanges = 0
  return async ({ service, method, path, body, idempotencyKey }) => {
    const answer = await call(service, path, {
      method: method ?? 'GET',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { ...answer, exchange: `x${++exchanges}` }
  }
}

async function file(ground: ServicesGround, given: Return): Promise<string> {
  const definition = ground.definitions.find(service)
  if (definition === undefined) throw new Error(`there is no ${service}`)
  const { wages, taxWithheld, wantsInstalments, wantsRefund } = given
  const at = ground.clock()
  const names = { th: 'มะลิ ใจดี', en: 'Mali Jaidee' }
  const content = filledIn({
    definition,
    applicant: {
      ...{ account: people.mali.account, kind: 'person', id: people.mali.number },
      ...{ scheme: 'national-id', name: names },
    },
    facts: {
      person: { name: { th: { given: 'มะลิ' } }, birthDate: '1985-06-15' },
      family: { maritalStatus: 'single', spouse: null, father: null, mother: null, children: [] },
      withholding: { taxYear: 2568, employers: [] },
      contributions: { amount: 0, employers: [] },
      taxpayer: { filings: [] },
      promptPay: { registered: true, accountEnding: '0001' },
    },
    typed: {
      ...{ taxYear: '2568', onlyPay: true, isDisabled: false, children: [], parents: [] },
      employers: [{ employerName: 'บริษัท สมมติ จำกัด', employerId: '0105558900015', wages, taxWithheld }],
      ...(wantsInstalments === undefined ? {} : { wantsInstalments }),
      ...(wantsRefund === undefined ? {} : { wantsRefund }),
    },
    today: ground.days.dateOf(at),
  })
  const facts = Object.fromEntries(
    Object.entries(content.facts).map(([id, one]) => [id, { ...one, askedAt: at }]),
  )
  const drafts = createDrafts(ground)
  const draft = await drafts.create(
    { account: people.mali.account },
    { service, version: definition.version, content: { ...content, facts } },
  )
  return await submit(ground, drafts, { draft, who: mali(at), language: 'th' })
}
