import type { Values } from '@sapan/cel'
import type { DraftContent } from '../application/application.ts'
import type { Fact } from '../application/fact.ts'
import type { Evidence, ServiceDefinition } from '../definition/definition.ts'
import { valuesOf } from '../form/values.ts'
import { prepare } from './question.ts'

/**
 * How a piece of evidence stands. `to-ask`: the person has not said whether it may be asked for; `waits`: it is asked by
 * something that is not known yet; `undecided`: it came and waits for their yes; `not-used`: they did not want it to be used.
 */
export type EvidenceState =
  | 'to-ask'
  | 'waits'
  | 'declined'
  | 'unavailable'
  | 'undecided'
  | 'used'
  | 'not-used'
  | 'none'

export interface EvidenceStanding {
  readonly evidence: Evidence
  readonly state: EvidenceState
  readonly fact?: Fact
  /** Of what waits: what it waits for, as paths. */
  readonly missing: readonly string[]
}

/** How each piece of evidence stands that concerns an application. Pure. */
export function standingsOf(
  definition: ServiceDefinition,
  content: Pick<DraftContent, 'applicant' | 'answers' | 'facts'>,
  today: string,
): readonly EvidenceStanding[] {
  const values = valuesOf(definition, content, today)
  return definition.evidence.flatMap((evidence) => standingOf(evidence, content, values))
}

function standingOf(
  evidence: Evidence,
  { facts }: Pick<DraftContent, 'facts'>,
  values: Values,
): readonly EvidenceStanding[] {
  const fact = facts[evidence.id]
  const prepared = prepare(evidence, values)
  if (prepared.kind === 'not-needed') return []
  if (fact !== undefined) return [{ evidence, fact, state: stateOf(fact), missing: [] }]
  if (prepared.kind === 'ask') return [{ evidence, state: 'to-ask', missing: [] }]
  // What is asked by the answer of another that may still come is asked after it, in one go.
  const comes = prepared.missing.every((path) => {
    const [root, id = ''] = path.split('.')
    return (
      root === 'facts' && (facts[id] === undefined || facts[id].agreed === undefined) && !isOver(facts[id])
    )
  })
  return [{ evidence, state: comes ? 'to-ask' : 'waits', missing: prepared.missing }]
}

function isOver(fact: Fact | undefined): boolean {
  return fact !== undefined && fact.state !== 'fetched'
}

function stateOf({ state, agreed }: Fact): EvidenceState {
  if (state !== 'fetched') return state
  if (agreed === undefined) return 'undecided'
  return agreed ? 'used' : 'not-used'
}
