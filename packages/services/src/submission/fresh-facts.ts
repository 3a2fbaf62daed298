import { canonicalJson } from '@sapan/kernel'
import type { Facts } from '../application/fact.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Draft, Drafts } from '../draft/draft.ts'
import type { ServicesGround } from '../ground.ts'
import { applyFacts } from '../prefill/apply.ts'
import { fetchFacts } from '../prefill/fetch.ts'
import { submissionProblem } from './problems.ts'
import type { Submitter } from './who.ts'

/** What registers said longer ago is asked for again before it is handed in, in milliseconds. */
const keeps = 24 * 3_600_000

/**
 * The draft with facts that are not old. Where a register says something else now than the person agreed to, the draft is
 * kept with it and `application-facts-changed` thrown, so that they look at it. A register that is down blocks nothing.
 */
export async function withFreshFacts(
  ground: ServicesGround,
  drafts: Drafts,
  { definition, draft, who }: { definition: ServiceDefinition; draft: Draft; who: Submitter },
): Promise<Draft> {
  const { facts } = draft.content
  const old = Object.keys(facts).filter((id) => isOld(facts, id, ground.clock()))
  if (old.length === 0) return draft
  const now = await fetchFacts(ground, definition, draft.content, who, { only: old })
  const changed = old.filter((id) => now[id]?.agreed !== true || hasOther(now, facts, id))
  const content = applyFacts(definition, { ...draft.content, facts: now })
  const isSame =
    changed.length === 0 && canonicalJson(content.answers) === canonicalJson(draft.content.answers)
  const saved = await drafts.save(draft, content)
  if (isSame) return saved
  throw submissionProblem('application-facts-changed', {
    extensions: { page: `/services/${definition.id}/drafts/${draft.id}/facts`, evidence: changed },
  })
}

/** Only what the person agreed to use. */
function isOld(facts: Facts, id: string, now: number): boolean {
  const fact = facts[id]
  return fact?.state === 'fetched' && fact.agreed === true && now - fact.askedAt > keeps
}

function hasOther(now: Facts, before: Facts, id: string): boolean {
  return canonicalJson(now[id]?.data ?? null) !== canonicalJson(before[id]?.data ?? null)
}
