import { counted, type Pool } from '@sapan/kernel'
import { type Check, good, warning } from './check.ts'

/** A server that follows the database, connected or expected by its replication slot. */
export interface Standby {
  readonly name: string
  readonly connected: boolean
  /** Bytes of the write-ahead log that it does not have yet; null where this user of the database may not see it. */
  readonly behind: number | null
  /** Seconds; null while nothing is written, or where it may not be seen. */
  readonly lag: number | null
}

const mostSeconds = 60
const mostBytes = 256 * 1024 ** 2

/** Of a database that is itself a standby nothing is said. */
export async function readStandbys(pool: Pool): Promise<Standby[]> {
  const { rows } = await pool.query<Standby>(
    `with here as (select case when pg_is_in_recovery() then null else pg_current_wal_lsn() end as lsn)
     select coalesce(nullif(application_name, ''), '?') as name, true as connected,
       pg_wal_lsn_diff(here.lsn, replay_lsn)::float8 as behind, extract(epoch from replay_lag)::float8 as lag
     from pg_stat_replication, here where here.lsn is not null
     union all
     select slot_name, false, pg_wal_lsn_diff(here.lsn, restart_lsn)::float8, null
     from pg_replication_slots, here
     where here.lsn is not null and slot_type = 'physical' and not active and not temporary
     order by name`,
  )
  return rows
}

/** Whether those who would take over could. Nothing where there is none. */
export function checkStandbys(standbys: readonly Standby[]): Check<'standby'>[] {
  return standbys.map((standby) => {
    const { name, connected, behind, lag } = standby
    const megabytes = behind === null ? null : Math.round(behind / 1024 ** 2)
    const kept = {
      th: megabytes === null ? '' : ` เก็บบันทึกไว้ให้ ${megabytes} MB`,
      en: megabytes === null ? '' : `; ${megabytes} MB are kept for it`,
    }
    if (!connected) {
      return warning(
        'standby',
        { th: `เครื่องสำรอง ${name} ไม่ได้ต่ออยู่${kept.th}`, en: `the standby ${name} is not connected${kept.en}` },
        {
          th: `เปิดเครื่องสำรอง หรือหากเลิกใช้แล้ว: select pg_drop_replication_slot('${name}')`,
          en: `start it; where it is given up: select pg_drop_replication_slot('${name}')`,
        },
      )
    }
    const seconds = Math.round(lag ?? 0)
    if (behind === null) {
      return good('standby', { th: `เครื่องสำรอง ${name} ต่ออยู่`, en: `the standby ${name} is connected` })
    }
    const text = {
      th: `เครื่องสำรอง ${name} ตามหลัง ${seconds} วินาที`,
      en: `the standby ${name} is ${counted(seconds, 'second')} behind`,
    }
    if (seconds <= mostSeconds && behind <= mostBytes) return good('standby', text)
    return warning(
      'standby',
      { th: `${text.th} ค้าง ${megabytes} MB`, en: `${text.en}, ${megabytes} MB` },
      {
        th: 'ตรวจดิสก์และเครือข่ายของเครื่องสำรอง',
        en: "see to the standby's disk and its network",
      },
    )
  })
}
