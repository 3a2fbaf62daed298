import { randomUUID } from 'node:crypto'
import { type Cases, caseworkMigrations, createCases, createCasework, type Officer } from '@sapan/casework'
import { createDocumentBox, documentboxMigrations } from '@sapan/documentbox'
import { readyTemplates, shippedTemplates } from '@sapan/documents'
import { type Clock, createJobs, createLogger, type Jobs, type Pool, WorkingDays } from '@sapan/kernel'
import { createNotices, noticesMigrations } from '@sapan/notices'
import { createPayments, type PaymentsHouse, type PaymentsOptions, paymentsMigrations } from '@sapan/payments'
import { loadCountry } from '@sapan/thailand'
import { Sealer } from '@sapan/trust'
import { type TestDatabase, testDatabase } from '../../../kernel/test/database.ts'
import type { DraftContent } from '../../src/application/application.ts'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import type { Draft, Drafts } from '../../src/draft/draft.ts'
import { createDrafts } from '../../src/draft/drafts.ts'
import type { ServicesGround } from '../../src/ground.ts'
import { servicesMigrations } from '../../src/index.ts'
import { createConcerns } from '../../src/submission/concerns.ts'
import { follow } from '../../src/submission/follow.ts'
import { documentsWithin } from '../../src/submission/reach.ts'
import { submit } from '../../src/submission/submit.ts'
import { type Submitter, silentOf } from '../../src/submission/who.ts'
import { contentOf } from '../form/made.ts'
import { agency, boatLicence } from './made.ts'
import { type BoatRegister, boatRegister } from './register.ts'

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

/** People of the made-up registers: accounts by their national numbers. */
export const people = {
  mali: { account: '01890000-0000-7000-8000-000000000001', number: '1101700207030' },
  somchai: { account: '01890000-0000-7000-8000-000000000002', number: '3100600123451' },
}

export interface BoatOffice extends AsyncDisposable {
  readonly database: TestDatabase
  readonly ground: ServicesGround
  readonly cases: Cases
  readonly drafts: Drafts
  readonly payments: PaymentsHouse
  readonly register: BoatRegister
  readonly lines: string[]
  definitions: readonly ServiceDefinition[]
  at: number
  draft(over?: Partial<DraftContent>): Promise<Draft>
  submit(draft: Draft, who?: Partial<Submitter>): Promise<string>
  /** From a draft to a decision that is to be carried out. */
  decided(outcome?: 'granted' | 'refused', inputs?: Readonly<Record<string, number>>): Promise<string>
}

export const officer: Officer = { account: randomUUID(), agency, duties: ['boats'] }

export function sealerOf(): Sealer {
  return new Sealer(new Map([[1, Buffer.alloc(32, 5)]]), 1)
}

/** An office on a database of its own, with all that it really stands on but the registers, the seal and identity. */
export async function boatOffice(over: Partial<ServiceDefinition> = {}): Promise<BoatOffice> {
  const database = await testDatabase({
    casework: caseworkMigrations,
    documentbox: documentboxMigrations,
    notices: noticesMigrations,
    payments: paymentsMigrations,
    services: servicesMigrations,
  })
  const lines: string[] = []
  const log = createLogger({ name: 'test', destination: { write: (line: string) => void lines.push(line) } })
  const jobs = await createJobs({ pool: database.pool, log, zone: 'Asia/Bangkok' })
  const register = boatRegister()
  const made: { at: number; definitions: readonly ServiceDefinition[] } = {
    at: monday,
    definitions: [boatLicence(over)],
  }
  const { ground, payments } = groundOn({
    pool: database.pool,
    clock: () => made.at,
    log,
    jobs,
    register,
    definitions: () => made.definitions,
  })
  const drafts = createDrafts(ground)
  const office: BoatOffice = Object.assign(made, {
    database,
    ground,
    cases: ground.cases,
    drafts,
    payments,
    register,
    lines,
    draft: async (content: Partial<DraftContent> = {}) =>
      await drafts.create(
        { account: people.mali.account },
        { service: 'boat-licence', version: 1, content: contentOf({ ...filledIn, ...content }) },
      ),
    submit: async (draft: Draft, who: Partial<Submitter> = {}) =>
      await submit(ground, drafts, { draft, who: { ...mali(made.at), ...who }, language: 'th' }),
    decided: async (outcome: 'granted' | 'refused' = 'granted', inputs = {}) =>
      await decidedCase(office, outcome, inputs),
    async [Symbol.asyncDispose]() {
      await jobs.stop()
      await database.drop()
    },
  })
  return office
}

export const filledIn = { answers: { boat: 'เรือหางยาว', metres: 4 }, done: ['boat', 'partner'] }

export function mali(at: number): Submitter {
  const level = { ial: '2.1', aal: '2.1' }
  const { account } = people.mali
  return { kind: 'applicant', account, session: 'session', level, authenticatedAt: at }
}

interface Standing {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: ServicesGround['log']
  readonly jobs: Jobs
  readonly register: Pick<BoatRegister, 'ask'>
  readonly definitions: () => readonly ServiceDefinition[]
  /** A bank; nobody is paid by the one that is there without it. */
  readonly money?: Pick<PaymentsOptions, 'billers' | 'bank' | 'bankKeys'>
}

const noBank: PaymentsOptions['bank'] = {
  transfer: async () => ({ state: 'refused', why: 'no bank' }),
  statement: async () => [],
}

/** What a room of services stands on; the same in every process of a test. */
export function groundOn({ pool, clock, log, jobs, register, definitions, money }: Standing) {
  const sealer = sealerOf()
  const hashKey = Buffer.alloc(32, 6)
  const rooms = identityRooms()
  const officers = { colleagues: async () => [], nameOf: async () => undefined }
  const base = { pool, clock, days, sealer, log, jobs, officers }
  const billers = new Map([[agency, '099400016551234']])
  const payments = createPayments({ ...base, billers, bank: noBank, bankKeys: { keys: [] }, ...money })
  const notices = createNotices({
    ...base,
    hashKey,
    portal: 'https://portal.example',
    mailer: { send: async () => {}, close: () => {} },
    push: { send: async () => 'sent' },
    addressOf: async () => ({ language: 'th' }),
  })
  const ground: ServicesGround = {
    ...base,
    hashKey,
    definitions: {
      current: definitions,
      find: (service) => definitions().findLast(({ id }) => id === service),
      version: (service, version) =>
        definitions().find((one) => one.id === service && one.version === version),
    },
    ask: register.ask,
    // An incremental update, as a seal is one.
    seals: { seal: async (_agency, pdf) => Buffer.concat([pdf, Buffer.from('\n% sealed\n')]) },
    rooms,
    casework: createCasework({ ...base, tell: async () => {} }),
    cases: createCases({ ...base, concerns: createConcerns({ rooms, hashKey }) }),
    payments,
    documentbox: createDocumentBox({
      ...{ ...base, hashKey },
      reachOf: (account) =>
        documentsWithin({ rooms, hashKey, definitions: { current: definitions } }, account),
      silentOf: (account) => silentOf({ rooms }, account),
    }),
    notices,
    memberName: (member) => (member === agency ? { th: 'กรมเรือสมมติ', en: 'Boats' } : undefined),
    lawName: () => ({ th: 'พระราชบัญญัติเรือสมมติ', en: 'Boats Act' }),
    purposeName: () => undefined,
    templates: readyTemplates(shippedTemplates, loadCountry().documentWords),
    portal: 'https://portal.example',
  }
  return { ground, payments }
}

/** Identity as this room sees it: people who proved their numbers, and no mandates. */
function identityRooms(): ServicesGround['rooms'] {
  const all = Object.values(people)
  const rooms: { [Room in keyof ServicesGround['rooms']]?: object } = {
    accounts: {
      find: async (account: string) => ({ id: account, name: { th: 'มะลิ ใจดี', en: 'Mali Jaidee' } }),
      identifiersOf: async (account: string) =>
        all
          .filter((one) => one.account === account)
          .map(({ number }) => ({ scheme: 'national-id', value: number, proved: true })),
      findByIdentifier: async (_scheme: string, value: string) => {
        const found = all.find(({ number }) => number === value)
        return found && { id: found.account, state: 'open' }
      },
    },
    mandates: {
      of: async () => [],
      interests: async () => ({ held: [], silent: [] }),
      mayBeUnderAge: async () => false,
    },
  }
  return rooms as ServicesGround['rooms']
}

async function decidedCase(
  { submit: handIn, draft, cases, ground }: BoatOffice,
  outcome: 'granted' | 'refused',
  inputs: Readonly<Record<string, number>>,
): Promise<string> {
  const id = await handIn(await draft())
  const { caseVersion } = await cases.read(officer, id)
  const taken = await cases.take(officer, { case: id, version: caseVersion })
  const reasons = outcome === 'refused' ? [{ id: 'unsafe', words: 'เรือรั่ว' }] : []
  const ruling = { outcome, favours: outcome === 'granted', reasons, inputs }
  const { caseVersion: event } = await cases.decide(officer, { case: id, version: taken.caseVersion }, ruling)
  await follow(ground, 'decide', { case: id, event })
  return id
}
