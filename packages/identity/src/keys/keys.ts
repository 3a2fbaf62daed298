import type { Clock, Pool, PoolClient } from '@sapan/kernel'
import { inTransaction } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { JWK } from 'jose'
import { generateKeyRow, type KeyAlgorithm, type KeyRow, openKey } from './key-row.ts'

export interface KeysGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly sealer: Sealer
}

/** All in seconds. */
export interface KeysOptions {
  /** What the provider signs with; `ES256`, `RS256` (which also serves PS256) and `EdDSA` by default. */
  readonly algorithms?: readonly KeyAlgorithm[]
  /** How long a key signs; 90 days by default. */
  readonly period?: number
  /**
   * How long a key is published before it signs; a day by default. Longer than clients keep what they fetched from
   * the provider's `jwks_uri`, and than `refresh`.
   */
  readonly lead?: number
  /** How long a key is published after it signed: longer than any token lives; a day by default. */
  readonly tail?: number
  /** How old what a process has read may be; 30 seconds by default. */
  readonly refresh?: number
}

/** The keys as of now. */
export interface KeySet {
  /** Changes with the set, or with which of them signs. */
  readonly version: string
  /** Private JWKs; of each algorithm the one that signs comes first. */
  readonly keys: readonly JWK[]
}

/** The provider's signing keys, shared by all its processes through the database. */
export interface Keys {
  current(): Promise<KeySet>
  /**
   * Makes keys where there are none, publishes the next of those whose time is over, drops what nothing needs any
   * more. For a job; safe in several processes at once. `now` begins the change of all keys whatever their age: the
   * next keys sign after `lead`, as always.
   */
  rotate(options?: { readonly now?: boolean }): Promise<void>
}

const day = 86_400
const defaults = { period: 90 * day, lead: day, tail: day, refresh: 30 }

export function createKeys(ground: KeysGround, options: KeysOptions = {}): Keys {
  const rules = {
    ...defaults,
    algorithms: ['ES256', 'RS256', 'EdDSA'] as const satisfies readonly KeyAlgorithm[],
    ...options,
  }
  let held: { set: KeySet; till: number } | undefined
  let reading: Promise<KeySet> | undefined

  return { current, rotate }

  async function current(): Promise<KeySet> {
    if (held && ground.clock() < held.till) return held.set
    reading ??= read().finally(() => {
      reading = undefined
    })
    return await reading
  }

  async function read(): Promise<KeySet> {
    const now = ground.clock()
    const rows = await readRows(ground, now)
    if (rules.algorithms.some((one) => !rows.some((row) => row.algorithm === one && isActive(row, now)))) {
      await rotate()
      return await read()
    }
    const changes = rows.flatMap((row) => [row.active_from.getTime(), row.removed_from?.getTime() ?? 0])
    const next = Math.min(...changes.filter((at) => at > now), now + rules.refresh * 1000)
    const set = keySet(ground, rows, now)
    held = { set, till: next }
    return set
  }

  async function rotate({ now: force = false } = {}): Promise<void> {
    await inTransaction(ground.pool, async (client) => {
      await client.query("select pg_advisory_xact_lock(hashtextextended('sapan identity oidc_key', 0))")
      await step(client, ground, rules, force)
    })
    held = undefined
  }
}

type Rules = Required<KeysOptions>

async function step(client: PoolClient, ground: KeysGround, rules: Rules, force: boolean): Promise<void> {
  const now = ground.clock()
  await client.query('delete from identity.oidc_key where removed_from <= $1', [new Date(now)])
  const { rows } = await client.query<KeyRow>('select * from identity.oidc_key where retired_from is null')
  for (const algorithm of rules.algorithms) {
    const newest = rows
      .filter((row) => row.algorithm === algorithm)
      .sort((a, b) => b.active_from.getTime() - a.active_from.getTime())[0]
    if (!newest) await add(client, ground, algorithm, now)
    else if (isDue(newest, rules, now, force)) {
      const from = now + rules.lead * 1000
      await add(client, ground, algorithm, from)
      await retire(client, newest, from, rules)
    }
  }
}

/** A key that is yet to sign has its successor later. */
function isDue(newest: KeyRow, rules: Rules, now: number, force: boolean): boolean {
  const from = newest.active_from.getTime()
  return from <= now && (force || now >= from + (rules.period - rules.lead) * 1000)
}

async function add(
  client: PoolClient,
  ground: KeysGround,
  algorithm: KeyAlgorithm,
  from: number,
): Promise<void> {
  const { kid, publicJwk, sealed } = await generateKeyRow(algorithm, ground.sealer)
  await client.query(
    `insert into identity.oidc_key (kid, algorithm, public, private_sealed, published_at, active_from)
     values ($1, $2, $3, $4, $5, $6)`,
    [kid, algorithm, publicJwk, sealed, new Date(ground.clock()), new Date(from)],
  )
}

async function retire(client: PoolClient, { kid }: KeyRow, from: number, rules: Rules): Promise<void> {
  const removed = from + (rules.tail + 2 * rules.refresh) * 1000
  await client.query('update identity.oidc_key set retired_from = $2, removed_from = $3 where kid = $1', [
    kid,
    new Date(from),
    new Date(removed),
  ])
}

async function readRows({ pool }: KeysGround, now: number): Promise<KeyRow[]> {
  const { rows } = await pool.query<KeyRow>({
    name: 'oidc-keys',
    text: `select * from identity.oidc_key where removed_from is null or removed_from > $1
      order by active_from desc, kid`,
    values: [new Date(now)],
  })
  return rows
}

function isActive(row: KeyRow, now: number): boolean {
  return row.active_from.getTime() <= now && (row.retired_from === null || row.retired_from.getTime() > now)
}

function keySet({ sealer }: KeysGround, rows: readonly KeyRow[], now: number): KeySet {
  const active = rows.filter((row) => isActive(row, now))
  const others = rows.filter((row) => !isActive(row, now))
  return {
    version: [...active.map(({ kid }) => `${kid}*`), ...others.map(({ kid }) => kid)].join(' '),
    keys: [...active, ...others].map((row) => openKey(row, sealer)),
  }
}
