import { randomBytes } from 'node:crypto'
import { readdir, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Problem } from '@sapan/kernel'
import { errno, problemOfWriting, readIfThere, writeWhole } from '../home/files.ts'
import { layoutOf } from '../home/layout.ts'
import { problems } from '../problems.ts'
import { type BackupHead, type BackupTail, damaged, databasesIn, filesIn } from './content.ts'
import { Filling, type ToRecover } from './filling.ts'
import { type HomeDatabases, isCountry, openDatabases } from './home.ts'
import { checkMigrations } from './known-migrations.ts'
import { type OpenBackup, openBackup } from './read.ts'
import type { OpenedWith } from './sealing.ts'
import type { Entry } from './tar.ts'

export interface RestoreOrder {
  readonly file: string
  readonly how: OpenedWith
  /** The home to be made; not there yet, or an empty folder. */
  readonly home: string
  readonly databaseUrl: string | undefined
  readonly onProgress: (name: string, bytes: number) => void
}

export interface Restored {
  readonly home: string
  /** When the backup was made, ISO 8601. */
  readonly made: string
  readonly databases: readonly string[]
  readonly files: number
  /** What has to be recovered before anything more of it is signed. */
  readonly recover: ToRecover
}

/**
 * Makes a home again from a backup, with its databases: all of it, or nothing. Throws `restore-target-not-empty`,
 * `backup-of-another-version` before anything is made, and what `openBackup` does.
 */
export async function restoreBackup(order: RestoreOrder): Promise<Restored> {
  const { home } = order
  await checkFree(home)
  const backup = await openBackup(order.file, order.how)
  checkMigrations(backup.head)
  // Beside the home, so that it can take its name when it is whole.
  const draft = join(dirname(home), `.${basename(home)}.${randomBytes(8).toString('hex')}.restoring`)
  try {
    const restored = await new Restoring(order, backup, draft).run()
    await rmdir(home).catch(unlessMissing)
    await rename(draft, home)
    return restored
  } catch (error) {
    await discard(draft)
    throw problemOfWriting(error, home)
  }
}

class Restoring {
  readonly #order: RestoreOrder
  readonly #head: BackupHead
  readonly #entries: OpenBackup['entries']
  readonly #draft: string
  readonly #fillings = new Map<string, Filling>()
  #databases: HomeDatabases | undefined
  #tail: BackupTail | undefined
  #bytes = 0

  constructor(order: RestoreOrder, { head, entries }: OpenBackup, draft: string) {
    this.#order = order
    this.#head = head
    this.#entries = entries
    this.#draft = draft
  }

  async run(): Promise<Restored> {
    try {
      const files = await this.#files()
      await this.#tables(files.next)
      const { made } = this.#head
      for (const [name, filling] of this.#fillings) await filling.finish(this.#tail?.sequences[name] ?? [])
      const recover = await this.#mark(new Date(made))
      for (const filling of this.#fillings.values()) await filling.commit()
      const { home } = this.#order
      return {
        home,
        made,
        databases: [...this.#fillings.keys()],
        files: files.count,
        recover,
      }
    } finally {
      for (const filling of this.#fillings.values()) await filling.close()
      await this.#databases?.close()
    }
  }

  async #mark(made: Date): Promise<ToRecover> {
    const fillings = [...this.#fillings.values()]
    const newest = isCountry(this.#draft)
      ? Math.max(...(await Promise.all(fillings.map((filling) => filling.newestDirectory()))))
      : undefined
    const all = await Promise.all(fillings.map((filling) => filling.mark(made, newest)))
    return { center: all.some(({ center }) => center), members: all.flatMap(({ members }) => members).sort() }
  }

  /** Writes the files of the home; gives how many, and what came after them. */
  async #files(): Promise<{ count: number; next: Entry | undefined }> {
    for (let count = 0; ; count++) {
      const entry = await this.#next()
      if (entry === undefined || !entry.name.startsWith(filesIn)) return { count, next: entry }
      const path = entry.name.slice(filesIn.length)
      if (path.split('/').some((part) => part === '' || part === '..' || part === '.'))
        throw damaged(entry.name)
      await writeWhole(join(this.#draft, path), this.#moved(path, entry.data), 0o600)
    }
  }

  /** Configurations and lists of places name folders of the home by their whole paths; those lead into this one. */
  #moved(path: string, data: Buffer): Buffer {
    if (!/\.(yaml|json)$/.test(path)) return data
    return Buffer.from(data.toString('utf8').replaceAll(`${this.#head.home}/`, `${this.#order.home}/`))
  }

  async #tables(first: Entry | undefined): Promise<void> {
    const names = this.#head.databases.map(({ name }) => name)
    this.#databases = await openDatabases(this.#draft, this.#order.databaseUrl, names)
    for (const head of this.#head.databases) {
      const database = this.#databases.list.find(({ name }) => name === head.name)
      if (database === undefined) throw damaged(head.name)
      this.#fillings.set(head.name, await Filling.begin(head, database))
    }
    let next = first
    while (next !== undefined) next = await this.#table(next)
  }

  /** Fills the table to which a part belongs; gives what came after its last one. */
  async #table(first: Entry): Promise<Entry | undefined> {
    const folder = dirname(first.name)
    const [database = '', table = ''] = folder.slice(databasesIn.length).split('/')
    const filling = first.name.startsWith(databasesIn) ? this.#fillings.get(database) : undefined
    if (filling === undefined) throw damaged(first.name)
    let next: Entry | undefined = first
    const take = () => this.#next()
    const parts = (async function* () {
      while (next !== undefined && dirname(next.name) === folder) {
        yield next.data
        next = await take()
      }
    })()
    await filling.fill(table, parts)
    return next
  }

  /** The next file; none at the end, when it is known that all came as it was written. */
  async #next(): Promise<Entry | undefined> {
    const { value, done } = await this.#entries.next()
    if (done) {
      this.#tail = value
      return undefined
    }
    this.#bytes += value.data.length
    this.#order.onProgress(value.name, this.#bytes)
    return value
  }
}

/** With the embedded database's data, which may lie where its user can get. */
async function discard(draft: string): Promise<void> {
  const elsewhere = (
    await readIfThere(join(layoutOf(draft).postgres, 'elsewhere')).catch(() => undefined)
  )?.trim()
  if (elsewhere) await rm(elsewhere, { recursive: true, force: true })
  await rm(draft, { recursive: true, force: true })
}

function unlessMissing(error: unknown): void {
  if (errno(error) !== 'ENOENT') throw error
}

async function checkFree(home: string): Promise<void> {
  const found = await readdir(home).catch((error: unknown) => {
    if (errno(error) === 'ENOENT') return []
    throw problemOfWriting(error, home)
  })
  if (found.length === 0) return
  throw new Problem(problems['restore-target-not-empty'], {
    detail: { th: `${home} ไม่ว่าง`, en: `${home} is not empty` },
  })
}
