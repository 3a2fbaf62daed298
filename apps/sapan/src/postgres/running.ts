import { join } from 'node:path'
import { readIfThere } from '../home/files.ts'
import { holderOf, lives } from '../home/lock.ts'
import { ROLE } from './cluster.ts'
import { ensureDatabase } from './database.ts'

/** The embedded PostgreSQL of another process, as a guest sees it: it is neither started nor stopped from here. */
export interface RunningPostgres {
  /** Makes the database where it is not there yet; returns its URL. */
  ensureDatabase(name: string): Promise<string>
}

/**
 * The embedded PostgreSQL in that folder that a living process runs; undefined where none does, or where it does not take
 * connections yet. Its password lies in the folder, with mode 0600: who may read it may be a guest.
 */
export async function runningPostgres(directory: string): Promise<RunningPostgres | undefined> {
  const root = (await readIfThere(join(directory, 'elsewhere')))?.trim() || directory
  const holder = await holderOf(root)
  if (holder === undefined || !lives(holder)) return undefined
  const password = (await readIfThere(join(directory, 'password')))?.trim()
  // PostgreSQL's own file, there only while it runs: the fourth line is its port.
  const port = (await readIfThere(join(root, 'data', 'postmaster.pid')))?.split('\n')[3]?.trim()
  if (!password || !port) return undefined
  const url = (database: string) => `postgres://${ROLE}:${password}@127.0.0.1:${port}/${database}`
  return { ensureDatabase: (name) => ensureDatabase(url, name) }
}
