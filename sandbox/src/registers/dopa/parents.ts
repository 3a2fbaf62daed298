import type { PoolClient } from '@sapan/kernel'
import { conflict, notFound } from '../application.ts'
import type { NewBirth } from './register-birth.ts'

interface Row {
  readonly national_id: string
  readonly sex: string
  readonly birth_date: string
  readonly death_date: string | null
  readonly family_th: string | null
  readonly house_id: string
  readonly relationship: string
}

/** What follows from the parents. */
export interface Parents {
  /** A child of a Thai is Thai (Nationality Act B.E. 2508 s. 7). */
  readonly anyThai: boolean
  /** What the child is to the master of the house. */
  readonly relationship: 'child' | 'grandchild' | 'resident'
}

const BOTH = `select national_id, sex, birth_date::text, death_date::text, family_th, house_id, relationship
  from population.person where national_id = any($1) for share`

/** Within so many years of the own birth nobody is a parent. */
const YOUNGEST_PARENT = 10

function refuseMother(mother: Row, { birthDate }: NewBirth): void {
  if (mother.sex !== 'female') throw conflict('มารดาในทะเบียนไม่ใช่หญิง', 'The mother is registered as male.')
  if (mother.death_date !== null && mother.death_date < birthDate)
    throw conflict('มารดาตายก่อนวันเกิด', 'The mother died before the birth.')
  const age = Number(birthDate.slice(0, 4)) - Number(mother.birth_date.slice(0, 4))
  if (age < YOUNGEST_PARENT) throw conflict('อายุมารดาเป็นไปไม่ได้', 'The mother would have been too young.')
}

/** The child bears the family name of one of them; who have none give none. */
function refuseOtherFamily(parents: readonly Row[], { name }: NewBirth): void {
  const families = parents.map(({ family_th }) => family_th)
  if (families.includes(name.th.family)) return
  throw conflict('ชื่อสกุลไม่ใช่ของบิดาหรือมารดา', 'The family name is neither the father’s nor the mother’s.')
}

function relationshipIn(house: readonly Row[]): Parents['relationship'] {
  if (house.some(({ relationship }) => relationship === 'head' || relationship === 'spouse')) return 'child'
  return house.some(({ relationship }) => relationship === 'child') ? 'grandchild' : 'resident'
}

/** Looks at the parents of a new child. Throws `register-not-found`, or `register-conflict` where they cannot be. */
export async function parentsOf(client: PoolClient, birth: NewBirth): Promise<Parents> {
  const { motherId, fatherId, houseId } = birth
  const wanted = fatherId === null ? [motherId] : [motherId, fatherId]
  const { rows } = await client.query<Row>(BOTH, [wanted])
  const mother = rows.find(({ national_id }) => national_id === motherId)
  const father = rows.find(({ national_id }) => national_id === fatherId)
  if (mother === undefined || rows.length !== wanted.length) throw notFound()
  refuseMother(mother, birth)
  if (father !== undefined && father.sex !== 'male')
    throw conflict('บิดาในทะเบียนไม่ใช่ชาย', 'The father is registered as female.')
  refuseOtherFamily(rows, birth)
  const there = rows.filter(({ house_id, death_date }) => house_id === houseId && death_date === null)
  if (there.length === 0)
    throw conflict('บิดาหรือมารดาไม่มีชื่อในบ้านหลังนี้', 'Neither parent is registered in the house.')
  return {
    anyThai: rows.some(({ national_id }) => /^[1-5]/.test(national_id)),
    relationship: relationshipIn(there),
  }
}
