import type { Text } from '@sapan/kernel'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { fullName } from './company.ts'
import type { FreshAnswers } from './fresh-answers.ts'

// Numbers begin with any digit: people without status (0), temporary residents (6) and their children (7) are residents.
const number = Type.String({ pattern: '^[0-9]{13}$' })
const numberOrNull = Type.Union([number, Type.Null()])
const part = Type.Object({ given: Type.String(), family: Type.Union([Type.String(), Type.Null()]) })
const name = Type.Object({ th: part, en: part })
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

const person = Type.Object({
  nationalId: number,
  name,
  birthDate: day,
  status: Type.Enum(['living', 'dead']),
  fatherId: numberOrNull,
  motherId: numberOrNull,
})
const household = Type.Object({
  members: Type.Array(Type.Object({ nationalId: number, birthDate: day })),
})

export interface RegisteredPerson {
  readonly number: string
  readonly name: Text
  /** `YYYY-MM-DD` */
  readonly birthDate: string
  readonly isLiving: boolean
  /** The numbers of those parents whom the register knows. */
  readonly parents: readonly string[]
}

/** The population register, as mandates read it. Each method throws `mandate-register-silent`. */
export class PopulationRegister {
  readonly #answers: FreshAnswers

  constructor(answers: FreshAnswers) {
    this.#answers = answers
  }

  async person(nationalId: string, now = false): Promise<RegisteredPerson | undefined> {
    const body = await this.#answers.get(`/persons/${nationalId}`, now)
    if (body === undefined) return undefined
    if (!Value.Check(person, body)) throw this.#unreadable()
    return personOf(body)
  }

  /** Numbers and birth dates of those who live in somebody's house; nobody where the number is nobody's. */
  async household(nationalId: string): Promise<readonly { number: string; birthDate: string }[]> {
    const body = await this.#answers.get(`/persons/${nationalId}/household`)
    if (body === undefined) return []
    if (!Value.Check(household, body)) throw this.#unreadable()
    return body.members.map(({ nationalId: number, birthDate }) => ({ number, birthDate }))
  }

  #unreadable() {
    return this.#answers.silent(new Error('an answer that is not as the service describes it'))
  }
}

function personOf({ nationalId, name, birthDate, status, ...of }: Static<typeof person>): RegisteredPerson {
  const parents = [of.fatherId, of.motherId].filter((one) => one !== null && one !== nationalId)
  return {
    number: nationalId,
    name: { th: fullName(name.th), en: fullName(name.en) },
    birthDate,
    isLiving: status === 'living',
    parents: [...new Set(parents.filter((one) => one !== null))],
  }
}
