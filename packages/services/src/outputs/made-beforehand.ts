import type { Output, ServiceDefinition } from '../definition/definition.ts'
import { readsOf } from './fill-in.ts'

/** What says what registers answer can only be made when they have: the agency seals it, and officers sign the others. */
export function isMadeBeforehand({ data }: Pick<Output, 'data'>): boolean {
  return !readsOf(data).some((path) => path === 'effects' || path.startsWith('effects.'))
}

/** The outcomes that bring something for officers to sign; of others nobody is asked to sign anything. */
export function outcomesToSign({ workflow, outputs }: ServiceDefinition): readonly string[] {
  const signed = new Set(outputs.filter(isMadeBeforehand).map(({ id }) => id))
  return workflow.decisions
    .filter((decision) => decision.outputs.some((id) => signed.has(id)))
    .map(({ id }) => id)
}
