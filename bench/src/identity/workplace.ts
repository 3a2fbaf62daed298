import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createPool } from '@sapan/kernel'
import { Sealer } from '@sapan/trust'
import type { Postgres } from 'sapan/postgres'
import type { BenchmarkOptions } from '../benchmark.ts'
import type { Processes } from '../processes.ts'
import type { IssuerOrder } from './issuer-order.ts'
import type { Login } from './orders.ts'
import { type Running, startSapan } from './parties.ts'
import { coseKey } from './passkey.ts'
import { type BenchClient, populate, prepare } from './population.ts'

/** What the parts of the benchmark share: the embedded PostgreSQL, the processes, and the keys of this run. */
export interface Workplace {
  readonly folder: string
  readonly processes: Processes
  readonly postgres: Postgres
  readonly options: BenchmarkOptions
  readonly keys: Keys
}

export interface Keys {
  readonly sealKey: string
  readonly hashKey: string
  /** Of everybody's passkey, and of the system, PKCS#8 PEM. */
  readonly passkey: string
}

/** A database with so many people, and the client to which they sign in. */
export interface Town {
  readonly people: number
  readonly url: string
  readonly client: BenchClient
}

export function drawKeys(): Keys {
  const draw = () => randomBytes(32).toString('base64url')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    sealKey: draw(),
    hashKey: draw(),
    passkey: String(privateKey.export({ format: 'pem', type: 'pkcs8' })),
  }
}

export async function buildTown({ postgres, keys, options }: Workplace, people: number): Promise<Town> {
  const name = `people_${people}`
  const url = await postgres.ensureDatabase(name)
  const pool = createPool(url, { max: 2 })
  try {
    const client = await prepare(pool, keys.passkey)
    const begun = performance.now()
    const sealer = new Sealer(new Map([[1, Buffer.from(keys.sealKey, 'base64url')]]), 1)
    const hashKey = Buffer.from(keys.hashKey, 'base64url')
    await populate({ pool, sealer, hashKey, publicKey: coseKey(keys.passkey) }, people)
    const seconds = Math.round((performance.now() - begun) / 1000)
    options.progress(`${people.toLocaleString('en')} people are in their database, after ${seconds} s`)
    return { people, url, client }
  } finally {
    await pool.end()
  }
}

/** Sapan's issuer over a town. */
export async function issuerOf(
  { processes, folder, keys }: Workplace,
  { people, url, client }: Town,
  pages: IssuerOrder['pages'],
): Promise<Running> {
  const login: Login & { kind: 'told' | 'passkey' } =
    pages === 'told' ? { kind: 'told', people } : { kind: 'passkey', people, key: keys.passkey }
  const place = { databaseUrl: url, sealKey: keys.sealKey, hashKey: keys.hashKey }
  return await startSapan(
    processes,
    place,
    client,
    login,
    keys.passkey,
    join(folder, `issuer-${pages}-${people}.log`),
  )
}
