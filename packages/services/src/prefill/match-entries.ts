import type { JsonValue } from '@sapan/casework'
import type { Field } from '../definition/form.ts'
import { isSame } from './told.ts'

/** An entry of a repeated page. */
export type Entry = Readonly<Record<string, JsonValue>>

const identifiers: readonly Field['type'][] = ['national-id', 'foreigner-number', 'passport', 'juristic-id']

/**
 * For each entry, which of the register's it is: the same, the one with the same number, or one of which at least half
 * is the same. Each of the register's is taken once. Pure; in the order of the entries.
 */
export function matchEntries(
  fields: readonly Pick<Field, 'id' | 'type'>[],
  entries: readonly Entry[],
  told: readonly Entry[],
): readonly (number | undefined)[] {
  const found: (number | undefined)[] = entries.map(() => undefined)
  const taken = new Set<number>()
  for (const least of [1, 0.5]) {
    entries.forEach((entry, at) => {
      if (found[at] !== undefined) return
      const best = bestOf(fields, entry, told, taken)
      if (best === undefined || best.likeness < least) return
      found[at] = best.at
      taken.add(best.at)
    })
  }
  return found
}

function bestOf(
  fields: readonly Pick<Field, 'id' | 'type'>[],
  entry: Entry,
  told: readonly Entry[],
  taken: ReadonlySet<number>,
): { readonly at: number; readonly likeness: number } | undefined {
  const scored = told.flatMap((one, at) =>
    taken.has(at) ? [] : [{ at, likeness: likeness(fields, entry, one) }],
  )
  return scored.sort((a, b) => b.likeness - a.likeness || a.at - b.at)[0]
}

/** 1: the same. The same number is at least three quarters. */
function likeness(fields: readonly Pick<Field, 'id' | 'type'>[], entry: Entry, told: Entry): number {
  const known = fields.filter(({ id }) => told[id] !== undefined)
  const same = known.filter(({ id }) => isSame(entry[id], told[id]))
  if (known.length === 0) return 0
  const share = same.length / known.length
  return same.some(({ type }) => identifiers.includes(type)) ? Math.max(share, 0.75) : share
}
