import type { Text } from '@sapan/kernel'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { SigningCondition } from '../signing.ts'
import type { FreshAnswers } from './fresh-answers.ts'

const number = Type.String({ pattern: '^[0-9]{13}$' })
const text = Type.Object({ th: Type.String(), en: Type.String() })
const part = Type.Object({ given: Type.String(), family: Type.Union([Type.String(), Type.Null()]) })

const directorships = Type.Object({
  juristicPersons: Type.Array(Type.Object({ juristicId: number, name: text, status: Type.String() })),
})
const directors = Type.Object({
  directors: Type.Array(Type.Object({ nationalId: number, name: Type.Object({ th: part, en: part }) })),
  signing: Type.Object({
    kind: Type.Enum(['any', 'together', 'with-one-of']),
    count: Type.Integer(),
    seal: Type.Boolean(),
    directors: Type.Array(number),
    others: Type.Array(number),
    text,
  }),
})

export type Directorship = Static<typeof directorships>['juristicPersons'][number]

export interface Directors {
  readonly directors: readonly { readonly number: string; readonly name: Text }[]
  readonly condition: SigningCondition
  /** The condition as the register words it. */
  readonly words: Text
}

/** The company register, as mandates read it. Each method throws `mandate-register-silent`. */
export class CompanyRegister {
  readonly #answers: FreshAnswers

  constructor(answers: FreshAnswers) {
    this.#answers = answers
  }

  /** The companies that someone directs, in any state. */
  async directorships(nationalId: string, now = false): Promise<readonly Directorship[]> {
    const body = await this.#answers.get(`/directors/${nationalId}/juristic-persons`, now)
    if (body === undefined) return []
    if (!Value.Check(directorships, body)) throw this.#unreadable()
    return body.juristicPersons
  }

  /** Who directs a company and who may sign; undefined for a number that no company has. */
  async directors(juristicId: string, now = false): Promise<Directors | undefined> {
    const body = await this.#answers.get(`/juristic-persons/${juristicId}/directors`, now)
    if (body === undefined) return undefined
    if (!Value.Check(directors, body)) throw this.#unreadable()
    const { signing } = body
    return {
      directors: body.directors.map(({ nationalId, name }) => ({ number: nationalId, name: nameOf(name) })),
      condition: conditionOf(signing),
      words: signing.text,
    }
  }

  /** An answer that cannot be read says nothing, so nothing is derived from it. */
  #unreadable() {
    return this.#answers.silent(new Error('an answer that is not as the service describes it'))
  }
}

function conditionOf(signing: Static<typeof directors>['signing']): SigningCondition {
  const { kind, count, seal, directors: named, others } = signing
  switch (kind) {
    case 'any':
      return { kind, count, seal }
    case 'together':
      return { kind, directors: named, seal }
    case 'with-one-of':
      return { kind, director: named[0] ?? '', others, seal }
  }
}

function nameOf(name: Record<'th' | 'en', Static<typeof part>>): Text {
  return { th: fullName(name.th), en: fullName(name.en) }
}

/** Some have no family name. */
export function fullName({ given, family }: { given: string; family: string | null }): string {
  return family === null ? given : `${given} ${family}`
}
