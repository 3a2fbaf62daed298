import { createHash } from 'node:crypto'
import { chmod, mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem, type Text } from '@sapan/kernel'
import { problemOfWriting, readIfThere, writeWhole } from '../home/files.ts'
import { problems } from '../problems.ts'
import { chooseAccount } from './account.ts'
import { type RunAs, runAs } from './run-as.ts'

/** Where the files of one embedded PostgreSQL lie, and whose they are. */
export interface Place {
  /** Port, password and log; belongs to the user of this process. */
  readonly directory: string
  /** Holds `data` and the lock; the same as `directory` unless the database's user cannot get there. */
  readonly root: string
  readonly data: string
  readonly account: RunAs
}

const ELSEWHERE = '/var/lib/sapan'

/**
 * Makes `directory` ready and decides where the data lies. Root's home is closed to everyone else (0700), so the data
 * of a home below it goes to `/var/lib/sapan`, and a file `elsewhere` in `directory` says where.
 * Throws `folder-not-writable`, `disk-full`, `postgres-owned-by-another`, `postgres-user-missing`.
 */
export async function choosePlace(directory: string, onProgress: (step: Text) => void): Promise<Place> {
  await makeFolder(directory)
  const pointer = join(directory, 'elsewhere')
  const elsewhere = (await readIfThere(pointer))?.trim()
  const root = elsewhere || directory
  const account = await chooseAccount(join(root, 'data'))
  if (elsewhere) await makeFolder(root)
  if (await canEnter(account, root)) return { directory, root, data: join(root, 'data'), account }
  if (elsewhere || (await exists(join(root, 'data')))) throw closed(root)

  const other = join(ELSEWHERE, createHash('sha256').update(directory).digest('hex').slice(0, 16))
  await setAside(other, onProgress)
  await makeFolder(other)
  if (!(await canEnter(account, other))) throw closed(other)
  await writeWhole(pointer, `${other}\n`)
  return { directory, root: other, data: join(other, 'data'), account }
}

/** Root's folders may be passed through by the database's user, but not listed. */
async function makeFolder(path: string): Promise<void> {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  try {
    await mkdir(path, { recursive: true, mode })
    if (process.getuid?.() === (await stat(path)).uid) await chmod(path, mode)
  } catch (error) {
    throw problemOfWriting(error, path)
  }
}

/** Asked of the system itself: mode bits alone don't tell (access lists, mounts). */
async function canEnter(account: RunAs, path: string): Promise<boolean> {
  if (!account) return true
  return (await runAs(account, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', path])).code === 0
}

/**
 * A home that was deleted leaves its data here, without its password. It may also be a home that is not mounted just
 * now: so the data is kept under another name.
 */
async function setAside(path: string, onProgress: (step: Text) => void): Promise<void> {
  if (!(await exists(path))) return
  const aside = `${path}.${new Date().toISOString().replaceAll(/[^0-9]/g, '')}`
  try {
    await rename(path, aside)
  } catch (error) {
    throw problemOfWriting(error, path)
  }
  onProgress({
    th: `พบข้อมูลของโฟลเดอร์เดิมที่ถูกลบไป เก็บไว้ที่ ${aside}`,
    en: `Data of an earlier home in the same folder is kept in ${aside}`,
  })
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function closed(path: string): Problem {
  return new Problem(problems['folder-not-writable'], {
    detail: {
      th: `ผู้ใช้ของฐานข้อมูลเข้าโฟลเดอร์ ${path} ไม่ได้`,
      en: `the database's user cannot get into ${path}`,
    },
  })
}
