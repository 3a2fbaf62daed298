import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { writeWhole } from '@sapan/kernel'
import { exchangeProblem } from '../../problems.ts'
import type { ArchiveStore } from './archive-store.ts'

/**
 * An archive in a folder, on another disk or a share. The folder itself must be there: where a volume is not mounted, nothing
 * is written in its place.
 */
export class FolderArchiveStore implements ArchiveStore {
  readonly place: string

  /** `folder`: an absolute path. */
  constructor(folder: string) {
    this.place = folder
  }

  async put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const path = join(this.place, name)
    try {
      await stat(this.place)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeWhole(path, bytes, 0o600)
    } catch (cause) {
      throw unreachable(this.place, cause)
    }
  }

  async read(name: string, from: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length)
    let got: number
    try {
      await stat(this.place)
      got = await readAt(join(this.place, name), bytes, from)
    } catch (cause) {
      if (codeOf(cause) === 'ENOENT' && (await isThere(this.place))) throw lost(name, cause)
      throw unreachable(this.place, cause)
    }
    if (got < length) throw lost(name)
    return bytes
  }

  async remove(name: string): Promise<void> {
    try {
      await stat(this.place)
      await removeWithDrafts(join(this.place, name))
    } catch (cause) {
      throw unreachable(this.place, cause)
    }
  }
}

/** Who was killed while it wrote has left a draft beside the file, as `writeWhole` names it. */
async function removeWithDrafts(path: string): Promise<void> {
  const folder = dirname(path)
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error
    return []
  })
  const drafts = names.filter((name) => name.startsWith(`.${basename(path)}.`))
  for (const file of [path, ...drafts.map((name) => join(folder, name))]) await rm(file, { force: true })
}

async function readAt(path: string, into: Buffer, from: number): Promise<number> {
  const file = await open(path, 'r')
  try {
    let got = 0
    while (got < into.length) {
      const { bytesRead } = await file.read(into, got, into.length - got, from + got)
      if (bytesRead === 0) break
      got += bytesRead
    }
    return got
  } finally {
    await file.close()
  }
}

async function isThere(folder: string): Promise<boolean> {
  return await stat(folder).then(
    () => true,
    () => false,
  )
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function unreachable(place: string, cause: unknown) {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return exchangeProblem('archive-unreachable', {
    detail: { th: `${place}: ${reason}`, en: `${place}: ${reason}` },
    cause,
  })
}

function lost(name: string, cause?: unknown) {
  return exchangeProblem('archive-lost', { detail: { th: name, en: name }, cause })
}
