import { expect, it } from 'vitest'
import { day, dopa, type OfficersHouse, rd, type TestOfficer } from '../officers/house.ts'

/** Everybody who might try something at an agency: those who may, and those who may not. */
export interface Cast {
  readonly administrator: TestOfficer
  readonly acting: TestOfficer
  readonly withoutDuty: TestOfficer
  readonly ofAnotherAgency: TestOfficer
  readonly expired: TestOfficer
  readonly ended: TestOfficer
  /** Of somebody else, but under the administrator's appointment. */
  readonly borrowed: TestOfficer
  readonly nobody: TestOfficer
}

export async function castOf(house: OfficersHouse): Promise<Cast> {
  const administrator = await house.administrator(dopa)
  const expired = await house.officer(dopa, [{ duty: 'administrator', till: '2026-11-22' }])
  const ended = await house.administrator(dopa)
  const acting = await house.officer(dopa, [
    { duty: 'administrator', role: 'in-absence', behalf: 'อธิบดีกรมการปกครอง' },
  ])
  const withoutDuty = await house.officer(dopa, ['registrar', 'case-officer', 'signer'])
  const ofAnotherAgency = await house.administrator(rd)
  await house.officers.end(administrator, ended.appointment)
  house.ground.pass(3 * day)
  return {
    administrator,
    acting,
    withoutDuty,
    ofAnotherAgency,
    expired,
    ended,
    borrowed: { account: withoutDuty.account, appointment: administrator.appointment },
    nobody: { account: '00000000-0000-7000-8000-000000000000', appointment: 'x' },
  }
}

/** What a try comes to: `done`, or the code of the problem. */
export function outcome(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )
}

/** One test a person: what their try must come to. */
export function eachOf(
  cast: () => Cast,
  expected: Readonly<Record<keyof Cast, string>>,
  attempt: (who: TestOfficer, name: keyof Cast) => Promise<unknown>,
): void {
  for (const [name, what] of Object.entries(expected) as [keyof Cast, string][]) {
    it(`${name}: ${what}`, async () => {
      expect(await outcome(attempt(cast()[name], name))).toBe(what)
    })
  }
}
