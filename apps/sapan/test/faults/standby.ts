import { spawn } from 'node:child_process'
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from '../../../../packages/kernel/test/ports.ts'
import { chooseAccount } from '../../src/postgres/account.ts'
import { findPrograms } from '../../src/postgres/programs.ts'
import { environment, identity, runAs } from '../../src/postgres/run-as.ts'

/** A second PostgreSQL that follows a first one and has every commit that the first acknowledges (synchronous streaming replication). */
export interface Standby {
  url(database: string): string
  /** Makes it the one that takes writes; the first must be gone. */
  promote(): Promise<void>
  stop(): Promise<void>
}

/** Of the PostgreSQL whose folder is `directory` and which is reached by `administrator`. */
export async function startStandby(
  directory: string,
  administrator: string,
  folder: string,
): Promise<Standby> {
  const root = (await readFile(join(directory, 'elsewhere'), 'utf8').catch(() => directory)).trim()
  const account = await chooseAccount(join(root, 'data'))
  const programs = await findPrograms({ root, account })
  const data = join(folder, 'data')
  const first = new pg.Client(administrator)
  await first.connect()
  await first.query("select pg_create_physical_replication_slot('standby', true)")
  await first.query("select pg_backup_start('standby', true)")
  await runAs(undefined, 'cp', ['-a', join(root, 'data'), data])
  const { rows } = await first.query<{ labelfile: string }>('select * from pg_backup_stop(false)')
  await runAs(undefined, 'rm', ['-rf', join(data, 'postmaster.pid'), join(data, 'pg_replslot')])
  await mkdir(join(data, 'pg_replslot'), { mode: 0o700 })
  await writeFile(join(data, 'backup_label'), rows[0]?.labelfile ?? '')
  await writeFile(join(data, 'standby.signal'), '')
  const at = new URL(administrator)
  const from = `host=127.0.0.1 port=${at.port} user=${at.username} password=${at.password}`
  await appendFile(
    join(data, 'postgresql.auto.conf'),
    `primary_conninfo = '${from}'\nprimary_slot_name = 'standby'\n`,
  )
  if (account) await runAs(undefined, 'chown', ['-R', `${account.uid}:${account.gid}`, data])
  const port = await freePort()
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 200 }
  const child = spawn(
    programs.postgres,
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...identity(account), cwd: '/', env: environment(), stdio: 'ignore' },
  )
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const url = (database: string) => {
    const own = new URL(administrator)
    own.port = String(port)
    own.pathname = `/${database}`
    return own.href
  }
  await untilSaid(url('postgres'), 'select 1 where pg_is_in_recovery()')
  await first.query("alter system set synchronous_standby_names = '*'")
  await first.query('select pg_reload_conf()')
  await untilSaid(administrator, "select 1 from pg_stat_replication where sync_state in ('sync', 'quorum')")
  await first.end()
  return {
    url,
    promote: async () => {
      await untilSaid(url('postgres'), 'select 1 where pg_promote()')
      // It waits for nobody any more.
      await untilSaid(url('postgres'), "alter system set synchronous_standby_names = ''", 0)
      await untilSaid(url('postgres'), 'select 1 where pg_reload_conf()')
    },
    stop: async () => {
      child.kill('SIGQUIT')
      await ended
    },
  }
}

/** Asks again and again, each time on a connection of its own, until as many rows come. */
async function untilSaid(url: string, sql: string, rows = 1): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const client = new pg.Client(url)
    client.on('error', () => {})
    try {
      await client.connect()
      const { rowCount } = await client.query(sql)
      if ((rowCount ?? 0) >= rows) return
    } catch (error) {
      if (Date.now() > deadline) throw error
    } finally {
      await client.end().catch(() => {})
    }
    if (Date.now() > deadline) throw new Error(`never true: ${sql}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
