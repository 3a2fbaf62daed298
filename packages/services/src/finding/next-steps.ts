import type { Text } from '@sapan/kernel'
import type { Entry } from './entry.ts'

/** One service whose result another asks for. */
export interface ServiceStep {
  readonly entry: Entry
  /** The document by which they hang together. */
  readonly output: Text
  /** Of whom it is asked, where not of everybody. */
  readonly when?: Text
}

interface Steps {
  after(id: string): readonly ServiceStep[]
  before(id: string): readonly ServiceStep[]
  /** Those that others need stand before them; otherwise the order stays. */
  ordered(entries: readonly Entry[]): readonly Entry[]
}

/** What follows from what: computed from outputs that are the evidence for other services (CPSV-AP). */
export function stepsAmong(entries: readonly Entry[]): Steps {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const links = entries.flatMap((from) =>
    (from.definition?.outputs ?? []).flatMap(({ name, evidenceFor }) =>
      evidenceFor.flatMap(({ service, when }) => {
        const to = byId.get(service)
        return to === undefined || to.id === from.id
          ? []
          : [{ from, to, output: name, ...(when && { when }) }]
      }),
    ),
  )
  return {
    after: (id) =>
      links.filter(({ from }) => from.id === id).map(({ from: _, to, ...rest }) => ({ entry: to, ...rest })),
    before: (id) =>
      links.filter(({ to }) => to.id === id).map(({ to: _, from, ...rest }) => ({ entry: from, ...rest })),
    ordered: (some) => ordered(some, links),
  }
}

interface Link {
  readonly from: Entry
  readonly to: Entry
  readonly when?: Text
}

/** A stable topological order; services that need each other keep theirs. What is asked of some alone orders nothing. */
function ordered(entries: readonly Entry[], links: readonly Link[]): readonly Entry[] {
  const waiting = [...entries]
  const sorted: Entry[] = []
  while (waiting.length > 0) {
    const free = waiting.findIndex(
      (entry) =>
        !links.some(
          ({ from, to, when }) =>
            when === undefined && to.id === entry.id && waiting.some(({ id }) => id === from.id),
        ),
    )
    sorted.push(...waiting.splice(Math.max(free, 0), 1))
  }
  return sorted
}
