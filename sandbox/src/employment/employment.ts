import type { Text } from '@sapan/kernel'
import { companies, type SyntheticCompany } from '../companies/companies.ts'
import { type Day, day, yearsBetween } from '../population/days.ts'
import { population, type SyntheticPopulation } from '../population/population.ts'
import { REGISTER_DAY, SEED } from '../population/settings.ts'
import { Random } from '../random.ts'
import { createEmployees } from '../registers/com/employees.ts'
import { createOfficers } from '../registers/ocsc/officers.ts'
import { EXAMPLE_COMPANY } from '../wellknown/people.ts'
import { wellKnownPeople } from '../wellknown/sandbox-person.ts'
import { knownEmployments } from './known-employments.ts'

/** Someone's work for a company of the sandbox. Nobody of them exists. */
export interface SyntheticEmployment {
  readonly nationalId: string
  readonly employerId: string
  readonly employer: Text
  readonly started: Day
  readonly ended: Day | null
  /** Baht a month in 2026; earlier years were lower. */
  readonly wage: number
  /** Hundredths of the wage that go to a provident fund. */
  readonly provident: number
}

/** Baht a month, the more frequent ones more often. */
const WAGES = [
  ...[12_000, 13_000, 14_500, 15_000, 15_000, 16_500, 18_000, 18_000, 20_000, 22_000, 25_000, 28_000],
  ...[32_000, 38_000, 45_000, 60_000, 85_000, 130_000, 220_000],
]

/** Of grown-ups below sixty, so many in a hundred work for a company. */
const SHARE = 0.28

/** The companies that employ: registered, and not of yesterday. */
export function employersOf(all: readonly SyntheticCompany[]): readonly SyntheticCompany[] {
  return all.filter((one) => one.status === 'registered' && one.registered < day(2018, 1, 1))
}

function employmentAt(
  nationalId: string,
  born: Day,
  employer: SyntheticCompany,
  random: Random,
): SyntheticEmployment {
  const earliest = Math.max(employer.registered, born + 19 * 366, day(2010, 1, 1))
  const started = random.between(Math.min(earliest, REGISTER_DAY - 60), REGISTER_DAY - 30)
  return {
    nationalId,
    employerId: employer.juristicId,
    employer: employer.name,
    started,
    ended: random.chance(0.12) ? random.between(started, REGISTER_DAY) : null,
    wage: random.of(WAGES),
    provident: random.chance(0.4) ? random.of([3, 5, 10]) : 0,
  }
}

/** The example company's own people, as its system has them. */
function ofExampleCompany(people: SyntheticPopulation, example: SyntheticCompany): SyntheticEmployment[] {
  const random = new Random(SEED, 'wages of the example company')
  return createEmployees(people, EXAMPLE_COMPANY.slice(1, 3)).map(({ nationalId, started, ended }) => ({
    ...{ nationalId, started, ended, employerId: EXAMPLE_COMPANY, employer: example.name },
    wage: nationalId === wellKnownPeople.employee.nationalId ? 48_000 : random.of(WAGES),
    provident: random.chance(0.4) ? 5 : 0,
  }))
}

/** Who works for which company, from the people and the companies: the same everywhere. */
export function createEmployments(
  people: SyntheticPopulation,
  all: readonly SyntheticCompany[],
): readonly SyntheticEmployment[] {
  const [example] = all
  if (example === undefined) throw new Error('there are no companies')
  const random = new Random(SEED, 'employments')
  const employers = employersOf(all)
  const first = [...ofExampleCompany(people, example), ...knownEmployments(employers, all)]
  const taken = new Set([
    ...first.map(({ nationalId }) => nationalId),
    ...Object.values(wellKnownPeople).map(({ nationalId }) => nationalId),
    ...createOfficers(people).map(({ nationalId }) => nationalId),
  ])
  const others = people.people.flatMap((person) => {
    const age = yearsBetween(person.born, REGISTER_DAY)
    if (person.died !== null || age < 20 || age > 59 || !random.chance(SHARE)) return []
    if (taken.has(person.nationalId) || /^[06]/.test(person.nationalId)) return []
    return [employmentAt(person.nationalId, person.born, random.of(employers), random)]
  })
  return [...first, ...others]
}

let made: Promise<readonly SyntheticEmployment[]> | undefined

/** The sandbox's employments, made once per process and kept until `forgetEmployments`. */
export function employments(): Promise<readonly SyntheticEmployment[]> {
  made ??= Promise.all([population(), companies()]).then(([people, all]) => createEmployments(people, all))
  return made
}

export function forgetEmployments(): void {
  made = undefined
}
