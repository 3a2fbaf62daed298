import { randomBytes, randomUUID } from 'node:crypto'
import { createLogger, type PoolClient, WorkingDays } from '@sapan/kernel'
import { Sealer } from '@sapan/trust'
import { type TestDatabase, testDatabase } from '../../kernel/test/database.ts'
import {
  type Casework,
  type Colleague,
  caseworkMigrations,
  createCasework,
  type Officer,
  type Task,
  type TaskNews,
  type TaskOpening,
} from '../src/index.ts'

/** A Monday morning in Bangkok. */
export const monday = Date.parse('2026-11-23T09:00:00+07:00')

export const days = new WorkingDays({
  offset: '+07:00',
  opens: '08:30',
  closes: '16:30',
  weekend: [0, 6],
  holidays: new Map([['2026-12-10', { th: 'วันรัฐธรรมนูญ', en: 'Constitution Day' }]]),
  workdays: new Set(),
  knownUntil: '2026-12-31',
})

export interface Office extends AsyncDisposable {
  readonly database: TestDatabase
  readonly casework: Casework
  /** Of people and officers, told in committed transactions or not. */
  readonly news: TaskNews[]
  /** What was logged. */
  readonly lines: string[]
  /** Who holds the duty, for those who ask. */
  readonly colleagues: Colleague[]
  at: number
  open(opening?: Partial<TaskOpening>): Promise<Task>
}

export const agency = 'TH/GOV/RD'
export const duty = 'data-protection'

export function officer(over: Partial<Officer> = {}): Officer {
  return { account: randomUUID(), agency, duties: [duty], ...over }
}

/** An office on a database of its own, whose clock the test moves. */
export async function office(): Promise<Office> {
  const database = await testDatabase({ casework: caseworkMigrations })
  const news: TaskNews[] = []
  const lines: string[] = []
  const colleagues: Colleague[] = []
  const log = createLogger({ name: 'test', destination: { write: (line: string) => void lines.push(line) } })
  const casework = createCasework({
    pool: database.pool,
    clock: () => made.at,
    days,
    sealer: new Sealer(new Map([[1, randomBytes(32)]]), 1),
    log,
    officers: {
      colleagues: async () => colleagues,
      nameOf: async (account) => colleagues.find((one) => one.account === account)?.name,
    },
    tell: async (_client, one) => void news.push(one),
  })
  const made: Office = {
    database,
    casework,
    news,
    lines,
    colleagues,
    at: monday,
    open: async (opening = {}) =>
      await transaction(database, async (client) => await casework.open(client, { ...question, ...opening })),
    [Symbol.asyncDispose]: () => database.drop(),
  }
  return made
}

const question: TaskOpening = {
  agency,
  duty,
  kind: 'access-question',
  title: { th: 'คำถามเรื่องการเข้าถึงข้อมูล', en: 'A question about an access' },
  detail: { words: 'ทำไมจึงดูข้อมูลของฉัน' },
  clock: { workingDays: 3 },
}

export async function transaction<T>(
  { pool }: TestDatabase,
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
