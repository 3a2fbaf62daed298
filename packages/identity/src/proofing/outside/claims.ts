import { isNationalId, Problem } from '@sapan/kernel'
import type { IDToken } from 'openid-client'
import type { Profile } from '../../account/account.ts'
import { proofingProblems } from '../../problems/proofing.ts'
import { isCalendarDate } from '../birth-date.ts'
import { methodOf } from '../country.ts'
import type { ProofingGround } from '../ground.ts'
import type { Finding } from '../settle.ts'

/**
 * What a provider's claims say of a person. Throws `sign-in-elsewhere-failed` where they name nobody, or know the person
 * less surely than the country's list says that this way does.
 */
export function claimsFinding(ground: ProofingGround, claims: IDToken): Omit<Finding, 'repeatKey'> {
  const { code } = ground.country.proofing.outsideProvider
  const { ial } = methodOf(ground.country.proofing, 'outside-provider')
  const nationalId = textOf(claims.pid)
  if (!isNationalId(nationalId)) throw refused('the claims have no number')
  if (!ground.levels.meets({ ial: textOf(claims.ial), aal: '' }, { ial }))
    throw refused('the level is too low')
  return {
    method: 'outside-provider',
    identifiers: [
      { scheme: 'national-id', value: nationalId },
      { scheme: `external:${code}`, value: claims.sub },
    ],
    profile: profileOf(claims, code, ground.clock()),
    exchanges: [],
    detail: {
      issuer: claims.iss,
      subject: claims.sub,
      pid: nationalId,
      ial: textOf(claims.ial),
      issuedAt: claims.iat,
    },
  }
}

function profileOf(claims: IDToken, source: string, fetchedAt: number): Profile {
  const name = (claim: string) => ({ th: textOf(claims[claim]), en: textOf(claims[`${claim}_en`]) })
  const [birthDate, sex] = [textOf(claims.birthdate), textOf(claims.gender)]
  return {
    givenName: name('given_name'),
    familyName: name('family_name'),
    ...(isCalendarDate(birthDate) ? { birthDate } : {}),
    ...(sex === '' ? {} : { sex }),
    source,
    fetchedAt,
  }
}

function textOf(claim: unknown): string {
  return typeof claim === 'string' ? claim : ''
}

function refused(cause: string): Problem {
  return new Problem(proofingProblems['sign-in-elsewhere-failed'], { cause })
}
