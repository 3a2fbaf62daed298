import type { DraftContent } from '../application/application.ts'
import type { Fact } from '../application/fact.ts'
import type { Evidence, ServiceDefinition } from '../definition/definition.ts'
import { applyFacts } from './apply.ts'
import type { Asker } from './asker.ts'
import { type Difference, factDifferences, ownDifferences } from './differences.ts'
import { type FetchGround, type FetchOptions, fetchFacts } from './fetch.ts'
import { usableData } from './usable.ts'

/** What registers say when a case is decided. Nothing of it is kept. */
export interface AskedAgain {
  readonly differences: readonly Difference[]
  /** Ids of evidence that did not come: who decides knows that it was not compared. */
  readonly silent: readonly string[]
  /** Those that were compared, with the exchange's number and time. */
  readonly asked: readonly {
    readonly evidence: string
    readonly exchange?: string
    readonly askedAt: number
  }[]
}

/**
 * Asks anew for what the definition wants to be asked `again` at the decision, and holds it against what was handed in:
 * what the register had said, or where it was not asked or did not answer then, what the applicant typed. The officer
 * asks under their appointment, the agency's system with the number of the case.
 */
export async function askAgain(
  ground: FetchGround,
  definition: ServiceDefinition,
  content: DraftContent,
  who: Asker,
  options: Omit<FetchOptions, 'only'> = {},
): Promise<AskedAgain> {
  const wanted = definition.evidence.filter(({ again }) => again)
  const only = wanted.map(({ id }) => id)
  const facts = await fetchFacts(ground, definition, content, who, { ...options, only })
  const came = wanted.flatMap((evidence) => {
    const fact = facts[evidence.id]
    const isNew = fact !== content.facts[evidence.id] && fact?.state !== 'unavailable'
    return fact !== undefined && isNew ? [{ evidence, fact }] : []
  })
  return {
    differences: came.flatMap(({ evidence, fact }) => differences(definition, content, evidence, fact)),
    silent: only.filter((id) => Object.hasOwn(facts, id) && !came.some(({ evidence }) => evidence.id === id)),
    asked: came.map(({ evidence, fact: { exchange, askedAt } }) => ({
      evidence: evidence.id,
      askedAt,
      ...(exchange === undefined ? {} : { exchange }),
    })),
  }
}

function differences(
  definition: ServiceDefinition,
  content: DraftContent,
  evidence: Evidence,
  fact: Fact,
): readonly Difference[] {
  const before = usableData(content.facts[evidence.id], evidence.none)
  const now = fact.state === 'none' ? evidence.none : fact.data
  if (before !== undefined) return factDifferences(evidence, before, now)
  const facts = { ...content.facts, [evidence.id]: { ...fact, agreed: true } }
  const { answers, marks } = applyFacts(definition, { ...content, facts })
  return ownDifferences(definition, { answers, marks }).filter((one) => one.evidence === evidence.id)
}
