import {
  type Clock,
  counted,
  inTransaction,
  type Pool,
  type PoolClient,
  Problem,
  type Text,
} from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import type { Devices } from '../authenticators/devices.ts'
import { countedAddress } from '../authenticators/throttle.ts'
import { admissionProblems } from '../problems/admission.ts'

/** What anybody may begin who has no account: a sign-in, an account, a proof for recovery (asks a register), a letter with a code. */
export type Door = 'start' | 'open' | 'reproof' | 'letter'

/** So many in so many seconds; as many at once. */
export interface Rate {
  readonly count: number
  readonly seconds: number
}

/** How often, by the country. `overall` is what the house bears; absent where that needs no limit. */
export interface DoorRates {
  readonly device: Rate
  readonly address: Rate
  readonly overall?: Rate
}

export interface Asker {
  readonly address: string
  /** What the device's cookie says. */
  readonly device: string | undefined
  /** The sign-in in which they ask: a place in the line is kept for it. */
  readonly visit: string
}

/** Limits what strangers may begin, so that none of them keeps others out. */
export interface Admission {
  /**
   * A device from which somebody signed in before is counted by itself alone. All others are counted by their network, and
   * together by the valve of the house, which refuses nobody for good: who comes when too many do is given a place in the
   * line, and comes in at its time. Throws `asked-too-often`, `place-in-line`, each with `retryAfter` in seconds.
   */
  admit(door: Door, asker: Asker): Promise<void>
  /** Takes away what is of no more use; a job. */
  clear(): Promise<void>
}

export interface AdmissionGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly hashKey: Uint8Array
  readonly devices: Pick<Devices, 'isAnyones'>
}

/** For how long after its time a place is kept (ms). */
const placeKept = 900_000
/** The longest line (ms): beyond it a flood is let in with the others, rather than that it keeps them out for good. */
const longestLine = 600_000

export function createAdmission(
  ground: AdmissionGround,
  rates: Readonly<Record<Door, DoorRates>>,
): Admission {
  const { pool, clock, hashKey, devices } = ground
  const keyOf = (door: Door, of: string) => keyedHash(hashKey, `admission:${door}:${of}`)
  return {
    admit: async (door, { address, device, visit }) => {
      const { device: ofDevice, address: ofAddress, overall } = rates[door]
      const now = clock()
      if (await devices.isAnyones(device)) {
        const wait = await count(pool, keyOf(door, `device:${device}`), ofDevice, now)
        if (wait > 0) throw refusal('asked-too-often', wait)
        return
      }
      const place = keyOf(door, `place:${visit}`)
      if (overall !== undefined && (await takePlace(pool, place, now))) return
      const wait = await count(pool, keyOf(door, `address:${countedAddress(address)}`), ofAddress, now)
      if (wait > 0) throw refusal('asked-too-often', wait)
      if (overall === undefined) return
      const line = await queue(pool, { valve: keyOf(door, 'overall'), place, rate: overall, now })
      if (line > 0) throw refusal('place-in-line', line)
    },
    clear: async () => {
      await pool.query('delete from identity.admission where full_at <= $1', [new Date(clock())])
      await pool.query('delete from identity.admission_place where at <= $1', [new Date(clock() - placeKept)])
    },
  }
}

/**
 * Counts one, or gives the milliseconds until one more is possible (the generic cell rate algorithm): `full_at` is when all
 * that was counted is forgotten, and lies at most `seconds` ahead.
 */
async function count(pool: Pool, key: Buffer, rate: Rate, now: number): Promise<number> {
  const each = (rate.seconds * 1000) / rate.count
  const { rowCount } = await pool.query({
    name: 'admission-count',
    text: `insert into identity.admission as a (key_hash, full_at) values ($1, $3)
      on conflict (key_hash) do update set full_at = greatest(a.full_at, $2::timestamptz) + ($3::timestamptz - $2::timestamptz)
      where greatest(a.full_at, $2::timestamptz) + ($3::timestamptz - $2::timestamptz) <= $4`,
    values: [key, new Date(now), new Date(now + each), new Date(now + rate.seconds * 1000)],
  })
  if (rowCount === 1) return 0
  return Math.max(1, (await fullAt(pool, key, now)) + each - now - rate.seconds * 1000)
}

interface Line {
  readonly valve: Buffer
  readonly place: Buffer
  readonly rate: Rate
  readonly now: number
}

/** Comes through the valve, or gets the place behind all who have one: the milliseconds until then. */
function queue(pool: Pool, { valve, place, rate, now }: Line): Promise<number> {
  const each = (rate.seconds * 1000) / rate.count
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ full_at: Date }>(
      `insert into identity.admission as a (key_hash, full_at) values ($1, $3)
       on conflict (key_hash) do update set full_at = least($4::timestamptz, greatest(a.full_at, $2::timestamptz) + ($3::timestamptz - $2::timestamptz))
       returning full_at`,
      [...[valve, new Date(now), new Date(now + each)], new Date(now + rate.seconds * 1000 + longestLine)],
    )
    const at = (rows[0]?.full_at.getTime() ?? now) - rate.seconds * 1000
    if (at > now) await keepPlace(client, place, at)
    return Math.max(0, at - now)
  })
}

async function keepPlace(client: PoolClient, place: Buffer, at: number): Promise<void> {
  await client.query(
    `insert into identity.admission_place (place_hash, at) values ($1, $2)
     on conflict (place_hash) do update set at = excluded.at`,
    [place, new Date(at)],
  )
}

/** Whether a place was kept whose time has come: it is used up. Throws `place-in-line` for one whose time has not. */
async function takePlace(pool: Pool, place: Buffer, now: number): Promise<boolean> {
  const { rows } = await pool.query<{ at: Date }>({
    name: 'admission-place',
    text: 'select at from identity.admission_place where place_hash = $1 and at > $2',
    values: [place, new Date(now - placeKept)],
  })
  const at = rows[0]?.at.getTime()
  if (at === undefined) return false
  if (at > now) throw refusal('place-in-line', at - now)
  const { rowCount } = await pool.query('delete from identity.admission_place where place_hash = $1', [place])
  return rowCount === 1
}

async function fullAt(pool: Pool, key: Buffer, now: number): Promise<number> {
  const { rows } = await pool.query<{ full_at: Date }>(
    'select full_at from identity.admission where key_hash = $1',
    [key],
  )
  return rows[0]?.full_at.getTime() ?? now
}

function refusal(code: keyof typeof admissionProblems, milliseconds: number): Problem {
  const seconds = Math.ceil(milliseconds / 1000)
  const detail: Text = {
    th: `ลองใหม่ได้ในอีก ${seconds} วินาที`,
    en: `You can go on in ${counted(seconds, 'second')}.`,
  }
  return new Problem(admissionProblems[code], { detail, extensions: { retryAfter: seconds } })
}
