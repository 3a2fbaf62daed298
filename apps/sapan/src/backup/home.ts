import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { createPool, Problem } from '@sapan/kernel'
import { readCenterFile } from '../config/center.ts'
import { readGatewayFile } from '../config/gateway.ts'
import { readIdentityFile } from '../config/identity.ts'
import { layoutOf } from '../home/layout.ts'
import { runningPostgres, startPostgres } from '../postgres/index.ts'
import { problems } from '../problems.ts'
import { type DatabasePlace, type OpenDatabase, openSharedDatabase } from '../run/database.ts'

/** A database of a home, open to be read or filled. */
export interface HomeDatabase {
  readonly name: string
  readonly url: string
}

export interface HomeDatabases {
  readonly list: readonly HomeDatabase[]
  close(): Promise<void>
}

/** What runs from a file of its own in a home: each has one database, which is known by this name. */
const processes = [
  { name: 'center', read: readCenterFile },
  { name: 'gateway', read: readGatewayFile },
  { name: 'identity', read: readIdentityFile },
] as const

/**
 * Opens the databases of a home, whether it runs or not: those of a country that `sapan up` keeps, or those that its
 * configurations name, `DATABASE_URL` first where it is one. `names` makes those of a country that are not there yet.
 * Throws `home-missing` where the folder is no home.
 */
export async function openDatabases(
  home: string,
  databaseUrl: string | undefined,
  names?: readonly string[],
): Promise<HomeDatabases> {
  if (isCountry(home)) return await openCountry(home, names)
  const found = processes.filter(({ name }) => existsSync(join(home, `${name}.yaml`)))
  if (found.length === 0) {
    throw new Problem(problems['home-missing'], {
      detail: {
        th: `ใน ${home} ไม่มี gateway.yaml, center.yaml หรือ identity.yaml`,
        en: `there is no gateway.yaml, center.yaml or identity.yaml in ${home}`,
      },
    })
  }
  const opened: OpenDatabase[] = []
  const close = async () => {
    for (const database of opened) await database.close()
  }
  try {
    const list: HomeDatabase[] = []
    for (const { name, read } of found) {
      const { keys, database } = await read(join(home, `${name}.yaml`))
      checkInside(home, keys, database)
      const open = await openSharedDatabase(database, found.length === 1 ? databaseUrl : undefined)
      opened.push(open)
      list.push({ name, url: open.url })
    }
    return { list, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Whether a home is that of a whole country, which `sapan up` runs. */
export function isCountry(home: string): boolean {
  return existsSync(layoutOf(home).chosen)
}

async function openCountry(home: string, names: readonly string[] | undefined): Promise<HomeDatabases> {
  const directory = layoutOf(home).postgres
  const running = await runningPostgres(directory)
  const own = running === undefined ? await startPostgres({ directory }) : undefined
  const postgres = running ?? own
  const ensure = async (name: string) => ({ name, url: (await postgres?.ensureDatabase(name)) ?? '' })
  const list: HomeDatabase[] = []
  for (const name of names ?? (await databaseNames((await ensure('postgres')).url)))
    list.push(await ensure(name))
  return { list, close: async () => await own?.stop() }
}

async function databaseNames(url: string): Promise<string[]> {
  const pool = createPool(url, { max: 1 })
  try {
    const { rows } = await pool.query<{ name: string }>(
      `select datname as name from pg_database where not datistemplate and datallowconn and datname <> 'postgres' order by 1`,
    )
    return rows.map(({ name }) => name)
  } finally {
    await pool.end()
  }
}

/** A backup is of one folder: what lies elsewhere would be missing from it. */
function checkInside(home: string, keys: string, database: DatabasePlace): void {
  const places = [keys, ...('embedded' in database ? [database.embedded] : [])]
  const outside = places.find((place) => relative(home, place).startsWith('..'))
  if (outside === undefined) return
  throw new Problem(problems.misuse, {
    detail: {
      th: `${outside} อยู่นอก ${home} แฟ้มสำรองมีเฉพาะสิ่งที่อยู่ในโฟลเดอร์นี้`,
      en: `${outside} lies outside ${home}, and a backup is of that folder; move it in, or back it up apart`,
    },
  })
}

/**
 * The files of a home, as paths from it: keys, configurations, certificates. Not the database's own files, which mean
 * nothing while they change, nor logs, locks, drafts, or backups that were put there.
 */
export async function filesOf(home: string): Promise<string[]> {
  const entries = await readdir(home, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(home, join(entry.parentPath, entry.name)))
    .filter(
      (path) => !/^(postgres|logs)\/|^lock|(^|\/)lock(\.|$)|\.tmp$|\.age$|^last-backup\.json$/.test(path),
    )
    .sort()
}
