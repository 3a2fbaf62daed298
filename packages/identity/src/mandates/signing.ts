/**
 * Who binds a company by acting, by the numbers of those who act: the register's signing condition as data. Of parents
 * it says that all of them act together.
 */
export type SigningCondition =
  | { readonly kind: 'any'; readonly count: number; readonly seal: boolean }
  | { readonly kind: 'together'; readonly directors: readonly string[]; readonly seal: boolean }
  /** Who is named, together with one of the others. */
  | {
      readonly kind: 'with-one-of'
      readonly director: string
      readonly others: readonly string[]
      readonly seal: boolean
    }

/** Those who confirmed, by number; several mentions of one person are one person. */
export interface Confirmed {
  readonly numbers: readonly string[]
  /** Whether one of them declared that the seal is put to it. */
  readonly seal: boolean
}

/**
 * Whether the condition is met by these confirmations. Only those count who hold office now (`members`): a condition
 * that names somebody who left is met by nobody.
 */
export function isMet(
  condition: SigningCondition,
  members: readonly string[],
  confirmed: Confirmed,
): boolean {
  return (!condition.seal || confirmed.seal) && arePersonsEnough(condition, members, confirmed.numbers)
}

/** The same without the seal. */
export function arePersonsEnough(
  condition: SigningCondition,
  members: readonly string[],
  numbers: readonly string[],
): boolean {
  const office = new Set(members)
  const acting = new Set(numbers.filter((number) => office.has(number)))
  switch (condition.kind) {
    case 'any':
      return Number.isInteger(condition.count) && condition.count >= 1 && acting.size >= condition.count
    case 'together':
      return condition.directors.length > 0 && condition.directors.every((number) => acting.has(number))
    case 'with-one-of':
      return (
        acting.has(condition.director) &&
        condition.others.some((number) => number !== condition.director && acting.has(number))
      )
  }
}

/** Whether one person is enough. */
export function actsAlone(condition: SigningCondition, members: readonly string[], number: string): boolean {
  return arePersonsEnough(condition, members, [number])
}

/** Whether everybody together would be enough: otherwise no joint act can ever be completed. */
export function canBeMet(condition: SigningCondition, members: readonly string[]): boolean {
  return arePersonsEnough(condition, members, members)
}
