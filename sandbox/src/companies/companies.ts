import type { Text } from '@sapan/kernel'
import { type Divisions, loadDivisions, type Subdistrict } from '@sapan/thailand'
import { companyName } from '../names/company-names.ts'
import { type Day, day, yearOf } from '../population/days.ts'
import { createPlaces } from '../population/places.ts'
import { population, type SyntheticPerson, type SyntheticPopulation } from '../population/population.ts'
import { REGISTER_DAY, SEED } from '../population/settings.ts'
import { Random } from '../random.ts'
import { exampleCompanyPlace, exampleDirectors } from '../wellknown/example-company.ts'
import { type CompanyForm, syntheticJuristicId } from './juristic-number.ts'
import type { SigningCondition } from './signing.ts'

/** How many juristic persons the register holds. */
export const COMPANIES = 20_000

export type CompanyStatus = 'registered' | 'dissolved' | 'liquidated' | 'struck-off'

export interface SyntheticDirector {
  readonly person: SyntheticPerson
  readonly appointed: Day
}

/** A juristic person of the sandbox. None of them exists. */
export interface SyntheticCompany {
  readonly juristicId: string
  readonly form: CompanyForm
  readonly name: Text
  readonly trade: Text
  readonly registered: Day
  readonly status: CompanyStatus
  /** Baht. */
  readonly capital: number
  readonly houseNumber: string
  /** หมู่ที่; null in Bangkok. */
  readonly moo: number | null
  readonly subdistrict: string
  readonly postalCode: string
  /** Partners of a partnership. The first is the managing one. */
  readonly directors: readonly SyntheticDirector[]
  readonly signing: SigningCondition
}

const FORM_OF_SHARE: readonly CompanyForm[] = [
  ...new Array<CompanyForm>(78).fill('limited-company'),
  ...new Array<CompanyForm>(17).fill('limited-partnership'),
  ...new Array<CompanyForm>(3).fill('ordinary-partnership'),
  ...new Array<CompanyForm>(2).fill('public-company'),
]

function fullName(form: CompanyForm, name: Text): Text {
  switch (form) {
    case 'ordinary-partnership':
      return { th: `ห้างหุ้นส่วนสามัญนิติบุคคล ${name.th}`, en: `${name.en} Registered Ordinary Partnership` }
    case 'limited-partnership':
      return { th: `ห้างหุ้นส่วนจำกัด ${name.th}`, en: `${name.en} Limited Partnership` }
    case 'limited-company':
      return { th: `บริษัท ${name.th} จำกัด`, en: `${name.en} Co., Ltd.` }
    case 'public-company':
      return { th: `บริษัท ${name.th} จำกัด (มหาชน)`, en: `${name.en} Public Company Limited` }
  }
}

/** Grown-up and living, by national number for those whom they marry. */
interface Candidates {
  readonly list: readonly SyntheticPerson[]
  readonly byId: ReadonlyMap<string, SyntheticPerson>
}

function candidates({ people }: SyntheticPopulation): Candidates {
  const list = people.filter(
    (p) =>
      p.died === null && p.born > day(1941, 1, 1) && p.born < day(2003, 1, 1) && !/^[06]/.test(p.nationalId),
  )
  return { list, byId: new Map(list.map((person) => [person.nationalId, person])) }
}

function chooseDirectors(form: CompanyForm, { list, byId }: Candidates, random: Random): SyntheticPerson[] {
  const first = random.of(list)
  const spouse = byId.get(first.spouse ?? '')
  const chosen = new Set([first])
  if (spouse && random.chance(0.45)) chosen.add(spouse)
  const wanted =
    form === 'public-company' ? random.between(5, 7) : form === 'limited-company' ? random.between(1, 4) : 2
  while (chosen.size < wanted) chosen.add(random.of(list))
  return [...chosen]
}

function chooseSigning(
  form: CompanyForm,
  people: readonly SyntheticPerson[],
  random: Random,
): SigningCondition {
  const ids = people.map((person) => person.nationalId)
  const [first = '', ...others] = ids
  const seal = random.chance(0.6)
  if (form.endsWith('partnership')) return { kind: 'together', directors: [first], seal }
  if (others.length >= 2 && random.chance(0.35)) {
    return { kind: 'with-one-of', director: first, others: others.slice(0, 2), seal }
  }
  if (others.length >= 1 && random.chance(0.15)) return { kind: 'together', directors: ids.slice(0, 2), seal }
  return { kind: 'any', count: others.length >= 1 && random.chance(0.45) ? 2 : 1, seal }
}

const CAPITALS: Readonly<Record<CompanyForm, readonly number[]>> = {
  'ordinary-partnership': [100_000, 300_000, 500_000],
  'limited-partnership': [300_000, 500_000, 1_000_000, 2_000_000],
  'limited-company': [1_000_000, 1_000_000, 2_000_000, 5_000_000, 5_000_000, 10_000_000, 50_000_000],
  'public-company': [100_000_000, 250_000_000, 500_000_000, 1_200_000_000],
}

function chooseStatus(random: Random): CompanyStatus {
  const share = random.below(100)
  if (share < 84) return 'registered'
  if (share < 90) return 'dissolved'
  return share < 96 ? 'liquidated' : 'struck-off'
}

/** A day on which all of them were grown up. */
function registrationDay(directors: readonly SyntheticPerson[], random: Random): Day {
  const youngest = Math.max(...directors.map((person) => person.born))
  const earliest = Math.max(day(1995, 1, 1), youngest + 20 * 366)
  return random.between(Math.min(earliest, REGISTER_DAY - 30), REGISTER_DAY - 30)
}

class Registrar {
  readonly #serials = new Map<string, number>()

  /** The next number of the province, form and year. */
  number(province: string, form: CompanyForm, registered: Day): string {
    const year = yearOf(registered) + 543
    const key = `${province}${form}${year}`
    const serial = (this.#serials.get(key) ?? 0) + 1
    this.#serials.set(key, serial)
    return syntheticJuristicId(province, form, year, serial)
  }
}

interface Founding {
  readonly serial: number
  readonly form: CompanyForm
  readonly people: readonly SyntheticPerson[]
  readonly registered: Day
  readonly place: Subdistrict
  readonly status: CompanyStatus
  readonly signing: SigningCondition
}

function found(founding: Founding, registrar: Registrar, random: Random): SyntheticCompany {
  const { serial, form, people, registered, place, status, signing } = founding
  const name = companyName(serial)
  const province = place.district.province.code
  return {
    juristicId: registrar.number(province, form, registered),
    form,
    name: fullName(form, name),
    trade: name.trade,
    registered,
    status,
    capital: random.of(CAPITALS[form]),
    houseNumber: random.chance(0.4)
      ? `${random.between(1, 299)}/${random.between(1, 60)}`
      : `${random.between(1, 999)}`,
    moo: province === '10' ? null : random.between(1, 12),
    subdistrict: place.code,
    postalCode: random.of(place.postalCodes),
    directors: people.map((person, index) => ({
      person,
      appointed: index < 2 ? registered : random.between(registered, REGISTER_DAY),
    })),
    signing,
  }
}

/** The company that is a member of the sandbox: always the first, with directors who are examples of the README. */
function exampleCompany(people: SyntheticPopulation, divisions: Divisions): Founding {
  const directors = exampleDirectors(people)
  const [first, ...others] = directors.map((person) => person.nationalId)
  return {
    serial: 0,
    form: 'limited-company',
    people: directors,
    registered: day(2015, 6, 15),
    place: exampleCompanyPlace(divisions),
    status: 'registered',
    signing: { kind: 'with-one-of', director: first ?? '', others, seal: true },
  }
}

/** The 20,000 synthetic companies, directed by living grown-up people of the population. */
export function createCompanies(
  people: SyntheticPopulation,
  divisions: Divisions,
  seed: number = SEED,
): readonly SyntheticCompany[] {
  const random = new Random(seed, 'companies')
  const places = createPlaces(divisions)
  const registrar = new Registrar()
  const able = candidates(people)
  const companies = [found(exampleCompany(people, divisions), registrar, random)]
  for (let serial = 1; serial < COMPANIES; serial++) {
    const form = random.of(FORM_OF_SHARE)
    const directors = chooseDirectors(form, able, random)
    const founding: Founding = {
      serial,
      form,
      people: directors,
      registered: registrationDay(directors, random),
      place: random.chance(0.5) ? places.inTown(random) : places.anywhere(random),
      status: chooseStatus(random),
      signing: chooseSigning(form, directors, random),
    }
    companies.push(found(founding, registrar, random))
  }
  return companies
}

let made: Promise<readonly SyntheticCompany[]> | undefined

/** The sandbox's companies, made once per process and kept until `forgetCompanies`. */
export function companies(): Promise<readonly SyntheticCompany[]> {
  made ??= Promise.all([population(), loadDivisions()]).then(([people, divisions]) =>
    createCompanies(people, divisions),
  )
  return made
}

export function forgetCompanies(): void {
  made = undefined
}
