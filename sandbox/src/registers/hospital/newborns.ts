import type { Text } from '@sapan/kernel'
import { type Day, yearsBetween } from '../../population/days.ts'
import type { SyntheticPerson, SyntheticPopulation } from '../../population/population.ts'
import { REGISTER_DAY, SEED } from '../../population/settings.ts'
import { Random } from '../../random.ts'
import { wellKnownPeople } from '../../wellknown/sandbox-person.ts'

/** A newborn of the sandbox's hospital who is in no register yet. Nobody of them exists. */
export interface Newborn {
  readonly number: string
  readonly born: Day
  readonly time: string
  readonly sex: 'male' | 'female'
  /** Grams. */
  readonly weight: number
  readonly order: number
  readonly mother: SyntheticPerson
  readonly father: SyntheticPerson | null
}

/** Where the hospital is: แขวงคลองเตย เขตคลองเตย. */
export const HOSPITAL_SUBDISTRICT = '103301'

export const HOSPITAL_NAME: Text = { th: 'โรงพยาบาลสมมติพัฒนา', en: 'Sommot Phatthana Hospital' }

interface Birth {
  readonly mother: SyntheticPerson | undefined
  readonly hasFather: boolean
  readonly daysAgo: number
  readonly sex: 'male' | 'female'
}

function someMother(
  { people }: SyntheticPopulation,
  marital: SyntheticPerson['marital'],
): SyntheticPerson | undefined {
  const known = new Set(Object.values(wellKnownPeople).map(({ nationalId }) => nationalId))
  return people.find((one) => {
    const age = yearsBetween(one.born, REGISTER_DAY)
    const able = one.sex === 'female' && one.died === null && age >= 22 && age <= 32
    return able && one.marital === marital && /^[1-5]/.test(one.nationalId) && !known.has(one.nationalId)
  })
}

/**
 * The newborns that wait to be registered, as it is on a day: the well-known couple's, within the fifteen days; the
 * partner's, which is late already and has no father that is known; one like it in time; and one that is later still.
 */
export function createNewborns(population: SyntheticPopulation, today: Day): readonly Newborn[] {
  const byId = new Map(population.people.map((person) => [person.nationalId, person]))
  const random = new Random(SEED, 'newborns')
  const births: readonly Birth[] = [
    { mother: byId.get(wellKnownPeople.mother.nationalId), hasFather: true, daysAgo: 3, sex: 'female' },
    { mother: byId.get(wellKnownPeople.partner.nationalId), hasFather: false, daysAgo: 20, sex: 'male' },
    { mother: someMother(population, 'single'), hasFather: false, daysAgo: 2, sex: 'female' },
    { mother: someMother(population, 'married'), hasFather: true, daysAgo: 40, sex: 'male' },
  ]
  return births.flatMap(({ mother, hasFather, daysAgo, sex }, index) => {
    if (mother === undefined) return []
    const elder = population.people.filter((person) => person.mother === mother.nationalId).length
    return {
      number: `SPH-${String(index + 1).padStart(6, '0')}`,
      born: today - daysAgo,
      time: `${String(random.below(24)).padStart(2, '0')}:${String(random.below(60)).padStart(2, '0')}`,
      sex,
      weight: random.between(2600, 3700),
      order: elder + 1,
      mother,
      father: (hasFather && byId.get(mother.spouse ?? '')) || null,
    }
  })
}
