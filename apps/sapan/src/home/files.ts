import { mkdir, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Problem, writeWhole as write } from '@sapan/kernel'
import { problems } from '../problems.ts'

/** The kernel's `writeWhole`, with its folder made where there is none, and an operator's words for what goes wrong. */
export async function writeWhole(file: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  try {
    await makeFolder(dirname(file))
    await write(file, content, mode)
  } catch (error) {
    throw problemOfWriting(error, file)
  }
}

/** The file's text, or undefined where there is none. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (errno(error) === 'ENOENT') return undefined
    throw new Problem(problems['home-corrupt'], {
      detail: { th: `อ่าน ${file} ไม่ได้ (${errno(error)})`, en: `${file} cannot be read (${errno(error)})` },
      cause: error,
    })
  }
}

/** A file of the home that must be a JSON object; a damaged one is named, never overwritten. */
export async function readJson(file: string): Promise<Record<string, unknown> | undefined> {
  const text = await readIfThere(file)
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>
    }
  } catch {
    // Falls through: the same words for text that is no JSON and JSON that is no object.
  }
  throw new Problem(problems['home-corrupt'], {
    detail: { th: `${file} ไม่ใช่ JSON ที่ถูกต้อง`, en: `${file} is not the JSON that it should be` },
  })
}

/** Whether others than its owner may read a file in which there is a secret. */
export async function isOthersToRead(file: string): Promise<boolean> {
  return process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0
}

/** Makes a folder and those above it. Throws `folder-not-writable` or `disk-full`. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeWithParents(folder)
  } catch (error) {
    throw problemOfWriting(error, folder)
  }
}

/**
 * By hand: where a folder is there and nothing can be made in it, such as /proc, Node's own recursive mkdir tries for
 * ever.
 */
async function makeWithParents(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    if (errno(error) === 'EEXIST' && (await isFolder(folder))) return
    if (errno(error) !== 'ENOENT' || (await isFolder(dirname(folder)))) throw error
    await makeWithParents(dirname(folder))
    await mkdir(folder)
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/** The problem behind a failed write: a full disk and a forbidden folder are told apart. */
export function problemOfWriting(error: unknown, path: string): unknown {
  switch (errno(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Problem(problems['disk-full'], {
        detail: { th: `ไม่มีที่ว่างสำหรับ ${path}`, en: `there is no room left for ${path}` },
        cause: error,
      })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EISDIR':
    case 'ENOENT':
      return new Problem(problems['folder-not-writable'], {
        detail: { th: `เขียน ${path} ไม่ได้`, en: `${path} cannot be written` },
        cause: error,
      })
    default:
      return error
  }
}

export function errno(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
