import type { Pool, Text } from '@sapan/kernel'
import { type AlertSubject, schemaOf } from './subject.ts'

export type AlertOutcome = 'warning' | 'bad'

/** Something that is wrong with a gateway or the center, as its operator is told of it. Times in milliseconds since 1970. */
export interface Alert {
  /** The code of its check. */
  readonly code: string
  readonly outcome: AlertOutcome
  readonly checks: readonly { readonly text: Text; readonly next: Text | null }[]
  readonly since: number
  readonly seenAt: number
  /** By the name of the channel. */
  readonly channels: Readonly<Record<string, Told>>
}

/** What a channel was told of it. */
export interface Told {
  /** As bad as it was told; null where it was not told, or its end was. */
  readonly told: AlertOutcome | null
  readonly toldAt: number | null
  /** In vain, since it last took something. */
  readonly attempts: number
  readonly nextAt: number
}

/** Takes the turn to look and tell until that time; false where another process has it. */
export async function takeAlertTurn(
  pool: Pool,
  subject: AlertSubject,
  now: number,
  until: number,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into ${schemaOf(subject)}.alert_turn (leased_until) values (to_timestamp($2 / 1000.0))
     on conflict (one) do update set leased_until = excluded.leased_until
       where alert_turn.leased_until <= to_timestamp($1 / 1000.0)`,
    [now, until],
  )
  return rowCount === 1
}

const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`

export async function listAlerts(pool: Pool, subject: AlertSubject): Promise<Alert[]> {
  const { rows } = await pool.query<Alert>(
    `select code, outcome, checks, channels, ${ms('since')} as since, ${ms('seen_at')} as "seenAt"
     from ${schemaOf(subject)}.alert order by code`,
  )
  return rows
}

export async function saveAlert(pool: Pool, subject: AlertSubject, alert: Alert): Promise<void> {
  const { code, outcome, checks, since, seenAt, channels } = alert
  await pool.query(
    `insert into ${schemaOf(subject)}.alert (code, outcome, checks, since, seen_at, channels)
     values ($1, $2, $3, to_timestamp($4::float8 / 1000), to_timestamp($5::float8 / 1000), $6)
     on conflict (code) do update set outcome = excluded.outcome, checks = excluded.checks, since = excluded.since,
       seen_at = excluded.seen_at, channels = excluded.channels`,
    [code, outcome, JSON.stringify(checks), since, seenAt, JSON.stringify(channels)],
  )
}

export async function deleteAlert(pool: Pool, subject: AlertSubject, code: string): Promise<void> {
  await pool.query(`delete from ${schemaOf(subject)}.alert where code = $1`, [code])
}
