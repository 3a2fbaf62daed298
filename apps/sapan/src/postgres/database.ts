import pg from 'pg'

const NAME = /^[a-z][a-z0-9_]{0,62}$/
const DUPLICATE_DATABASE = '42P04'
const UNIQUE_VIOLATION = '23505'

/** Makes a database where it is not there yet, also when two ask at once; returns its URL. */
export async function ensureDatabase(url: (database: string) => string, name: string): Promise<string> {
  if (!NAME.test(name)) throw new RangeError(`${name} is not a name for a database`)
  const client = new pg.Client({ connectionString: url('postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${name}`)
  } catch (error) {
    const code = error instanceof pg.DatabaseError ? error.code : undefined
    if (code !== DUPLICATE_DATABASE && code !== UNIQUE_VIOLATION) throw error
  } finally {
    await client.end()
  }
  return url(name)
}
