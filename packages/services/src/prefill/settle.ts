import type { Fact } from '../application/fact.ts'
import { valueAt } from './paths.ts'
import { isSame } from './told.ts'

/**
 * What a fact is after it was asked for again. The applicant's yes holds for what they saw: where the register says
 * something else now, they are asked anew and their earlier yes still counts. An answer that did not come takes nothing
 * away. Pure.
 */
export function settleFact(before: Fact | undefined, now: Fact): Fact {
  if (before === undefined || before.state === 'declined') return now
  const agreed = agreedOf(before)
  if (now.state === 'unavailable') return agreed === undefined ? now : before
  if (now.state !== 'fetched') return now
  const disputes = standing(before, now)
  const kept = disputes === undefined ? now : { ...now, disputes }
  if (agreed === undefined) return kept
  return isSame(agreed.data, now.data) ? { ...kept, agreed: true } : { ...kept, before: agreed }
}

function agreedOf(fact: Fact): Fact['before'] {
  const { state, agreed, askedAt, exchange, data, before } = fact
  if (state !== 'fetched' || agreed === false) return undefined
  if (agreed === undefined) return before
  return data === undefined ? undefined : { askedAt, data, ...(exchange === undefined ? {} : { exchange }) }
}

/** A dispute is over when the register says something else there. */
function standing({ disputes, data }: Fact, now: Fact): Fact['disputes'] {
  const left = Object.entries(disputes ?? {}).filter(([path]) =>
    isSame(valueAt(data, path), valueAt(now.data, path)),
  )
  return left.length === 0 ? undefined : Object.fromEntries(left)
}
