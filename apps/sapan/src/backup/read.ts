import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { Problem } from '@sapan/kernel'
import { errno } from '../home/files.ts'
import { problems } from '../problems.ts'
import {
  type BackupHead,
  type BackupTail,
  damaged,
  largest,
  readHead,
  readTail,
  type Sum,
} from './content.ts'
import { type OpenedWith, open } from './sealing.ts'
import { type Entry, readTar } from './tar.ts'

/** A backup that is being read. */
export interface OpenBackup {
  readonly head: BackupHead
  /** Files of the home, then parts of tables. Ends only where all that was written has come, as it was written. */
  readonly entries: AsyncGenerator<Entry, BackupTail>
}

/** Opens a backup. Throws `input-unreadable`, `backup-locked`, `backup-damaged`, `backup-of-another-version`. */
export async function openBackup(file: string, how: OpenedWith): Promise<OpenBackup> {
  const all = readTar(await open(bytesOf(file), how), largest)
  const first = await nextOf(all)
  if (first.value?.name !== 'begin.json') throw damaged('begin.json')
  return { head: readHead(first.value.data), entries: entriesOf(all, [sumOf(first.value)]) }
}

async function* entriesOf(all: AsyncGenerator<Entry>, sums: Sum[]): AsyncGenerator<Entry, BackupTail> {
  for (;;) {
    const { value: entry } = await nextOf(all)
    if (entry === undefined) throw damaged('end.json')
    if (entry.name === 'end.json') {
      const tail = readTail(entry.data)
      if (!isDeepStrictEqual(tail.entries, sums)) throw damaged('end.json')
      if (!(await nextOf(all)).done) throw damaged('end.json')
      return tail
    }
    sums.push(sumOf(entry))
    yield entry
  }
}

async function nextOf(all: AsyncGenerator<Entry>): Promise<IteratorResult<Entry, undefined>> {
  try {
    return await all.next()
  } catch (error) {
    throw error instanceof RangeError ? damaged('tar', error) : error
  }
}

function sumOf({ name, data }: Entry): Sum {
  return { name, size: data.length, sha256: createHash('sha256').update(data).digest('hex') }
}

async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file, { highWaterMark: 1024 * 1024 })
  } catch (error) {
    const code = errno(error) ?? 'error'
    throw new Problem(problems['input-unreadable'], {
      detail: { th: `เปิด ${file} ไม่ได้ (${code})`, en: `${file} cannot be opened (${code})` },
      cause: error,
    })
  }
}
