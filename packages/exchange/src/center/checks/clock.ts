import type { Pool } from '@sapan/kernel'
import { bad, type Check, good, warning } from './check.ts'

const noticeable = 2
/** From here on gateways refuse each other's messages, where they go by this clock. */
const most = 5

/** This machine's clock against the database's, which further centers share. */
export async function checkCenterClock(pool: Pool, clock: () => number): Promise<Check> {
  const before = clock()
  const { rows } = await pool.query<{ at: number }>(
    'select extract(epoch from clock_timestamp())::float8 * 1000 as at',
  )
  const middle = (before + clock()) / 2
  return judgeClock(Math.round(((rows[0]?.at ?? middle) - middle) / 1000))
}

/** By how many seconds the database's clock is ahead. */
export function judgeClock(ahead: number): Check {
  const text = {
    th: `นาฬิกาต่างจากฐานข้อมูล ${ahead} วินาที`,
    en: `the clock differs from the database's by ${ahead} s`,
  }
  if (Math.abs(ahead) <= noticeable) return good('clock', text)
  const next = {
    th: 'ตั้งนาฬิกาของศูนย์กลางและฐานข้อมูลด้วย NTP',
    en: "set the center's clock and the database's by NTP",
  }
  return Math.abs(ahead) > most ? bad('clock', text, next) : warning('clock', text, next)
}
