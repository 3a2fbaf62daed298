import { createPool, isDatabaseDown, type Pool, Problem } from '@sapan/kernel'
import { runningPostgres, startPostgres } from '../postgres/index.ts'
import { problems } from '../problems.ts'

export type DatabasePlace = { readonly url: string } | { readonly embedded: string; readonly name: string }

/** A database that answers, and the way to let go of it. */
export interface OpenDatabase {
  readonly url: string
  close(): Promise<void>
}

/**
 * Finds the database of a process: `DATABASE_URL`, else what its file says; an embedded one is started.
 * Throws `database-unreachable` without the password that is in the URL.
 */
export async function openDatabase(
  place: DatabasePlace,
  databaseUrl: string | undefined,
): Promise<OpenDatabase> {
  if (databaseUrl === undefined && 'embedded' in place) {
    const postgres = await startPostgres({ directory: place.embedded })
    return { url: await postgres.ensureDatabase(place.name), close: () => postgres.stop() }
  }
  const url = databaseUrl ?? ('url' in place ? place.url : '')
  await checkAnswers(url)
  return { url, close: async () => {} }
}

/**
 * The same for the processes of one operator, which share a database: an embedded one that another of them runs already,
 * such as `sapan up`, is used with it and left to it.
 */
export async function openSharedDatabase(
  place: DatabasePlace,
  databaseUrl: string | undefined,
): Promise<OpenDatabase> {
  const running =
    databaseUrl === undefined && 'embedded' in place ? await runningPostgres(place.embedded) : undefined
  if (running === undefined || !('embedded' in place)) return await openDatabase(place, databaseUrl)
  const url = await running.ensureDatabase(place.name)
  return { url, close: async () => {} }
}

async function checkAnswers(url: string): Promise<void> {
  const pool: Pool = createPool(url, { max: 1 })
  try {
    await pool.query('select 1')
  } catch (error) {
    const where = URL.canParse(url) ? `${new URL(url).host}${new URL(url).pathname}` : 'DATABASE_URL'
    const reason = isDatabaseDown(error) || !(error instanceof Error) ? '' : `: ${error.message}`
    throw new Problem(problems['database-unreachable'], {
      detail: { th: `${where}${reason}`, en: `${where}${reason}` },
      cause: error,
    })
  } finally {
    await pool.end()
  }
}
