import type { Pool } from '@sapan/kernel'
import type { KeyOfEpoch } from './epoch-keys.ts'
import { readStatement } from './statement.ts'
import { type SideKey, sideKeyText } from './store/exchanges.ts'
import { readOpeningNotes } from './store/openings.ts'

/** That somebody opened what an exchange's records keep sealed. The time is ISO 8601 in UTC. */
export interface Opening {
  readonly at: string
  readonly by: string
  readonly reason: string
}

export interface OpeningsOptions {
  readonly pool: Pool
  readonly keyOf: KeyOfEpoch
}

/** Who opened what of these exchanges, by `sideKeyText`, the first first. A statement whose signature does not hold is none. */
export async function readOpenings(
  { pool, keyOf }: OpeningsOptions,
  keys: readonly SideKey[],
): Promise<ReadonlyMap<string, readonly Opening[]>> {
  const openings = new Map<string, Opening[]>()
  if (keys.length === 0) return openings
  const members = [...new Set(keys.map(({ member }) => member))]
  const notes = await readOpeningNotes(
    pool,
    members,
    keys.map(({ exchange }) => exchange),
  )
  for (const { member, note } of notes) {
    const statement = readStatement(note, member, keyOf)
    if (statement?.type !== 'opening') continue
    const { at, by, reason } = statement
    const key = sideKeyText(statement)
    openings.set(key, [...(openings.get(key) ?? []), { at, by, reason }])
  }
  return openings
}
