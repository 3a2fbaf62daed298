import { createLogger } from '@sapan/kernel'
import { EXAMPLE_COMPANY, sandboxPerson } from '@sapan/sandbox'
import { readIdentityFile } from '../../src/config/identity.ts'
import { layoutOf } from '../../src/home/layout.ts'
import type { House } from '../../src/identity/house.ts'
import { openOperator } from '../../src/run/identity.ts'
import { describedService } from '../../src/up/descriptions.ts'
import { type Ended, sapan } from '../processes.ts'
import { databaseUrl, home } from './visit.ts'

/** The operator's house over the country's own database, for what systems of agencies ask of it beside all pages. */
export async function openBackDoor(): Promise<House> {
  const log = createLogger({ name: 'journeys', level: 'error' })
  return await openOperator(await readIdentityFile(layoutOf(home).identityConfig), { databaseUrl, log })
}

const population = 'TH/GOV/DOPA/population/person-v1'

/** The Revenue Department looks at somebody, through both gateways. */
export function revenueLooksAt(person: string): Promise<Ended> {
  const call = ['call', '--as', 'TH/GOV/RD/efiling', `${population}/persons/${person}`]
  return sapan(home, ...call, '--purpose', 'tax-assessment', '--json')
}

/** The register's day of birth, as it stands on the card: `1945-05-27`. */
export async function bornOn(person: string): Promise<string> {
  const call = ['call', '--as', 'TH/GOV/DGA/identity', `${population}/persons/${person}`]
  const { out } = await sapan(home, ...call, '--purpose', 'identity-proofing', '--json')
  return JSON.parse(out).body.birthDate
}

/** The example company asks for somebody's consent to see name and state in the register. */
export async function companyAsksConsent({ rooms }: House, person: string): Promise<string> {
  const member = `TH/COM/${EXAMPLE_COMPANY}`
  const { id } = await rooms.consents.ask(
    {
      subject: { scheme: 'national-id', value: person },
      consumer: `${member}/payroll`,
      service: population,
      purpose: 'employee-verification',
      law: 'personal-data-consent',
      fields: ['name', 'status'],
      reason: { th: 'ตรวจชื่อก่อนทำสัญญาจ้าง', en: 'To check the name before the contract' },
    },
    member,
  )
  return id
}

/** What the taxpayer's own software would prepare: an act of the company, which takes two of its directors. */
export async function preparedJointAct({ rooms }: House, company: string): Promise<string> {
  const { nationalId } = sandboxPerson('taxpayer')
  const account = (await rooms.accounts.findByIdentifier('national-id', nationalId))?.id ?? ''
  const [session] = await rooms.sessions.of(account)
  const doer = { account, session: session?.id ?? '', authenticatedAt: Date.now() }
  const mandates = await rooms.mandates.of(account)
  return await rooms.mandates.joint.prepare(doer, {
    mandate: mandates.find(({ content }) => content.number === company)?.id ?? '',
    scope: 'change-register',
    act: { form: 'change-directors', add: ['1234567890121'] },
    words: 'เพิ่มกรรมการหนึ่งคน',
    seal: true,
  })
}

/** The days in which a case could be paid or agreed to are over, and the work that looks after such cases has run. */
export async function timeIsOver(id: string): Promise<void> {
  const log = createLogger({ name: 'journeys', level: 'error' })
  const file = await readIdentityFile(layoutOf(home).identityConfig)
  const house = await openOperator(file, { databaseUrl, log, services: { description: describedService } })
  try {
    const lapsed = 'update casework.service_case set lapse_at = $2 where id = $1'
    await house.ground.pool.query(lapsed, [id, new Date(Date.now() - 1000)])
    await house.services?.cases.lapse()
  } finally {
    await house.close()
  }
}
