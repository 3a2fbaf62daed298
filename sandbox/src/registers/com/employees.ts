import type { Text } from '@sapan/kernel'
import { parts } from '../../names/parts.ts'
import { type Day, day, yearsBetween } from '../../population/days.ts'
import type { SyntheticHouse, SyntheticPopulation } from '../../population/population.ts'
import { REGISTER_DAY, SEED } from '../../population/settings.ts'
import { Random } from '../../random.ts'

export interface SyntheticEmployee {
  readonly nationalId: string
  readonly position: Text
  readonly kind: 'permanent' | 'temporary'
  readonly started: Day
  readonly ended: Day | null
}

/** How many people have worked for the example company. */
const EMPLOYEES = 240

const POSITIONS = parts(`
พนักงานขาย Salesperson|พนักงานบัญชี Accountant|พนักงานคลังสินค้า Warehouse Clerk|พนักงานขับรถ Driver|ผู้จัดการสาขา Branch Manager|
วิศวกร Engineer|พนักงานจัดซื้อ Buyer|เจ้าหน้าที่บุคคล Personnel Officer|พนักงานบริการลูกค้า Customer Service Agent`)

/** The example company's people: grown-ups who live in its province. `province` has two digits. */
export function createEmployees(
  { people, houses }: SyntheticPopulation,
  province: string,
): readonly SyntheticEmployee[] {
  const random = new Random(SEED, 'employees')
  const near = new Set(
    houses.filter((house: SyntheticHouse) => house.subdistrict.startsWith(province)).map((h) => h.houseId),
  )
  const able = people.filter((person) => {
    const age = yearsBetween(person.born, REGISTER_DAY)
    return person.died === null && age >= 20 && age <= 59 && near.has(person.houseId)
  })
  const step = Math.max(1, Math.floor(able.length / EMPLOYEES))
  return able
    .filter((_, index) => index % step === 0)
    .slice(0, EMPLOYEES)
    .map((person) => {
      const started = random.between(Math.max(day(2015, 7, 1), person.born + 19 * 366), REGISTER_DAY - 30)
      return {
        nationalId: person.nationalId,
        position: random.of(POSITIONS),
        kind: random.chance(0.85) ? 'permanent' : 'temporary',
        started,
        ended: random.chance(0.2) ? random.between(started, REGISTER_DAY) : null,
      }
    })
}
