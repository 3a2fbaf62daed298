import { inTransaction, nationalIdCheckDigit, type PoolClient } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import { generateSigner } from '@sapan/trust'
import { createAccounts } from '../../src/account/accounts.ts'
import type { AskAgency } from '../../src/exchange.ts'
import { createHistory } from '../../src/history/history.ts'
import { mandateHistory } from '../../src/mandates/history-kinds.ts'
import { createMandates, type Mandates } from '../../src/mandates/mandates.ts'
import type { SigningCondition } from '../../src/mandates/signing.ts'
import { createBackchannel } from '../../src/provider/backchannel.ts'
import { createStatusLists, type StatusLists } from '../../src/status/lists.ts'
import { type TestGround, testGround } from '../ground.ts'
import { Registers } from './registers.ts'

export interface Person {
  readonly account: string
  readonly number: string
  readonly session: string
  readonly level: { readonly ial: string; readonly aal: string }
  authenticatedAt: number
}

export interface SentNotice {
  readonly account: string
  readonly title: { readonly en: string }
}

let lastNumber = 0

/** A number that nobody else of this run has, beginning with a digit. */
export function freshNumber(first = 1): string {
  const digits = `${first}${String(++lastNumber).padStart(11, '0')}`
  return `${digits}${nationalIdCheckDigit(digits)}`
}

/** Mandates over real accounts, histories and status lists, beside registers that a test changes. */
export class World {
  readonly ground: TestGround
  readonly registers = new Registers()
  readonly notices: SentNotice[] = []
  readonly statuses: StatusLists
  readonly mandates: Mandates
  readonly accounts: ReturnType<typeof createAccounts>
  readonly history: ReturnType<typeof createHistory>
  /** Appointments that have the duty of a helper. */
  readonly onDuty = new Set<string>()

  static async open(): Promise<World> {
    return new World(await testGround())
  }

  /** Another process over the same database, which asks elsewhere. */
  static beside(world: World, ask: AskAgency): World {
    return new World(world.ground, ask)
  }

  constructor(ground: TestGround, ask: AskAgency = (question) => this.registers.ask(question)) {
    this.ground = ground
    const signer = generateSigner('ecdsa-p256-sha256')
    this.accounts = createAccounts(ground)
    this.history = createHistory(ground, mandateHistory)
    this.statuses = createStatusLists({ ...ground, signer, size: 4096 })
    const mandates = loadCountry().identity.mandates
    this.mandates = createMandates(
      { ...ground, ask, country: { mandates } },
      {
        accounts: this.accounts,
        history: this.history,
        statuses: this.statuses,
        notices: {
          send: async (_client: PoolClient, notice) => {
            this.notices.push(notice)
          },
        },
        backchannel: createBackchannel({ ...ground, carry: async () => {} }),
        officers: { hasDuty: async (appointment) => this.onDuty.has(appointment) },
        agencies: ['TH/GOV/RD', 'TH/GOV/DOPA'],
      },
    )
  }

  /** Someone with an account, whose number is proved and who has just signed in. */
  async person(number = freshNumber(), name = `P${number.slice(-5)}`): Promise<Person> {
    const account = await inTransaction(this.ground.pool, async (client) => {
      const { id } = await this.accounts.create(client, { language: 'th' })
      await this.accounts.prove(client, id, { scheme: 'national-id', value: number })
      await this.accounts.saveProfile(client, id, {
        givenName: { th: name, en: name },
        familyName: { th: '', en: '' },
        source: 'TH/GOV/DOPA',
        fetchedAt: this.now,
      })
      return id
    })
    return this.signedIn({ account, number })
  }

  #sessions = 0

  /** The same person in another session. */
  signedIn({ account, number }: Pick<Person, 'account' | 'number'>): Person {
    const level = { ial: '2.3', aal: '2.2' }
    return { account, number, session: `s${++this.#sessions}-${account}`, level, authenticatedAt: this.now }
  }

  /** A company of these directors. */
  company(directors: readonly Person[], condition: SigningCondition): string {
    const number = freshNumber(0)
    this.registers.companies.set(number, {
      status: 'registered',
      directors: directors.map((director) => director.number),
      condition,
    })
    return number
  }

  get now(): number {
    return this.ground.clock()
  }

  async freeze(account: string): Promise<void> {
    await inTransaction(this.ground.pool, async (client) => {
      await this.accounts.setState(client, account, 'frozen')
      await this.statuses.suspendAll(client, account)
      await this.mandates.suspendAll(client, account)
    })
  }

  async unfreeze(account: string): Promise<void> {
    await inTransaction(this.ground.pool, async (client) => {
      await this.accounts.setState(client, account, 'open')
      await this.statuses.resumeAll(client, account)
      await this.mandates.resumeAll(client, account)
    })
  }

  /** What gateways see of a place in a status list. */
  async statusOf({ uri, index }: { uri: string; index: number }): Promise<string> {
    const { rows } = await this.ground.pool.query<{ status: string; stopped: boolean }>(
      'select status, stopped from identity.status_entry where list_id = $1 and index = $2',
      [Number(uri.split('/').at(-1)), index],
    )
    const [row] = rows
    return row?.stopped && row.status === 'valid' ? 'suspended' : (row?.status ?? 'none')
  }

  async kinds(account: string): Promise<string[]> {
    return (await this.history.list(account, { limit: 50 })).map(({ kind }) => kind)
  }

  async close(): Promise<void> {
    await this.statuses.stop()
    await this.ground.database.drop()
  }
}

/** The code of the problem that a promise ends in; `done` where it does not. */
export async function outcome(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  )
}
