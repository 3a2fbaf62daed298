import { isNationalId, Problem } from '@sapan/kernel'
import type { Profile } from '../../account/account.ts'
import type { Identifier } from '../../account/identifier.ts'
import { proofingProblems } from '../../problems/proofing.ts'
import { askRegister, textIn } from '../ask-register.ts'
import type { ProofingGround } from '../ground.ts'
import { profileFrom } from '../population-register.ts'

/** Somebody as a register has them. */
export interface RegisteredPerson {
  readonly identifier: Identifier
  readonly profile: Profile
  readonly exchange: string
}

/**
 * The person of a number: of the population register, else a foreigner of the Bureau's. Throws `proofing-no-match` for a
 * number that nobody has, `proofing-person-dead`, `proofing-register-unavailable`.
 */
export async function findPerson(ground: ProofingGround, written: string): Promise<RegisteredPerson> {
  const number = written.replace(/[\s-]/g, '')
  if (!isNationalId(number)) throw new Problem(proofingProblems['proofing-no-match'])
  const resident = await askRegister(ground, 'person', { method: 'GET', path: `/persons/${number}` })
  const { person, immigration } = ground.country.proofing.registers
  if (resident.found) {
    if (textIn(resident.body, 'status') === 'dead')
      throw new Problem(proofingProblems['proofing-person-dead'])
    const profile = profileFrom(resident.body, person.member, ground.clock())
    return { identifier: { scheme: 'national-id', value: number }, profile, exchange: resident.exchange }
  }
  const foreigner = await askRegister(ground, 'immigration', { method: 'GET', path: `/foreigners/${number}` })
  if (!foreigner.found) throw new Problem(proofingProblems['proofing-no-match'])
  const profile = foreignProfile(foreigner.body, immigration.member, ground.clock())
  return { identifier: { scheme: 'foreigner-number', value: number }, profile, exchange: foreigner.exchange }
}

function foreignProfile(body: unknown, source: string, fetchedAt: number): Profile {
  const [given = '', family = ''] = ['given', 'family'].map((part) => textIn(body, 'name', part))
  const [birthDate, sex, nationality] = ['birthDate', 'sex', 'nationality'].map((field) =>
    textIn(body, field),
  )
  return {
    givenName: { th: given, en: given },
    familyName: { th: family, en: family },
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(sex === undefined ? {} : { sex }),
    ...(nationality === undefined ? {} : { nationality }),
    source,
    fetchedAt,
  }
}
