import type { Text } from '@sapan/kernel'
import { parts } from '../../names/parts.ts'
import { type Day, day, yearsBetween } from '../../population/days.ts'
import type { SyntheticPerson, SyntheticPopulation } from '../../population/population.ts'
import { REGISTER_DAY, SEED } from '../../population/settings.ts'
import { Random } from '../../random.ts'

export interface SyntheticOfficer {
  readonly nationalId: string
  readonly position: Text
  readonly level: Text
  readonly agency: Text
  readonly appointed: Day
}

const POSITIONS = parts(`
นักวิชาการคอมพิวเตอร์ Computer Technical Officer|นักวิเคราะห์นโยบายและแผน Plan and Policy Analyst|นิติกร Legal Officer|
นักทรัพยากรบุคคล Human Resource Officer|นักวิชาการเงินและบัญชี Finance and Accounting Officer|เจ้าพนักงานปกครอง District Officer|
นักวิชาการสรรพากร Revenue Officer|นักวิชาการพาณิชย์ Commerce Officer|พยาบาลวิชาชีพ Registered Nurse|นักจัดการงานทั่วไป General Administration Officer`)

const LEVELS = parts(
  'ปฏิบัติการ Practitioner|ชำนาญการ Professional|ชำนาญการพิเศษ Senior Professional|เชี่ยวชาญ Expert',
)

const AGENCIES = parts(`
กรมการปกครอง Department of Provincial Administration|กรมสรรพากร Revenue Department|กรมพัฒนาธุรกิจการค้า Department of Business Development|
สำนักงาน ก.พ. Office of the Civil Service Commission|กรมที่ดิน Department of Lands|กรมการขนส่งทางบก Department of Land Transport|
กรมควบคุมโรค Department of Disease Control|กรมบัญชีกลาง Comptroller General’s Department`)

/** One in this many grown-ups is a civil servant. */
const ONE_IN = 30

function officer(person: SyntheticPerson, random: Random): SyntheticOfficer {
  const age = yearsBetween(person.born, REGISTER_DAY)
  const level = LEVELS[age < 32 ? 0 : age < 42 ? 1 : random.chance(0.8) ? 2 : 3] ?? random.of(LEVELS)
  const earliest = Math.max(person.born + 22 * 366, day(1986, 1, 1))
  return {
    nationalId: person.nationalId,
    position: random.of(POSITIONS),
    level,
    agency: random.of(AGENCIES),
    appointed: random.between(earliest, Math.min(earliest + 3000, REGISTER_DAY)),
  }
}

/** The civil servants: living Thais of 23 to 59, chosen by the seed. */
export function createOfficers({ people }: SyntheticPopulation): readonly SyntheticOfficer[] {
  const random = new Random(SEED, 'officers')
  const able = people.filter((person) => {
    const age = yearsBetween(person.born, REGISTER_DAY)
    return person.died === null && age >= 23 && age <= 59 && /^[1-5]/.test(person.nationalId)
  })
  return able.filter(() => random.below(ONE_IN) === 0).map((person) => officer(person, random))
}
