import type { Pool } from '@sapan/kernel'
import { knownBirthDate } from '../population/card.ts'
import { wellKnownPeople } from '../wellknown/sandbox-person.ts'

/** Someone who has the stand-in app. Nobody of them exists. */
export interface ThaidPerson {
  readonly nationalId: string
  readonly given: { readonly th: string; readonly en: string }
  /** Empty for who has none. */
  readonly family: { readonly th: string; readonly en: string }
  /** ISO 8601, whole or without day or month. */
  readonly birthDate: string
  readonly sex: 'male' | 'female'
  /** Why the person is a good example. */
  readonly about: { readonly th: string; readonly en: string }
}

interface Row {
  readonly national_id: string
  readonly given_th: string
  readonly given_en: string
  readonly family_th: string | null
  readonly family_en: string | null
  readonly birth_date: string
  readonly sex: 'male' | 'female'
}

/** Fifteen years is the age from which the real app is given, as far as we know. */
const PEOPLE = `select national_id, given_th, given_en, family_th, family_en, birth_date::text, sex
  from population.person where national_id = any($1) and death_date is null
  and birth_date <= date '2026-09-30' - interval '15 years'`

/** The well-known people who live and are old enough, as the population register's database has them. */
export async function thaidPeople(pool: Pool): Promise<readonly ThaidPerson[]> {
  const known = Object.values(wellKnownPeople)
  const { rows } = await pool.query<Row>(PEOPLE, [known.map(({ nationalId }) => nationalId)])
  return known.flatMap(({ nationalId, about }) => {
    const row = rows.find((one) => one.national_id === nationalId)
    return row === undefined ? [] : [personOf(row, about)]
  })
}

function personOf(row: Row, about: ThaidPerson['about']): ThaidPerson {
  return {
    nationalId: row.national_id,
    given: { th: row.given_th, en: row.given_en },
    family: { th: row.family_th ?? '', en: row.family_en ?? '' },
    birthDate: knownBirthDate(row.birth_date),
    sex: row.sex,
    about,
  }
}
