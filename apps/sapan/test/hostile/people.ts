import { inTransaction } from '@sapan/kernel'
import type { House } from '../../src/identity/house.ts'
import { giveServices } from './services.ts'

/** Somebody who has an account, an office with every duty, and something waiting in every room. */
export interface Newcomer {
  readonly account: string
  readonly number: string
}

/** Turns what follows, hides a letter, is markup, a formula, a template and a path, and longer than any page is wide. */
export const hostileName = `<img src=x onerror=alert(1)>\u202Eใจดี\u200B\u2066"'=cmd|' /C calc'!A0{{7*7}}../../${'ก'.repeat(90)}`

/** What is refused of agencies, as letters that nobody sees, is left out. */
const markup = `<img src=x onerror=alert(1)> "'{{7*7}}`

/** Where newcomers work, if nothing else is said. */
export const usualAgency = 'TH/GOV/DOPA'
const plain = { th: markup, en: markup }
const text = { th: hostileName, en: hostileName }

export async function openNewcomer(house: House, agency: string): Promise<Newcomer> {
  const person = await openAccount(house)
  const other = await openAccount(house)
  await appoint(house, person, agency)
  await askOf(house, { person, other, agency })
  await giveServices(house, { person, other, agency, hostile: hostileName })
  return person
}

async function openAccount({ rooms, ground }: House): Promise<Newcomer> {
  const number = nationalId()
  const account = await inTransaction(ground.pool, async (client) => {
    const { id } = await rooms.accounts.create(client, { language: 'en' })
    await rooms.accounts.prove(client, id, { scheme: 'national-id', value: number })
    const name = { givenName: text, familyName: text }
    await rooms.accounts.saveProfile(client, id, { ...name, source: 'sandbox', fetchedAt: ground.clock() })
    await rooms.accounts.raiseIal(client, id, '2.3')
    return id
  })
  return { account, number }
}

async function appoint({ rooms, ground }: House, { account, number }: Newcomer, agency: string) {
  const duties = ground.country.identity.officers.duties.map(({ code }) => code)
  await rooms.officers.add(
    { operator: 'test', agency },
    {
      fields: new Map([
        ['national_id', number],
        ['given_name', 'สมหญิง'],
        ['family_name', 'ใจดี'],
        ['title_th', 'นายทะเบียน'],
        ['title_en', 'Registrar'],
        ['unit_th', 'สมมติ'],
        ['unit_en', 'Made up'],
      ]),
      duties: duties.map((duty) => ({ duty, role: '', behalf: '', from: '', till: '' })),
    },
  )
  await rooms.officers.arrive(account)
}

interface Asking {
  readonly person: Newcomer
  readonly other: Newcomer
  readonly agency: string
}

/** Something of every room that has a page of its own: a consent, an offer, a helper, a question, a message, a task, a client. */
async function askOf({ rooms, notices, casework, ground }: House, { person, other, agency }: Asking) {
  const { account, number } = person
  const doer = {
    account: other.account,
    session: `session-of-${other.account}`,
    level: { ial: '2.3', aal: '2.2' },
    authenticatedAt: ground.clock(),
  }
  await rooms.consents.ask(
    {
      subject: { scheme: 'national-id', value: number },
      consumer: `${agency}/main`,
      service: 'TH/GOV/RD/tax/taxpayer-v1',
      purpose: 'employee-verification',
      fields: ['name', 'status'],
      reason: plain,
      reference: markup,
    },
    agency,
  )
  const day = 86_400_000
  const terms = { scopes: ['file-tax'], limits: {}, from: ground.clock(), till: ground.clock() + 30 * day }
  await rooms.mandates.proposals.propose(doer, { direction: 'give', to: { number }, terms })
  const [appointment] = await rooms.officers.appointmentsOf(account, ground.clock())
  const officer = { appointment: appointment?.id ?? '', agency }
  const helper = { ...doer, account, session: `session-of-${account}`, officer }
  await rooms.mandates.help.ask(helper, { number: other.number, case: '12/2569', scopes: ['apply'] })
  const client = `client-${account}`
  await rooms.clients.register({ ...clientSettings, id: client, member: agency }, 'test')
  await rooms.provider.backchannel.ask({ account, kind: 'sign-in', bindingMessage: 'A1-23', client })
  await inTransaction(ground.pool, async (database) => {
    await notices.send(database, { account, kind: 'security', title: plain, body: plain })
    for (const kind of ['access-question', 'unusual-access']) {
      await casework.open(database, {
        agency,
        duty: 'data-protection-officer',
        kind,
        subject: account,
        title: plain,
        detail: { ...accessDetail, at: kind === 'access-question' ? '2026-11-22T03:00:00Z' : ground.clock() },
        clock: { workingDays: 3 },
      })
    }
  })
}

/** What gateways tell of an access, as somebody who would mislead its readers has it. */
const accessDetail = {
  question: hostileName,
  exchange: '01a20359-0000-7000-8000-000000000000',
  client: 'TH/GOV/RD/main',
  service: 'TH/GOV/RD/tax/taxpayer-v1',
  operation: markup,
  purpose: markup,
  law: markup,
  fields: [markup],
  reasons: [markup],
  title: plain,
  as: markup,
  case: hostileName,
  gateway: 'TH/GOV/RD/gateway-1',
}

export const clientSettings = {
  names: plain,
  purpose: plain,
  profile: 'basic',
  authentication: 'none',
  redirectUris: ['http://localhost:9/callback'],
  postLogoutRedirectUris: ['http://localhost:9/over'],
  scopes: ['openid', 'profile'],
  refresh: true,
} as const

let serial = 0

/** A national number of nobody else, with its check digit. */
function nationalId(): string {
  const digits = `1${String(10_000_000_000 + serial++)}`
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (13 - at), 0)
  return `${digits}${(11 - (sum % 11)) % 10}`
}
