import type { Pool } from '@sapan/kernel'
import { type NameRow, nameOf } from './people.ts'

interface Row extends NameRow {
  readonly part: 'self' | 'spouse' | 'father' | 'mother' | 'child'
  readonly national_id: string
  readonly sex: string
  readonly birth_date: string
  readonly death_date: string | null
  readonly marital_status: string
  readonly marriage_date: string | null
}

const COLUMNS = `r.national_id, r.title, r.given_th, r.given_en, r.family_th, r.family_en, r.sex, r.birth_date::text,
  r.death_date::text, r.marital_status, r.marriage_date::text`

/** Children of a father and of a mother are looked up by an index each. */
const FAMILY = {
  name: 'population-family',
  text: `with asked as (select * from population.person where national_id = $1)
    select 'self' as part, ${COLUMNS} from asked r
    union all select 'spouse', ${COLUMNS} from population.person r join asked on r.national_id = asked.spouse
    union all select 'father', ${COLUMNS} from population.person r join asked on r.national_id = asked.father
    union all select 'mother', ${COLUMNS} from population.person r join asked on r.national_id = asked.mother
    union all select 'child', ${COLUMNS} from population.person r where r.father = $1
    union all select 'child', ${COLUMNS} from population.person r where r.mother = $1
    order by birth_date, national_id`,
}

const relative = (row: Row) => ({
  nationalId: row.national_id,
  name: nameOf(row),
  sex: row.sex,
  birthDate: row.birth_date,
  status: row.death_date === null ? 'living' : 'dead',
})

/** What `getFamily` answers; undefined when nobody has the number. */
export async function findFamily(pool: Pool, id: string) {
  const { rows } = await pool.query<Row>({ ...FAMILY, values: [id] })
  const one = (part: Row['part']) => rows.find((row) => row.part === part)
  const self = one('self')
  if (self === undefined) return undefined
  const [spouse, father, mother] = (['spouse', 'father', 'mother'] as const).map(one)
  return {
    nationalId: id,
    maritalStatus: self.marital_status,
    marriageDate: self.marriage_date,
    spouse: spouse ? relative(spouse) : null,
    father: father ? relative(father) : null,
    mother: mother ? relative(mother) : null,
    children: rows.filter(({ part }) => part === 'child').map(relative),
  }
}
