import { randomBytes } from 'node:crypto'
import { link, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a file so that a reader sees the old one or the new one whole, also after a power failure. Of several that write
 * at once, also from several processes, one stays. Rejects with the system's error; then the old file is as it was.
 */
export function writeWhole(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  return written(path, content, mode, (draft) => rename(draft, path))
}

/** As `writeWhole`, but a file that is there already stays: the first one counts, and nobody is told. */
export function writeOnce(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  // Unlike rename, link refuses a name that is taken.
  return written(path, content, mode, (draft) => link(draft, path).catch(unlessThere))
}

/** The draft has a name that nobody else has: two writers must not meet in one. */
async function written(
  path: string,
  content: string | Uint8Array,
  mode: number,
  name: (draft: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(path)
  const draft = join(folder, `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`)
  try {
    const file = await open(draft, 'wx', mode)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await name(draft)
  } finally {
    await rm(draft, { force: true })
  }
  await syncFolder(folder)
}

/** A new name is on disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function unlessThere(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
}
