import type { JsonValue } from '@sapan/casework'
import type { Fact, Facts } from '../application/fact.ts'
import type { Evidence } from '../definition/definition.ts'

/**
 * What of a fact may be used: what the applicant agreed to. Where a register says something else by now and they have
 * not said yet, it is still what they agreed to before.
 */
export function usableData(fact: Fact | undefined, none?: JsonValue): JsonValue | undefined {
  if (fact === undefined) return undefined
  if (fact.state === 'none') return none
  if (fact.state !== 'fetched' || fact.agreed === false) return undefined
  return fact.agreed === true ? fact.data : fact.before?.data
}

/** All that may be used, by the ids of evidence. Pure. */
export function usableFacts(
  evidence: readonly Pick<Evidence, 'id' | 'none'>[],
  facts: Facts,
): Readonly<Record<string, JsonValue>> {
  const seen: Record<string, JsonValue> = {}
  for (const { id, none } of evidence) {
    const data = usableData(facts[id], none)
    if (data !== undefined) seen[id] = data
  }
  return seen
}

/** Whether it waits for the applicant's word. */
export function isUndecided(fact: Fact | undefined): boolean {
  return fact?.state === 'fetched' && fact.agreed === undefined
}

/**
 * Facts as they are kept: what the applicant did not agree to has no content. With `isOver`, what they have not said yet
 * goes too: before a draft is handed in, and when they did not come back. Pure.
 */
export function keptFacts(facts: Facts, { isOver }: { readonly isOver: boolean }): Facts {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([id, fact]): [string, Fact][] => {
      if (fact.state !== 'fetched' || fact.agreed === true) return [[id, fact]]
      if (fact.agreed === false) return [[id, withoutContent(fact)]]
      if (!isOver) return [[id, fact]]
      return fact.before === undefined ? [] : [[id, { state: 'fetched', ...fact.before, agreed: true }]]
    }),
  )
}

function withoutContent({ state, askedAt, exchange }: Fact): Fact {
  return { state, askedAt, agreed: false, ...(exchange === undefined ? {} : { exchange }) }
}

/** For how long what was fetched waits for the applicant's word: an hour. Milliseconds. */
export const undecidedFor = 3_600_000

/** Facts without what waited too long for the applicant's word. `now`: milliseconds since 1970. Pure. */
export function withoutOld(facts: Facts, now: number): Facts {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([id, fact]) =>
      isUndecided(fact) && fact.askedAt + undecidedFor < now
        ? Object.entries(keptFacts({ [id]: fact }, { isOver: true }))
        : [[id, fact]],
    ),
  )
}
