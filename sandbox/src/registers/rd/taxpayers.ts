import type { SyntheticCompany } from '../../companies/companies.ts'
import { type Day, day, yearOf } from '../../population/days.ts'
import type { SyntheticPerson, SyntheticPopulation } from '../../population/population.ts'
import { REGISTER_DAY, SEED } from '../../population/settings.ts'
import { Random } from '../../random.ts'

export type FilingState = 'filed' | 'overdue' | 'not-required'

export interface SyntheticTaxpayer {
  /** The number of the person or of the juristic person. */
  readonly taxpayerId: string
  readonly kind: 'person' | 'juristic-person'
  readonly status: 'active' | 'closed'
  readonly since: Day
  readonly vatSince: Day | null
  readonly filings: readonly SyntheticFiling[]
}

export interface SyntheticFiling {
  /** Buddhist year. */
  readonly taxYear: number
  /** ภ.ง.ด. 90, 91 or 50. */
  readonly form: 'PND90' | 'PND91' | 'PND50'
  readonly state: FilingState
  readonly filed: Day | null
}

/** Tax years whose returns have been due, in the common era. */
const TAX_YEARS = [2023, 2024, 2025]

function filing(
  form: SyntheticFiling['form'],
  year: number,
  random: Random,
  required: boolean,
): SyntheticFiling {
  const taxYear = year + 543
  if (!required) return { taxYear, form, state: 'not-required', filed: null }
  if (random.chance(0.05)) return { taxYear, form, state: 'overdue', filed: null }
  const due = form === 'PND50' ? day(year + 1, 5, 30) : day(year + 1, 3, 31)
  return { taxYear, form, state: 'filed', filed: due - random.below(80) }
}

/** A grown-up who has had an income; undefined for the others. */
function person(one: SyntheticPerson, random: Random): SyntheticTaxpayer | undefined {
  const since = one.born + 20 * 366 + random.below(2000)
  const known = random.chance(0.72)
  if (!known || since > REGISTER_DAY || (one.died ?? REGISTER_DAY) < since) return undefined
  const form = random.chance(0.7) ? 'PND91' : 'PND90'
  const end = one.died ?? REGISTER_DAY
  const years = TAX_YEARS.filter((year) => year >= yearOf(since) && day(year + 1, 1, 1) <= end)
  return {
    taxpayerId: one.nationalId,
    kind: 'person',
    status: one.died === null ? 'active' : 'closed',
    since,
    vatSince: random.chance(0.03) ? since + random.below(Math.max(1, end - since)) : null,
    filings: years.map((year) => filing(form, year, random, random.chance(0.85))),
  }
}

function juristicPerson(company: SyntheticCompany, random: Random): SyntheticTaxpayer {
  const active = company.status === 'registered'
  const years = TAX_YEARS.filter((year) => active && year >= yearOf(company.registered))
  return {
    taxpayerId: company.juristicId,
    kind: 'juristic-person',
    status: active ? 'active' : 'closed',
    since: company.registered,
    vatSince: random.chance(0.6) ? company.registered + random.below(20) : null,
    filings: years.map((year) => filing('PND50', year, random, true)),
  }
}

/** What well-known people have filed: of each tax year from the first, whether and how. */
export type KnownFilings = ReadonlyMap<string, readonly FilingState[]>

/** A taxpayer whose returns, form PND 91, are told. */
function known({ nationalId, born }: SyntheticPerson, states: readonly FilingState[]): SyntheticTaxpayer {
  const filings = TAX_YEARS.map((year, index): SyntheticFiling => {
    const state = states[index] ?? 'overdue'
    return {
      taxYear: year + 543,
      form: 'PND91',
      state,
      filed: state === 'filed' ? day(year + 1, 3, 15) : null,
    }
  })
  const since = born + 22 * 366
  return { taxpayerId: nationalId, kind: 'person', status: 'active', since, vatSince: null, filings }
}

/** The taxpayers, from the people and the companies. */
export function createTaxpayers(
  { people }: SyntheticPopulation,
  companies: readonly SyntheticCompany[],
  wellKnown: KnownFilings,
): readonly SyntheticTaxpayer[] {
  const random = new Random(SEED, 'tax')
  const persons = people.flatMap((one) => {
    const states = wellKnown.get(one.nationalId)
    // The stream goes on as it does for others, so that only this one taxpayer is another.
    const made = person(one, random)
    return states === undefined ? (made ?? []) : [known(one, states)]
  })
  return [...persons, ...companies.map((company) => juristicPerson(company, random))]
}
