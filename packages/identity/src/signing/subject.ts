import { keyedHash, type Subject } from '@sapan/trust'
import type { Appointment } from '../officers/appointment.ts'
import type { AgencyName, SigningAccounts } from './ports.ts'

interface SubjectOptions {
  readonly accounts: SigningAccounts
  readonly agencyName: AgencyName
  readonly hashKey: Uint8Array
}

/**
 * What an officer's certificate says: the person by their proved name, their office and agency. Persons of one name are
 * told apart by a number that is nobody's elsewhere. Undefined while no name was proved.
 */
export async function subjectOf(
  { account, agency, title, unit }: Appointment,
  { accounts, agencyName, hashKey }: SubjectOptions,
): Promise<Subject | undefined> {
  const profile = await accounts.profileOf(account)
  const givenName = profile?.givenName.th || profile?.givenName.en
  const surname = profile?.familyName.th || profile?.familyName.en
  if (!givenName) return undefined
  return {
    commonName: [givenName, surname].filter(Boolean).join(' '),
    givenName,
    ...(surname ? { surname } : {}),
    title: title.th,
    ...(unit.th === '' ? {} : { organizationalUnit: unit.th }),
    organization: agencyName(agency)?.th ?? agency,
    serialNumber: keyedHash(hashKey, `signer:${account}`).toString('hex', 0, 12).toUpperCase(),
    country: agency.slice(0, 2),
  }
}
