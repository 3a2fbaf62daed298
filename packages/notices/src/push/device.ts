import { type Clock, inTransaction, type Logger, type Pool, Problem, uuidv7 } from '@sapan/kernel'
import { keyedHash, type Sealer } from '@sapan/trust'
import { isUuid } from '../inbox/cursor.ts'
import { noticesProblems } from '../problems.ts'
import { sealJson } from '../store/sealing.ts'
import { readSubscription } from './subscription.ts'

/** A browser's subscription (Push API §7): where its push service takes messages, and the keys of the browser. */
export interface Device {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
}

/** A device as its owner sees it. */
export interface DeviceShown {
  readonly id: string
  /** What the browser calls itself, shortened. */
  readonly name: string
  readonly addedAt: number
}

export interface Devices {
  /**
   * Registers a browser, which from then on belongs to this account alone. Throws `push-subscription-invalid`, also for
   * a push service that the operator does not know, and `push-devices-too-many`.
   */
  subscribe(account: string, subscription: unknown, name: string): Promise<void>
  /** Removes it by its endpoint, as a browser knows itself. Nothing happens where it is not there. */
  unsubscribe(account: string, endpoint: string): Promise<void>
  devices(account: string): Promise<readonly DeviceShown[]>
  removeDevice(account: string, id: string): Promise<void>
}

export interface DeviceGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly sealer: Sealer
  readonly hashKey: Uint8Array
  /** Hosts of push services; `*.push.apple.com` stands for all below it. */
  readonly pushHosts: readonly string[]
}

const mostDevices = 20

export function devicesOf(ground: DeviceGround): Devices {
  const { pool, hashKey, pushHosts } = ground
  return {
    async subscribe(account, subscription, name) {
      const device = readSubscription(subscription, pushHosts)
      if (device === undefined) throw new Problem(noticesProblems['push-subscription-invalid'])
      await insertDevice(ground, account, device, name)
    },
    async unsubscribe(account, endpoint) {
      await pool.query('delete from notices.device where account = $1 and endpoint_hash = $2', [
        account,
        hashOf(hashKey, endpoint),
      ])
    },
    async devices(account) {
      const { rows } = await pool.query<{ id: string; name: string; added_at: Date }>(
        'select id, name, added_at from notices.device where account = $1 order by added_at desc',
        [account],
      )
      return rows.map(({ id, name, added_at }) => ({ id, name, addedAt: added_at.getTime() }))
    },
    async removeDevice(account, id) {
      if (isUuid(id)) {
        await pool.query('delete from notices.device where account = $1 and id = $2', [account, id])
      }
    },
  }
}

async function insertDevice(
  { pool, clock, sealer, hashKey }: DeviceGround,
  account: string,
  device: Device,
  name: string,
): Promise<void> {
  const at = clock()
  const [id, hash] = [uuidv7(at), hashOf(hashKey, device.endpoint)]
  await inTransaction(pool, async (client) => {
    // So that two browsers which come at once are counted one after the other.
    await client.query(`select pg_advisory_xact_lock(hashtextextended('notices.device ' || $1, 0))`, [
      account,
    ])
    await client.query('delete from notices.device where endpoint_hash = $1', [hash])
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from notices.device where account = $1',
      [account],
    )
    if ((rows[0]?.count ?? 0) >= mostDevices) throw new Problem(noticesProblems['push-devices-too-many'])
    await client.query(
      `insert into notices.device (id, account, endpoint_hash, content_sealed, name, added_at)
       values ($1, $2, $3, $4, $5, $6) on conflict (endpoint_hash) do nothing`,
      [id, account, hash, sealJson(sealer, device, devicePlace(id)), shortened(name), new Date(at)],
    )
  })
}

function hashOf(key: Uint8Array, endpoint: string): Buffer {
  return keyedHash(key, `push:${endpoint}`)
}

/** To what the seal of a device is bound. */
export function devicePlace(id: string): string {
  return `device.content ${id}`
}

/** Browser and system, of all that a browser says of itself. */
function shortened(userAgent: string): string {
  const browser = /(Edg|OPR|SamsungBrowser|Firefox|Chrome|Safari)/.exec(userAgent)?.[1] ?? ''
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(userAgent)?.[1] ?? ''
  const named = [browser === 'Edg' ? 'Edge' : browser === 'OPR' ? 'Opera' : browser, system]
  return named.filter((part) => part !== '').join(', ')
}
