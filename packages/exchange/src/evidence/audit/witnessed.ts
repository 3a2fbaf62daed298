import type { Pool } from '@sapan/kernel'
import { logOrigin } from '../origin.ts'
import type { WitnessClient } from '../witness-client.ts'

/** What a witness told of a log: its latest checkpoint, null where it knows none, or why it told nothing. */
export interface Told {
  readonly name: string
  readonly note: string | null
  readonly failure: string | null
}

/** What witnesses told of one epoch of a log. */
export interface Witnessed {
  readonly epoch: number
  readonly told: readonly Told[]
}

const nothing: Witnessed = { epoch: 0, told: [] }

/**
 * Asks the witnesses for the latest checkpoint of a log: before the snapshot that an audit reads, since a log that grows meanwhile
 * would seem to have been cut.
 */
export async function askWitnesses(
  pool: Pool,
  member: string,
  witnesses: readonly WitnessClient[],
): Promise<Witnessed> {
  const { rows } = await pool.query<{ epoch: number }>('select epoch from evidence.log where member = $1', [
    member,
  ])
  const epoch = rows[0]?.epoch
  if (epoch === undefined) return nothing
  const told: Told[] = []
  for (const { name, latest } of witnesses) {
    if (!latest) continue
    try {
      told.push({ name, note: await latest(logOrigin(member, epoch)), failure: null })
    } catch (error) {
      told.push({ name, note: null, failure: error instanceof Error ? error.message : String(error) })
    }
  }
  return { epoch, told }
}
