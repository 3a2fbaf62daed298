import { sandboxPerson } from '@sapan/sandbox'
import { grantOrders, loadCountry } from '@sapan/thailand'
import type { Country } from './country.ts'

/** Thailand, small: some agencies, a bank and a company, from the country pack. Grants begin at `now` (milliseconds). */
export function thailand(now: number): Country {
  const { instance, members, grants, purposes } = loadCountry()
  const casePurposes = purposes.filter(({ needsCase }) => needsCase === true).map(({ code }) => code)
  return {
    instance,
    agencies: members.map((member) => ({
      code: member.short,
      gateway: member.gateway,
      id: member.id,
      memberClass: member.class,
      memberCode: member.code,
      name: member.name,
      subsystems: member.subsystems,
      casePurposes,
      grants: grantOrders(grants, member.id, now),
    })),
    person: sandboxPerson().nationalId,
  }
}
