import type { Case, CaseEvent, JsonValue } from '@sapan/casework'
import type { Effect } from '../definition/workflow.ts'

/** Where a decision keeps the effects that an officer says are set right with their registers; no field can have this id. */
export const settledInput = 'told:settled'

/** Whether the officer who decided says that the register was set right otherwise: it is not told again. */
export function isSettled({ decision }: Pick<Case, 'decision'>, { id }: Pick<Effect, 'id'>): boolean {
  return settledIn(decision?.inputs).includes(id)
}

/** The effects that a decision says are settled. */
export function settledIn(inputs: Readonly<Record<string, JsonValue>> | undefined): readonly string[] {
  const kept = inputs?.[settledInput]
  return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
}

/** A register that was told something of a case. */
export interface ToldRegister {
  readonly effect: string
  /** Milliseconds since 1970, the last time. */
  readonly at: number
  /** Of the decision that stands to be made, or of one before the appeal. */
  readonly isBeforeAppeal: boolean
}

/** Which registers were told already, each with the last time, as the history of the case has it. Pure. */
export function toldRegisters(events: readonly CaseEvent[]): readonly ToldRegister[] {
  const appealed = events.findLastIndex(({ action }) => action === 'appeal')
  const told = new Map<string, ToldRegister>()
  for (const [index, event] of events.entries()) {
    const effect = effectOf(event)
    if (effect !== undefined) told.set(effect, { effect, at: event.at, isBeforeAppeal: index < appealed })
  }
  return [...told.values()]
}

/** The effect that an event says was told. */
export function effectOf({ action, words }: CaseEvent): string | undefined {
  const effect = action === 'carry-out' ? Object(words?.data).effect : undefined
  return typeof effect === 'string' ? effect : undefined
}
