import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Clock,
  createJobs,
  createLogger,
  type Jobs,
  migrate,
  type PoolClient,
  WorkingDays,
} from '@sapan/kernel'
import { createSandboxBank, moneyRoutes, openMoney, type SandboxBank, sandboxBiller } from '@sapan/sandbox'
import { Sealer } from '@sapan/trust'
import { createSite, renderPage, type SiteRoute } from '@sapan/ui'
import fastify from 'fastify'
import { type TestDatabase, testDatabase } from '../../kernel/test/database.ts'
import {
  bankPath,
  bankRoute,
  bankThroughExchange,
  createPayments,
  type PaymentRequest,
  type PaymentsHouse,
  paymentsMigrations,
  paymentsQueues,
} from '../src/index.ts'

export const rd = 'TH/GOV/RD'
export const dopa = 'TH/GOV/DOPA'
export const billers = new Map([rd, dopa].map((member) => [member, sandboxBiller(member)]))

/** Whoever gets refunds: an account is bound to their number. */
export const somchai = '3365341504617'

/** A Monday noon in Bangkok. */
export const noon = Date.parse('2026-11-23T12:00:00+07:00')
export const hour = 3_600_000
export const day = 24 * hour

export const dateOf = (at: number) => new Date(at + 7 * hour).toISOString().slice(0, 10)

/** Days that the cabinet made holidays, by their dates. */
export const holidays = new Map<string, { readonly th: string; readonly en: string }>()

export const days = new WorkingDays({
  ...{ offset: '+07:00', opens: '08:30', closes: '16:30', weekend: [0, 6], knownUntil: '2026-12-31' },
  ...{ holidays, workdays: new Set<string>() },
})

/** Agencies that are paid, a bank, and what lies between them, all over HTTP. */
export interface Town extends AsyncDisposable {
  readonly database: TestDatabase
  readonly money: TestDatabase
  readonly payments: PaymentsHouse
  readonly bank: SandboxBank
  readonly jobs: Jobs
  readonly origin: string
  readonly bankOrigin: string
  readonly lines: string[]
  at: number
  /** Set: nobody reaches the bank. */
  isBankDown: boolean
  request(over?: Partial<PaymentRequest>): Promise<Awaited<ReturnType<PaymentsHouse['request']>>>
  /** Sends to the door of the bank's messages as the bank would. */
  send(
    body: string,
    signature?: string,
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>
}

/** What payments need of a sealer and of the days, the same in every process of a test. */
export const sealerOf = () => new Sealer(new Map([[1, Buffer.alloc(32, 3)]]), 1)

export async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export type TownPages = (house: PaymentsHouse) => readonly SiteRoute<string, string>[]

export async function town(pages: TownPages = () => []): Promise<Town> {
  const [database, money] = await Promise.all([
    testDatabase({ payments: paymentsMigrations }),
    testDatabase(),
  ])
  await openMoney(money.pool)
  await migrate(money.pool, 'account', new URL('../../../sandbox/migrations/account/', import.meta.url))
  await money.pool.query(`insert into account.promptpay values ($1, '0001', '2020-01-01')`, [somchai])
  const lines: string[] = []
  const log = createLogger({ name: 'test', destination: { write: (line: string) => void lines.push(line) } })
  const clock: Clock = () => made.at
  const jobs = await createJobs({ pool: database.pool, log, zone: 'Asia/Bangkok', queues: paymentsQueues })
  const api = fastify()
  moneyRoutes(api, money.pool, clock)
  await api.listen({ host: '127.0.0.1', port: 0 })
  const [bankServer, siteServer] = [createServer(), createServer()]
  const [bankOrigin, origin] = [await listening(bankServer), await listening(siteServer)]
  const bank = await createSandboxBank({
    pool: money.pool,
    origin: bankOrigin,
    portal: `${origin}/me/payments`,
    payees: [...billers].map(([member, biller]) => ({ biller, name: { th: member, en: member } })),
    clock,
    post: async (body, signature) => (await post(origin, Buffer.from(body).toString(), signature)).status,
  })
  bankServer.on('request', bank.handler)
  const payments = createPayments({
    pool: database.pool,
    clock,
    log,
    sealer: sealerOf(),
    jobs,
    days,
    billers,
    bank: bankThroughExchange({
      subsystem: 'account',
      asking: (consumer) => ({ consumer, purpose: 'test' }),
      ask: async ({ service, method, path, body, idempotencyKey }) => {
        if (made.isBankDown) throw new Error('the bank is down')
        const { port } = api.server.address() as AddressInfo
        const response = await fetch(`http://127.0.0.1:${port}${service.replace('account', '')}${path}`, {
          method,
          ...(body !== undefined && { body: JSON.stringify(body) }),
          headers: {
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
          },
        })
        return { status: response.status, body: await response.json() }
      },
    }),
    bankKeys: await bank.keys(),
  })
  const site = createSite<string, string>({
    origin,
    cookiePrefix: 'test',
    cookieSecret: Buffer.alloc(32, 7),
    frame: ({ language, title, body, languages }) =>
      renderPage({ language, title, body, languages, home: '/' }),
    routes: [bankRoute(payments), ...pages(payments)],
    admit: ({ cookies }) => {
      const who = /who=([^;]+)/.exec(cookies ?? '')?.[1]
      return who === undefined ? { kind: 'in', who: '' } : { kind: 'in', who: decodeURIComponent(who) }
    },
    log,
  })
  siteServer.on('request', site.handler)
  const made: Town = {
    database,
    money,
    payments,
    bank,
    jobs,
    origin,
    bankOrigin,
    lines,
    at: noon,
    isBankDown: false,
    request: (over = {}) => asked(database, payments, made.at, over),
    send: async (body, signature) => {
      const response = await post(origin, body, signature)
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    },
    async [Symbol.asyncDispose]() {
      for (const server of [bankServer, siteServer]) {
        server.closeAllConnections()
        server.close()
      }
      await Promise.all([site.close(), api.close(), jobs.stop()])
      await Promise.all([database.drop(), money.drop()])
    },
  }
  return made
}

async function post(origin: string, body: string, signature: string | undefined): Promise<Response> {
  return await fetch(origin + bankPath, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(signature !== undefined && { 'bank-signature': signature }),
    },
  })
}

let asks = 0

async function asked(
  database: TestDatabase,
  payments: PaymentsHouse,
  at: number,
  over: Partial<PaymentRequest>,
) {
  const request = { payee: rd, reference: `case:${++asks}:fee`, amount: 10_000, dueAt: at + day, ...over }
  return await transaction(database, (client) => payments.request(client, request))
}

export async function transaction<T>(
  { pool }: Pick<TestDatabase, 'pool'>,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
