import { stat, statfs } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem, type Text } from '@sapan/kernel'
import { lockHome } from '../home/lock.ts'
import { problems } from '../problems.ts'
import { ensureCluster, ROLE } from './cluster.ts'
import { ensureDatabase } from './database.ts'
import { endLeftovers } from './leftover.ts'
import { choosePlace, type Place } from './place.ts'
import { choosePort } from './port.ts'
import { type Postmaster, startPostmaster } from './postmaster.ts'
import { findPrograms, type Programs } from './programs.ts'
import { settings } from './settings.ts'

export interface PostgresOptions {
  /** Everything of it lies here, except the data where the database's user cannot get here. */
  readonly directory: string
  /** On 127.0.0.1; by default a free one, kept between starts. */
  readonly port?: number
  /** Whether a commit waits for the disk. By default it does; tests may leave it out. */
  readonly fsync?: boolean
  readonly onProgress?: (step: Text) => void
}

/** A running PostgreSQL of our own. It is started again by itself when it dies. */
export interface Postgres {
  readonly port: number
  /** The postmaster's; changes when it was started again. */
  readonly pid: number
  /** Where to connect, with role and password. */
  url(database: string): string
  /** Makes the database where it is not there yet; returns its URL. */
  ensureDatabase(name: string): Promise<string>
  /** Ends it and everything that belongs to it. May be called more than once. */
  stop(): Promise<void>
}

/** A first start writes some 60 MB, a later one next to nothing: with less, it would stop half way. */
const MB = 1024 * 1024
const SPACE = { first: 200 * MB, later: 32 * MB }

/**
 * Starts the embedded PostgreSQL and waits until it takes connections. What an earlier run left behind is ended first.
 * Rejects with `home-in-use`, `disk-full`, `folder-not-writable`, `port-taken`, `home-corrupt` or one of the
 * `postgres-…` problems, and then leaves nothing running.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { fsync = true, onProgress = () => {} } = options
  const place = await choosePlace(resolve(options.directory), onProgress)
  const lock = await lockHome(place.root)
  try {
    await requireSpace(place)
    const programs = await findPrograms(place)
    await endLeftovers(place.data, onProgress)
    const password = await ensureCluster(place, programs, fsync, onProgress)
    onProgress({ th: 'เปิดฐานข้อมูล', en: 'Starting the database' })
    const { port, first } = await startOnPort(place, programs, options.port, fsync)
    const start = () => startPostmaster(place, programs, settings({ port, fsync }))
    const server = keepRunning(first, place.data, start, onProgress)
    const url = (database: string) => `postgres://${ROLE}:${password}@127.0.0.1:${port}/${database}`
    return {
      port,
      get pid() {
        return server.pid()
      },
      url,
      ensureDatabase: (name) => ensureDatabase(url, name),
      stop: async () => {
        await server.stop()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function requireSpace({ root, data }: Place): Promise<void> {
  const { bavail, bsize } = await statfs(root)
  const isThere = await stat(data).catch(() => undefined)
  const needed = isThere ? SPACE.later : SPACE.first
  if (bavail * bsize >= needed) return
  throw new Problem(problems['disk-full'], {
    detail: {
      th: `ที่ว่างสำหรับ ${root} เหลือไม่ถึง ${needed / MB} MB`,
      en: `less than ${needed / MB} MB are left for ${root}`,
    },
  })
}

/** Between the choice of a free port and its use another program can take it: then the next one. */
async function startOnPort(place: Place, programs: Programs, asked: number | undefined, fsync: boolean) {
  for (let tries = 0; ; tries++) {
    const port = await choosePort(place.directory, asked)
    try {
      return { port, first: await startPostmaster(place, programs, settings({ port, fsync })) }
    } catch (error) {
      const taken = error instanceof Problem && error.code === 'port-taken'
      if (!taken || asked !== undefined || tries === 5) throw error
    }
  }
}

/** Starts the server again whenever it ends without having been told to, until it is stopped. */
function keepRunning(
  first: Postmaster,
  data: string,
  start: () => Promise<Postmaster>,
  onProgress: (step: Text) => void,
): { pid(): number; stop(): Promise<void> } {
  let current = first
  const stopping = new AbortController()
  const done = (async () => {
    for (;;) {
      await Promise.race([current.ended, aborted(stopping.signal)])
      if (stopping.signal.aborted) return current.stop()
      onProgress({ th: 'ฐานข้อมูลหยุดเอง กำลังเปิดใหม่', en: 'The database died; starting it again' })
      const again = await retry(data, start, stopping.signal)
      if (!again) return
      current = again
      onProgress({ th: 'ฐานข้อมูลกลับมาทำงานแล้ว', en: 'The database is back' })
    }
  })()
  return {
    pid: () => current.pid,
    stop: () => {
      stopping.abort()
      return done
    },
  }
}

/** Tries until it works, ever more slowly up to every 5 s; undefined when it is to be stopped. */
async function retry(
  data: string,
  start: () => Promise<Postmaster>,
  stopping: AbortSignal,
): Promise<Postmaster | undefined> {
  for (let wait = 50; !stopping.aborted; wait = Math.min(wait * 2, 5_000)) {
    try {
      await endLeftovers(data, () => {})
      return await start()
    } catch {
      await sleep(wait, undefined, { signal: stopping }).catch(() => {})
    }
  }
  return undefined
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
