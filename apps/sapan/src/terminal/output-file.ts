import { realpath, stat } from 'node:fs/promises'
import { Problem } from '@sapan/kernel'
import { errno, writeWhole } from '../home/files.ts'
import { problems } from '../problems.ts'

/**
 * Writes what `--out` names, whole or not at all: a file that is there stays until the new one is on disk, and keeps its
 * mode. What is no file, a device or a pipe, is never put out of its place. Throws `output-unwritable` or `disk-full`.
 */
export async function writeOutput(file: string, bytes: Uint8Array): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (found && !found.isFile()) {
    throw unwritable(`${file} ไม่ใช่แฟ้ม`, `${file} is no file`)
  }
  try {
    if (found) await writeWhole(await realpath(file), bytes, found.mode & 0o777)
    else await writeWhole(file, bytes)
  } catch (error) {
    if (error instanceof Problem && error.code !== 'folder-not-writable') throw error
    const reason = error instanceof Problem ? '' : ` (${errno(error)})`
    throw unwritable(`เขียน ${file} ไม่ได้${reason}`, `${file} cannot be written${reason}`, error)
  }
}

function unwritable(th: string, en: string, cause?: unknown): Problem {
  return new Problem(problems['output-unwritable'], { detail: { th, en }, cause })
}
