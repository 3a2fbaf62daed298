import type { SyntheticCompany } from '../companies/companies.ts'
import { day } from '../population/days.ts'
import { UNREGISTERED_COMPANY } from '../wellknown/people.ts'
import { wellKnownPeople } from '../wellknown/sandbox-person.ts'
import type { SyntheticEmployment } from './employment.ts'

/**
 * The work of the well-known people, so that each has something to file: the taxpayer, whose employer withheld as if he had
 * no family, gets tax back; the partner with two employers, each of whom withheld as if there were no other, pays more; the
 * young parents have one employer each; the director pays herself or himself a salary. The taxpayer's wife has none.
 */
export function knownEmployments(
  employers: readonly SyntheticCompany[],
  all: readonly SyntheticCompany[],
): readonly SyntheticEmployment[] {
  const [, , first, second, third, fourth, fifth] = employers
  const own = all.find(({ juristicId }) => juristicId === UNREGISTERED_COMPANY)
  const { taxpayer, partner, mother, father, director } = wellKnownPeople
  const works = (
    { nationalId }: { readonly nationalId: string },
    company: SyntheticCompany | undefined,
    started: number,
    wage: number,
    provident = 0,
  ): SyntheticEmployment[] => {
    if (company === undefined) return []
    const { juristicId: employerId, name: employer } = company
    return [{ nationalId, employerId, employer, started, ended: null, wage, provident }]
  }
  return [
    ...works(taxpayer, first, day(2018, 4, 1), 85_000, 5),
    ...works(partner, second, day(2019, 1, 1), 58_000),
    ...works(partner, third, day(2024, 7, 1), 42_000),
    ...works(mother, fourth, day(2019, 6, 1), 28_000, 3),
    ...works(father, fifth, day(2018, 11, 1), 34_000),
    ...works(director, own, own?.registered ?? 0, 60_000),
  ]
}
