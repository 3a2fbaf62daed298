import { type ChildProcess, execFileSync, fork, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { folderForDatabases } from '../../../../packages/kernel/test/folder.ts'
import { freePort } from '../../../../packages/kernel/test/ports.ts'
import { type Postgres, startPostgres } from '../../src/postgres/index.ts'

export const isRoot = process.getuid?.() === 0

/** Lets the database's user into a temporary folder: elsewhere its data would stay when the folder is removed. */
export const letIn = (folder: string): Promise<void> => chmod(folder, 0o755)

/** Folders for one file of tests; making a cluster takes a second, so it is made once and copied. */
export class Homes {
  readonly #running: Postgres[] = []
  #base = ''
  #count = 0

  async open(): Promise<void> {
    this.#base = await mkdtemp(join(folderForDatabases(), 'sapan-postgres-'))
    await letIn(this.#base)
  }

  /** The path of a folder that is not there yet. */
  fresh(): string {
    return this.named(String(++this.#count))
  }

  /** The path of a folder that tests share. */
  named(name: string): string {
    return join(this.#base, name)
  }

  /** An empty folder, whatever the umask, that the database's user can enter. */
  empty(): string {
    const folder = this.fresh()
    mkdirSync(folder)
    chmodSync(folder, 0o755)
    return folder
  }

  /** A folder with a stopped, whole cluster whose table `kept` has one row. */
  async made(): Promise<string> {
    const template = join(this.#base, 'template')
    if (!existsSync(template)) {
      await mkdir(template)
      const postgres = await startPostgres({ directory: template, fsync: false })
      await ask(postgres.url('postgres'), 'create table kept as select 1 as one')
      await postgres.stop()
    }
    const home = this.fresh()
    execFileSync('cp', ['-a', template, home])
    // Not the template's, nor one that a country of another test may be about to open.
    await writeFile(join(home, 'port'), `${await freePort()}\n`)
    return home
  }

  /** Started here, and stopped at the end if the test does not. */
  async start(directory: string, port?: number): Promise<Postgres> {
    const postgres = await startPostgres({ directory, fsync: false, ...(port === undefined ? {} : { port }) })
    this.#running.push(postgres)
    return postgres
  }

  async stopAll(): Promise<void> {
    for (const postgres of this.#running.splice(0)) await postgres.stop()
  }

  async close(): Promise<void> {
    await this.stopAll()
    // Tests may have closed some of it.
    execFileSync('chmod', ['-R', 'u+rwX', this.#base])
    await rm(this.#base, { recursive: true, force: true })
  }
}

export async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  // A connection that is cut is met by the query.
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

export interface Owner {
  readonly process: ChildProcess
  readonly pid: number
  readonly url: string
}

/** Starts PostgreSQL in a Node process of its own. */
export function own(directory: string): Promise<Owner> {
  const program = fileURLToPath(new URL('./fixtures/own-postgres.ts', import.meta.url))
  const child = fork(program, [directory], {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    child.once('message', (message) =>
      resolve({ ...(message as { pid: number; url: string }), process: child }),
    )
    child.once('exit', () => reject(new Error(output)))
  })
}

export function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

/** A process that has ended but was not yet waited for is not alive. */
export function lives(pid: number): boolean {
  const ps = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return ps.status === 0 && !ps.stdout.startsWith('Z')
}

/** Looks again until it holds; the test's own time limit ends it otherwise. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
}
