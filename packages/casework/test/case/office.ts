import { randomBytes, randomUUID } from 'node:crypto'
import { createJobs, createLogger, inTransaction, type Jobs, type PoolClient } from '@sapan/kernel'
import { Sealer } from '@sapan/trust'
import { type TestDatabase, testDatabase } from '../../../kernel/test/database.ts'
import {
  type Case,
  type CaseOpening,
  type CasePlan,
  type CaseRuling,
  type CaseSeen,
  type CaseSummary,
  type Cases,
  type CasesOptions,
  type Colleague,
  caseworkMigrations,
  createCases,
  type Officer,
} from '../../src/index.ts'
import { days, monday } from '../office.ts'

export { days, monday }

export const agency = 'TH/GOV/RD'

/** Reviewed, endorsed, decided by one, and signed by two. */
export const plan: CasePlan = {
  steps: [
    { kind: 'review', duty: 'review', count: 1, by: 'officer' },
    { kind: 'endorse', duty: 'endorse', count: 1, by: 'officer' },
    { kind: 'decide', duty: 'decide', count: 1, by: 'officer' },
    { kind: 'sign', duty: 'sign', count: 2, by: 'officer' },
  ],
  workingDays: 5,
  informationDays: 15,
  paymentDays: 7,
  appeal: { days: 15, duty: 'appeal', workingDays: 30 },
  mayWithdraw: true,
}

export const shortPlan: CasePlan = {
  ...plan,
  steps: [{ kind: 'decide', duty: 'decide', count: 1, by: 'officer' }],
}
export const rulePlan: CasePlan = { ...plan, steps: [] }

export const granted: CaseRuling = { outcome: 'granted', favours: true, reasons: [], inputs: {} }
export const refused: CaseRuling = {
  outcome: 'refused',
  favours: false,
  reasons: [{ id: 'no-evidence', words: 'ไม่พบหลักฐานการชำระเงิน' }],
  inputs: {},
}

/** All duties of the plans above, one officer each; `two` of a kind where a step needs another. */
export function officer(...duties: string[]): Officer {
  return { account: randomUUID(), agency, duties }
}

export interface CaseOffice extends AsyncDisposable {
  readonly database: TestDatabase
  readonly jobs: Jobs
  readonly cases: Cases
  readonly lines: string[]
  /** Who holds a duty, for those who ask. */
  readonly colleagues: Colleague[]
  /** For whom an account acts. */
  readonly parties: Map<string, string[]>
  /** Kinds of parties of which a silent register would know, with its name. */
  readonly silent: Map<string, string>
  /** Of its cases. */
  readonly options: CasesOptions
  at: number
  open(opening?: Partial<CaseOpening>): Promise<Case>
  run<T>(work: (client: PoolClient) => Promise<T>): Promise<T>
}

/** An office on a database of its own, with jobs that nobody does, whose clock the test moves. */
export async function caseOffice(): Promise<CaseOffice> {
  const database = await testDatabase({ casework: caseworkMigrations })
  const lines: string[] = []
  const colleagues: Colleague[] = []
  const parties = new Map<string, string[]>()
  const log = createLogger({ name: 'test', destination: { write: (line: string) => void lines.push(line) } })
  const jobs = await createJobs({ pool: database.pool, log, zone: 'Asia/Bangkok' })
  const silent = new Map<string, string>()
  const partiesOf = (account: string) => parties.get(account) ?? []
  const options: CasesOptions = {
    ...{ pool: database.pool, clock: () => made.at, days, log, jobs },
    sealer: new Sealer(new Map([[1, randomBytes(32)]]), 1),
    officers: { colleagues: async () => colleagues, nameOf: async () => undefined },
    concerns: {
      interestsOf: async (account) => ({
        parties: partiesOf(account),
        silent: [...silent].map(([kind, name]) => ({ kind, register: { th: name, en: name } })),
      }),
      isConcerned: async (account, about) => {
        if (partiesOf(account).some((party) => about.parties.includes(party))) return 'yes'
        const unknown = [...silent].filter(([kind]) => about.kinds?.includes(kind) !== false)
        return unknown.length === 0 ? 'no' : { unknown: unknown.map(([, name]) => ({ th: name, en: name })) }
      },
    },
  }
  const made: CaseOffice = {
    ...{ database, jobs, lines, colleagues, parties, silent },
    at: monday,
    options,
    cases: createCases(options),
    open: (opening = {}) => made.run((client) => made.cases.open(client, { ...application(), ...opening })),
    run: (work) => inTransaction(database.pool, work),
    async [Symbol.asyncDispose]() {
      await jobs.stop()
      await database.drop()
    },
  }
  return made
}

export function application(): CaseOpening {
  return {
    agency,
    service: 'sample-permit',
    version: 1,
    applicant: randomUUID(),
    title: { th: 'คำขออนุญาตตัวอย่าง', en: 'A sample permit' },
    content: { answers: { name: 'สมหญิง' } },
    plan,
    fee: 0,
    key: randomUUID(),
  }
}

export function seen({ id, caseVersion }: CaseSummary): CaseSeen {
  return { case: id, version: caseVersion }
}

/** Through all steps of a plan, each by other officers; ends where it is carried out. */
export async function decideCase(
  { cases }: Pick<CaseOffice, 'cases'>,
  made: CaseSummary,
  ruling = granted,
): Promise<CaseSummary> {
  let now: CaseSummary = made
  while (now.state !== 'carrying-out') {
    const who = officer(now.duty ?? '')
    if (now.state === 'in-review') now = await cases.review(who, seen(now))
    else if (now.state === 'awaiting-endorsement') now = await cases.endorse(who, seen(now))
    else if (now.state === 'awaiting-signature') now = await cases.sign(who, seen(now))
    else now = await cases.decide(who, seen(now), ruling)
  }
  return now
}
