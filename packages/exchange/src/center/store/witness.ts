import type { Clock, Pool } from '@sapan/kernel'
import type { Contradiction, WitnessedCheckpoint, WitnessStore } from '@sapan/trust'

/** What the witness has cosigned, one row a log; the database decides between two that come at once. */
export function createWitnessStore(pool: Pool, clock: Clock): WitnessStore {
  return {
    read: async (origin) => {
      const { rows } = await pool.query<{ size: string; root: Buffer; note: string }>(
        'select size, root, note from center.witnessed where origin = $1',
        [origin],
      )
      const row = rows[0]
      return row && { ...row, size: Number(row.size) }
    },
    compareAndSet: async (origin, oldSize, size, root, note) => {
      const { rowCount } = await pool.query(
        `insert into center.witnessed as held (origin, size, root, note, at)
         select $1, $3, $4, $5, to_timestamp($6 / 1000.0)
          where $2::bigint = 0 or exists (select from center.witnessed where origin = $1)
         on conflict (origin) do update
           set size = excluded.size, root = excluded.root, note = excluded.note, at = excluded.at
           where held.size = $2`,
        [origin, oldSize, size, root, note, clock()],
      )
      return rowCount === 1
    },
  }
}

/** Two signed statements of one log that cannot both be true. */
export interface ContradictionRow {
  readonly id: number
  readonly origin: string
  /** What the witness held: size, root in base64, note. */
  readonly held: unknown
  /** The checkpoint that was offered, a signed note. */
  readonly offered: string
  /** `same-size` proves a fork; `not-consistent` does unless the log can still give the proof. */
  readonly reason: string
  readonly at: string
}

/** Keeps a contradiction; the same one again is not kept twice, also where the held checkpoint was cosigned anew. */
export async function addContradiction(pool: Pool, found: Contradiction, now: number): Promise<void> {
  const { origin, kind, held, offered } = found
  await pool.query(
    `insert into center.contradiction (origin, held, offered, reason, at)
     select $1, $2, $3, $4, to_timestamp($5 / 1000.0)
      where not exists (
        select from center.contradiction
         where origin = $1 and offered = $3 and held - 'note' = $2::jsonb - 'note')`,
    [origin, JSON.stringify(describe(held)), offered.note, kind, now],
  )
}

function describe({ size, root, note }: WitnessedCheckpoint) {
  return { size, root: root.toString('base64'), note }
}

export async function countContradictions(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>('select count(*) from center.contradiction')
  return Number(rows[0]?.count ?? 0)
}

/** The newest first, at most a hundred. */
export async function readContradictions(pool: Pool): Promise<ContradictionRow[]> {
  const { rows } = await pool.query<Omit<ContradictionRow, 'id' | 'at'> & { id: string; at: Date }>(
    'select id, origin, held, offered, reason, at from center.contradiction order by id desc limit 100',
  )
  return rows.map((row) => ({ ...row, id: Number(row.id), at: row.at.toISOString() }))
}
