import type { Text } from '@sapan/kernel'
import type { Definitions } from '../ground.ts'
import { type Entry, entryOf, type LifeEvent, type ListedService, listedEntry } from './entry.ts'
import { type ServiceStep, stepsAmong } from './next-steps.ts'

export interface CatalogueOptions {
  readonly definitions: Definitions
  readonly listed: readonly ListedService[]
  readonly lifeEvents: readonly LifeEvent[]
  readonly memberName: (member: string) => Text | undefined
}

/** All services that people can find here, with the events of life for which they are needed. */
export interface Catalogue {
  readonly entries: readonly Entry[]
  readonly lifeEvents: readonly LifeEvent[]
  find(id: string): Entry | undefined
  /** Of a life event, in the order in which one service's result is the other's evidence. */
  ofEvent(code: string): readonly Entry[]
  /** What can follow a service, and what helps to have first. */
  around(id: string): { readonly next: readonly ServiceStep[]; readonly before: readonly ServiceStep[] }
}

/** Throws `RangeError` where two services have one name, or one names an event that there is not. */
export function createCatalogue(options: CatalogueOptions): Catalogue {
  const { definitions, listed, lifeEvents, memberName } = options
  const here = definitions
    .current()
    .map((one) => entryOf(one, memberName(one.owner) ?? { th: one.owner, en: one.owner }))
  const entries = [...here, ...listed.map(listedEntry)]
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  if (byId.size !== entries.length)
    throw new RangeError(
      `${doubled(entries)} is given here and listed as given elsewhere: take it out of listed.yaml`,
    )
  const codes = new Set(lifeEvents.map(({ code }) => code))
  for (const { id, lifeEvents: named } of entries) {
    const unknown = named.find((code) => !codes.has(code))
    if (unknown !== undefined)
      throw new RangeError(`${id} names the life event ${unknown}, which there is not`)
  }
  const steps = stepsAmong(here)
  return {
    entries,
    lifeEvents,
    find: (id) => byId.get(id),
    ofEvent: (code) => steps.ordered(entries.filter((entry) => entry.lifeEvents.includes(code))),
    around: (id) => ({ next: steps.after(id), before: steps.before(id) }),
  }
}

function doubled(entries: readonly Entry[]): string {
  const seen = new Set<string>()
  return entries.find(({ id }) => seen.size === seen.add(id).size)?.id ?? ''
}
