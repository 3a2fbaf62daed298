import { inTransaction, nationalIdCheckDigit } from '@sapan/kernel'
import { generateSigner } from '@sapan/trust'
import { createAccounts } from '../../src/account/accounts.ts'
import type { RawDuty, RawOfficer } from '../../src/officers/entry.ts'
import { createOfficers, type Officers } from '../../src/officers/officers.ts'
import type { AppointmentWatch } from '../../src/officers/ports.ts'
import { createStatusLists } from '../../src/status/lists.ts'
import { type TestGround, testGround } from '../ground.ts'
import { officersCountry } from './country.ts'

export const dopa = 'TH/GOV/DOPA'
export const rd = 'TH/GOV/RD'
export const hour = 3_600_000
export const day = 24 * hour

/** The national number of the so-manieth person of a test. */
export function numberOf(nth: number): string {
  const first12 = `1${String(nth).padStart(11, '0')}`
  return `${first12}${nationalIdCheckDigit(first12)}`
}

/** Who somebody is at the desk. */
export interface TestOfficer {
  readonly account: string
  readonly appointment: string
}

/** An officer as a form has them. */
export function raw(
  fields: Readonly<Record<string, string>>,
  duties?: readonly (string | Partial<RawDuty>)[],
): RawOfficer {
  const all = {
    national_id: numberOf(1),
    given_name: 'สมชาย',
    family_name: 'ใจดี',
    title_th: 'นักปกครอง',
    ...fields,
  }
  const empty = { duty: '', role: '', behalf: '', from: '', till: '' }
  return {
    fields: new Map(Object.entries(all) as [keyof typeof all, string][]),
    ...(duties
      ? {
          duties: duties.map((each) => ({ ...empty, ...(typeof each === 'string' ? { duty: each } : each) })),
        }
      : {}),
  }
}

/** Agencies with their officers, on real rooms. */
export class OfficersHouse {
  readonly ground: TestGround
  readonly accounts: ReturnType<typeof createAccounts>
  readonly officers: Officers
  #people = 0

  constructor(ground: TestGround, watches: readonly AppointmentWatch[] = []) {
    this.ground = ground
    this.accounts = createAccounts(ground)
    this.officers = createOfficers(
      { ...ground, country: officersCountry },
      {
        accounts: this.accounts,
        status: createStatusLists({ ...ground, signer: generateSigner('ecdsa-p256-sha256') }),
        isAtLeast: (ial, least) => ground.levels.meets({ ial, aal: '' }, { ial: least }),
        watches,
      },
    )
  }

  static async open(watches?: (ground: TestGround) => readonly AppointmentWatch[]): Promise<OfficersHouse> {
    const ground = await testGround()
    return new OfficersHouse(ground, watches?.(ground))
  }

  get now(): number {
    return this.ground.clock()
  }

  nextNumber(): string {
    return numberOf(++this.#people)
  }

  /** Somebody who has proved a number. */
  async person(nationalId: string, ial = '2.3'): Promise<string> {
    return inTransaction(this.ground.pool, async (client) => {
      const { id } = await this.accounts.create(client, { language: 'th' })
      await this.accounts.prove(client, id, { scheme: 'national-id', value: nationalId })
      await this.accounts.raiseIal(client, id, ial)
      await this.accounts.saveProfile(client, id, {
        givenName: { th: 'สมชาย', en: 'Somchai' },
        familyName: { th: 'ใจดี', en: 'Jaidee' },
        source: 'TH/GOV/DOPA',
        fetchedAt: this.now,
      })
      return id
    })
  }

  /** An officer of an agency who has come, with those duties; the operator brought them in. */
  async officer(
    agency: string,
    duties: readonly (string | Partial<RawDuty>)[],
    fields: Readonly<Record<string, string>> = {},
  ): Promise<TestOfficer & { nationalId: string }> {
    const nationalId = this.nextNumber()
    const by = { operator: 'test', agency }
    const { id } = await this.officers.add(by, raw({ national_id: nationalId, ...fields }, duties))
    const account = await this.person(nationalId)
    await this.officers.arrive(account)
    return { account, appointment: id, nationalId }
  }

  administrator(agency: string): Promise<TestOfficer & { nationalId: string }> {
    return this.officer(agency, ['administrator'])
  }
}
