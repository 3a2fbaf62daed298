import type { Access } from './access.ts'
import type { OwnPart } from './own.ts'

/** Where accesses come from: an operator's gateways, asked for one identifier of the person. */
export interface Source {
  readonly owner: string
  readonly scheme: string
  readonly gateways: readonly string[]
  /** What was told and is not shown yet, the latest first. */
  readonly waiting: readonly Access[]
  /** Where to go on; null at the end; undefined before the first question. */
  readonly next: string | null | undefined
}

/** Tells the next accesses of a source; undefined where nobody answers. */
export type AskSource = (source: Source) => Promise<Source | undefined>

/** An access with all that the sides have told of it: the provider's word first. */
export interface MergedAccess extends Access {
  /** The person's own, as far as it is proven. */
  readonly part?: OwnPart
  /** The members whose gateways tell of it. */
  readonly toldBy: readonly { readonly member: string; readonly side: 'consumer' | 'provider' }[]
  /** When an operator of a member opened what is kept sealed of it, and why; the first first. */
  readonly openedBy?: readonly { readonly member: string; readonly at: string; readonly reason: string }[]
}

/** Who has a proof of an access: an agency that asked itself has one, not two. */
export function provingMembers({ toldBy }: Pick<MergedAccess, 'toldBy'>): string[] {
  return [...new Set(toldBy.map(({ member }) => member))]
}

export interface Merged {
  readonly accesses: readonly MergedAccess[]
  readonly sources: readonly Source[]
  /** The owners of sources that did not answer. */
  readonly silent: readonly string[]
}

/**
 * The next accesses of all sources, the latest first, each exchange once. Gateways tell them in the order of the exchange's
 * number, which begins with its time: so both sides of an exchange come together here, in whichever pages they came.
 */
export async function mergeSources(
  sources: readonly Source[],
  limit: number,
  ask: AskSource,
): Promise<Merged> {
  const silent = new Set<string>()
  let current = await filled(sources, ask, silent)
  const accesses: MergedAccess[] = []
  while (accesses.length < limit) {
    const newest = current
      .flatMap(({ waiting }) => waiting[0]?.exchange ?? [])
      .sort()
      .at(-1)
    if (newest === undefined) break
    const told: Access[] = []
    // A page of a source may end between the two sides of one exchange, of which there are no more than two.
    for (
      let round = 0;
      round < 3 && current.some(({ waiting }) => waiting[0]?.exchange === newest);
      round++
    ) {
      told.push(...current.flatMap(({ waiting }) => waiting.filter(({ exchange }) => exchange === newest)))
      const left = current.map((source) => ({
        ...source,
        waiting: source.waiting.filter(({ exchange }) => exchange !== newest),
      }))
      current = await filled(left, ask, silent)
    }
    // Whoever tells it for ever is not listened to any longer.
    current = current.filter((source) => !isTelling(source, newest, silent))
    accesses.push(merged(told))
  }
  return { accesses, sources: current, silent: [...silent] }
}

function isTelling({ waiting, owner }: Source, exchange: string, silent: Set<string>): boolean {
  const isAgain = waiting[0]?.exchange === exchange
  if (isAgain) silent.add(owner)
  return isAgain
}

/** Each source that has nothing waiting and is not at its end is asked, all at once; who is silent is left out. */
async function filled(sources: readonly Source[], ask: AskSource, silent: Set<string>): Promise<Source[]> {
  const asked = await Promise.all(
    sources.map(async (source) => {
      if (source.waiting.length > 0 || source.next === null) return source
      const answered = await ask(source)
      if (!answered) silent.add(source.owner)
      return answered
    }),
  )
  return asked.filter((source) => source !== undefined)
}

function merged(told: readonly Access[]): MergedAccess {
  const first = told.find(({ side }) => side === 'provider') ?? told[0]
  if (!first) throw new Error('an access that nobody has told')
  const unusual = [...new Set(told.flatMap((access) => access.unusual ?? []))]
  const openedBy = told
    .flatMap(({ member, openings = [] }) => openings.map((opening) => ({ member, ...opening })))
    .sort((a, b) => a.at.localeCompare(b.at))
  const toldBy = new Map(told.map(({ member, side }) => [`${member} ${side}`, { member, side }]))
  return {
    ...first,
    actor: told.find(({ actor }) => actor?.proven === true)?.actor ?? first.actor ?? null,
    ...(unusual.length === 0 ? {} : { unusual }),
    ...(openedBy.length === 0 ? {} : { openedBy }),
    toldBy: [...toldBy.values()],
  }
}
