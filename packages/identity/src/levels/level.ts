import type { Text } from '@sapan/kernel'

/** How surely the person is known (IAL), and how surely it is them now (AAL): codes of the country's lists. */
export interface Level {
  readonly ial: string
  readonly aal: string
}

/** A level as the country's standard has it. Lists go from the lowest to the highest. */
export interface LevelTerm {
  readonly code: string
  readonly name: Text
  readonly about: Text
}

/** The country's levels, and how they are named in `acr` (OpenID Connect Core 1.0 §2). */
export interface LevelsCountry {
  /** Goes before the codes: `urn:th:digital-id` gives `urn:th:digital-id:ial:2.3:aal:2.2`. */
  readonly acrPrefix: string
  readonly ial: readonly LevelTerm[]
  readonly aal: readonly LevelTerm[]
}

/** Levels of a country, and which is enough for which. */
export class Levels {
  readonly #country: LevelsCountry

  constructor(country: LevelsCountry) {
    this.#country = country
  }

  get lowest(): Level {
    return { ial: this.#country.ial[0]?.code ?? '', aal: this.#country.aal[0]?.code ?? '' }
  }

  /** Whether `has` is at least `needs`; what is not needed is not compared. A code that is not in the list is never enough. */
  meets(has: Level, needs: Partial<Level>): boolean {
    return (
      (needs.ial === undefined || isAtLeast(this.#country.ial, has.ial, needs.ial)) &&
      (needs.aal === undefined || isAtLeast(this.#country.aal, has.aal, needs.aal))
    )
  }

  /** The higher of two codes of one list. */
  higher(kind: keyof Level, a: string, b: string): string {
    return isAtLeast(this.#country[kind], a, b) ? a : b
  }

  term(kind: keyof Level, code: string): LevelTerm | undefined {
    return this.#country[kind].find((term) => term.code === code)
  }

  /** The country's list, the lowest first. */
  terms(kind: keyof Level): readonly LevelTerm[] {
    return this.#country[kind]
  }

  /** The `acr` of a level. */
  acrOf({ ial, aal }: Level): string {
    return `${this.#country.acrPrefix}:ial:${ial}:aal:${aal}`
  }

  /** The level that an `acr` names; undefined for one that is not ours. */
  levelOf(acr: string): Level | undefined {
    const { acrPrefix, ial, aal } = this.#country
    const [, ialCode = '', aalCode = ''] = /:ial:([\d.]+):aal:([\d.]+)$/.exec(acr) ?? []
    const isOurs = acr === `${acrPrefix}:ial:${ialCode}:aal:${aalCode}`
    const isKnown = ial.some(({ code }) => code === ialCode) && aal.some(({ code }) => code === aalCode)
    return isOurs && isKnown ? { ial: ialCode, aal: aalCode } : undefined
  }

  /** Every `acr` of the country, the lowest first. */
  get acrValues(): string[] {
    return this.#country.ial.flatMap(({ code: ial }) =>
      this.#country.aal.map(({ code: aal }) => this.acrOf({ ial, aal })),
    )
  }
}

function isAtLeast(list: readonly LevelTerm[], has: string, needs: string): boolean {
  const [at, least] = [has, needs].map((code) => list.findIndex((term) => term.code === code))
  return at !== undefined && least !== undefined && least >= 0 && at >= least
}
