import type { Pool, PoolClient } from '@sapan/kernel'
import type { CalendarDay, CalendarVersion, DayKind } from '../calendar/calendar-day.ts'

interface Row {
  readonly version: number
  readonly date: string
  readonly kind: DayKind
  readonly name_th: string
  readonly name_en: string
  readonly source: string
  readonly at: Date
  readonly actor: string
}

const columns = "version, to_char(date, 'YYYY-MM-DD') as date, kind, name_th, name_en, source, at, actor"

function versionOf({ version, date, kind, name_th, name_en, source, at, actor }: Row): CalendarVersion {
  return { version, date, kind, name: { th: name_th, en: name_en }, source, at: at.getTime(), actor }
}

/** What each day that was ever changed is now, by date. */
export async function readCalendarDays(client: Pool | PoolClient): Promise<readonly CalendarVersion[]> {
  const { rows } = await client.query<Row>(
    `select distinct on (calendar_day.date) ${columns} from casework.calendar_day
     order by calendar_day.date, version desc`,
  )
  return rows.map(versionOf)
}

/** All versions, the last first. */
export async function readCalendarVersions(client: Pool, limit: number): Promise<readonly CalendarVersion[]> {
  const { rows } = await client.query<Row>(
    `select ${columns} from casework.calendar_day order by version desc limit $1`,
    [limit],
  )
  return rows.map(versionOf)
}

export async function addCalendarDay(
  client: PoolClient,
  { date, kind, name, source }: CalendarDay,
  by: { readonly actor: string; readonly at: number },
): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `insert into casework.calendar_day (date, kind, name_th, name_en, source, at, actor)
     values ($1, $2, $3, $4, $5, $6, $7) returning version`,
    [date, kind, name.th, name.en, source, new Date(by.at), by.actor],
  )
  return rows[0]?.version ?? 0
}
