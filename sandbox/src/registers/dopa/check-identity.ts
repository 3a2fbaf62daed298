import { timingSafeEqual } from 'node:crypto'
import { type Clock, type Pool, Problem } from '@sapan/kernel'
import { type CardStatus, cardStatus, knownBirthDate, syntheticCardCode } from '../../population/card.ts'
import { sandboxProblems } from '../../problems.ts'
import { type NameRow, nameOf, type PersonName } from './people.ts'

/** The body of `checkIdentity`, its shape checked. */
export interface IdentityQuestion {
  readonly nationalId: string
  /** With or without hyphens. */
  readonly cardCode: string
  /** `1984-05-01`; `1941-07` or `1941` where the card has no more. */
  readonly birthDate: string
}

/** Never says which part was wrong, nor whether anyone has the number. */
export type IdentityAnswer =
  | { readonly match: false }
  | {
      readonly match: true
      readonly nationalId: string
      readonly cardStatus: CardStatus
      readonly name: PersonName
      readonly sex: string
      readonly birthDate: string
    }

interface Row extends NameRow {
  readonly sex: string
  readonly birth_date: string
  readonly born: number
  readonly dead: boolean
}

const PERSON = {
  name: 'population-identity',
  text: `select title, given_th, given_en, family_th, family_en, sex, birth_date::text,
    birth_date - date '1970-01-01' as born, death_date is not null as dead
    from population.person where national_id = $1`,
}

const plain = (code: string): string => code.replaceAll('-', '').toUpperCase()

function isCode(given: string, real: string): boolean {
  const [a, b] = [Buffer.from(plain(given)), Buffer.from(plain(real))]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Whether number, card code and birth date belong to one person. */
export async function checkIdentity(pool: Pool, question: IdentityQuestion): Promise<IdentityAnswer> {
  const { nationalId, cardCode, birthDate } = question
  const { rows } = await pool.query<Row>({ ...PERSON, values: [nationalId] })
  const [row] = rows
  // Compared for nobody as well, so that time tells no more than the answer.
  const hasCode = isCode(cardCode, syntheticCardCode(nationalId))
  const status = row && cardStatus(nationalId, row.born, row.dead)
  if (row === undefined || status === undefined || !hasCode) return { match: false }
  const known = knownBirthDate(row.birth_date)
  if (birthDate !== known && birthDate !== row.birth_date) return { match: false }
  return { match: true, nationalId, cardStatus: status, name: nameOf(row), sex: row.sex, birthDate: known }
}

/** Questions about one number in a minute. It slows guessing and is over too soon to keep anyone out. */
const CHECKS = 6
const MINUTE = 60_000
const NUMBERS_KEPT = 10_000

/** Counts questions about each number, in memory: this register is one process. */
export class CheckRate {
  readonly #clock: Clock
  readonly #asked = new Map<string, { since: number; count: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Throws `register-too-many-checks`, whatever the answer would be. */
  count(nationalId: string): void {
    const now = this.#clock()
    const kept = this.#asked.get(nationalId)
    const entry = kept && now - kept.since < MINUTE ? kept : { since: now, count: 0 }
    entry.count++
    this.#asked.delete(nationalId)
    this.#asked.set(nationalId, entry)
    const [oldest] = this.#asked.keys()
    if (this.#asked.size > NUMBERS_KEPT && oldest !== undefined) this.#asked.delete(oldest)
    if (entry.count > CHECKS) throw new Problem(sandboxProblems['register-too-many-checks'])
  }
}
