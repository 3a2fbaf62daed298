import { createHash, randomBytes } from 'node:crypto'
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Problem } from '@sapan/kernel'
import { noteBackup } from '../doctor/backup.ts'
import { errno, problemOfWriting } from '../home/files.ts'
import { problems } from '../problems.ts'
import { type BackupHead, type BackupTail, filesIn, format, type Sum } from './content.ts'
import { filesOf, openDatabases } from './home.ts'
import { type SealedFor, seal } from './sealing.ts'
import { Snapshot } from './snapshot.ts'
import { type Entry, tarEnd, tarEntry } from './tar.ts'

export interface BackupOrder {
  readonly home: string
  readonly databaseUrl: string | undefined
  /** The file to be written; one that is there already is not. */
  readonly file: string
  readonly whom: SealedFor
  /** Called with each file of the backup and the bytes so far. */
  readonly onProgress: (name: string, bytes: number) => void
}

export interface Backup {
  readonly file: string
  readonly made: string
  /** Of the file as it lies there. */
  readonly bytes: number
  readonly sha256: string
  readonly databases: readonly string[]
  readonly files: number
  /** False where the home could not be told of it, so that `sapan doctor` goes on speaking of an older one. */
  readonly noted: boolean
}

/**
 * Writes a backup of a home: each of its databases as it was at one moment, its keys and its configurations, sealed. The
 * home may run meanwhile. The file is there whole or not at all. Throws `output-unwritable` where it is there already.
 */
export async function writeBackup(order: BackupOrder): Promise<Backup> {
  if (await isThere(order.file)) throw unwritable(order.file)
  const databases = await openDatabases(order.home, order.databaseUrl)
  const snapshots: Snapshot[] = []
  try {
    for (const database of databases.list) snapshots.push(await Snapshot.take(database))
    const head: BackupHead = {
      format,
      made: new Date().toISOString(),
      home: order.home,
      databases: snapshots.map((snapshot) => snapshot.head),
    }
    const written = new Written(order, head)
    const kept = await keep(order.file, await seal(written.bytes(snapshots), order.whom))
    const { made } = head
    // The backup is there; that the doctor cannot tell of it does not undo it.
    const noted = await noteBackup(order.home, { made, file: order.file }).then(
      () => true,
      () => false,
    )
    return {
      file: order.file,
      made,
      ...kept,
      databases: databases.list.map(({ name }) => name),
      files: written.files,
      noted,
    }
  } finally {
    for (const snapshot of snapshots) await snapshot.release()
    await databases.close()
  }
}

/** The bytes of a backup as they come about, and what has to be said of them at the end. */
class Written {
  readonly #order: BackupOrder
  readonly #head: BackupHead
  readonly #at: number
  readonly #sums: Sum[] = []
  #bytes = 0
  files = 0

  constructor(order: BackupOrder, head: BackupHead) {
    this.#order = order
    this.#head = head
    this.#at = Date.parse(head.made)
  }

  async *bytes(snapshots: readonly Snapshot[]): AsyncGenerator<Buffer> {
    yield* this.#entry({ name: 'begin.json', data: json(this.#head) })
    // After the snapshots: a key that a row needs is older than the row.
    for (const path of await filesOf(this.#order.home)) {
      this.files++
      yield* this.#entry({ name: `${filesIn}${path}`, data: await readFile(join(this.#order.home, path)) })
    }
    const sequences: Record<string, BackupTail['sequences'][string]> = {}
    for (const snapshot of snapshots) {
      for await (const part of snapshot.tables()) yield* this.#entry(part)
      sequences[snapshot.head.name] = await snapshot.sequences()
    }
    const tail: BackupTail = { entries: [...this.#sums], sequences }
    yield* this.#entry({ name: 'end.json', data: json(tail) })
    yield tarEnd
  }

  *#entry(entry: Entry): Generator<Buffer> {
    const { name, data } = entry
    this.#bytes += data.length
    this.#sums.push({ name, size: data.length, sha256: createHash('sha256').update(data).digest('hex') })
    this.#order.onProgress(name, this.#bytes)
    yield* tarEntry(entry, this.#at)
  }
}

/** Under another name until it is on disk; a file that was put there meanwhile stays. */
async function keep(file: string, bytes: AsyncIterable<Buffer>): Promise<{ bytes: number; sha256: string }> {
  const draft = join(dirname(file), `.${basename(file)}.${randomBytes(8).toString('hex')}.tmp`)
  const hash = createHash('sha256')
  let size = 0
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      for await (const chunk of bytes) {
        hash.update(chunk)
        size += chunk.length
        await handle.writeFile(chunk)
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    await name(draft, file)
    await syncFolder(dirname(file))
    return { bytes: size, sha256: hash.digest('hex') }
  } catch (error) {
    throw errno(error) === 'EEXIST' ? unwritable(file) : problemOfWriting(error, file)
  } finally {
    await rm(draft, { force: true })
  }
}

/** Places to which backups go know no hard links at times: a file that is there is then looked for. */
async function name(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file)
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(errno(error) ?? '')) throw error
    if (await isThere(file)) throw unwritable(file)
    await rename(draft, file)
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`)
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function unwritable(file: string): Problem {
  return new Problem(problems['output-unwritable'], {
    detail: { th: `มี ${file} อยู่แล้ว`, en: `${file} is there already` },
  })
}
