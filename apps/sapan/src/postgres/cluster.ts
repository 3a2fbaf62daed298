import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem, type Text } from '@sapan/kernel'
import { problemOfWriting, readIfThere, writeWhole } from '../home/files.ts'
import { problems } from '../problems.ts'
import { problemOfOutput } from './output.ts'
import type { Place } from './place.ts'
import type { Programs } from './programs.ts'
import { type RunAs, runAs } from './run-as.ts'

/** The role that owns every database of this cluster. */
export const ROLE = 'sapan'

const MAJOR = '18'

/** Not every system has the first ones. The collation is PostgreSQL's own, the same on every system. */
const LOCALES = ['C.UTF-8', 'en_US.UTF-8', 'C']

/**
 * Sees that there is a whole cluster in `place.data` and gives the password of its role. A new one is made beside it,
 * brought to disk, and only then gets its name, so that a start cut short is simply begun again.
 * Throws `home-corrupt`, `postgres-other-version`, `disk-full`, `folder-not-writable`, `postgres-failed`.
 */
export async function ensureCluster(
  place: Place,
  programs: Programs,
  fsync: boolean,
  onProgress: (step: Text) => void,
): Promise<string> {
  const file = join(place.directory, 'password')
  const kept = (await readIfThere(file))?.trim()
  if (await isWhole(place)) {
    if (!kept) throw corrupt(file)
    return kept
  }
  onProgress({ th: 'สร้างฐานข้อมูลครั้งแรก', en: 'Making the database for the first time' })
  const password = kept || randomBytes(24).toString('base64url')
  if (!kept) await writeWhole(file, `${password}\n`, 0o600)
  await make(place, programs, password, fsync)
  return password
}

/** Whether the data folder is there and of this version; throws when something else is in its place. */
async function isWhole({ data, account }: Place): Promise<boolean> {
  const entries = await readdir(data).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw problemOfWriting(error, data)
  })
  if (!entries || entries.length === 0) return false
  const version = (await readIfThere(join(data, 'PG_VERSION')))?.trim()
  if (!version || !entries.includes('global')) throw corrupt(data)
  if (version !== MAJOR) {
    const detail = `PostgreSQL ${version}, ${MAJOR} (${data})`
    throw new Problem(problems['postgres-other-version'], { detail: { th: detail, en: detail } })
  }
  await giveTo(account, data)
  return true
}

/** What root copied back from a backup belongs to root. */
async function giveTo(account: RunAs, data: string): Promise<void> {
  if (!account || (await stat(data)).uid === account.uid) return
  const { code, output } = await runAs(undefined, 'chown', ['-R', `${account.uid}:${account.gid}`, data])
  if (code !== 0) throw problemOfOutput(output, data)
  await chmod(data, 0o700)
}

async function make({ root, data, account }: Place, programs: Programs, password: string, fsync: boolean) {
  const draft = join(root, 'data.new')
  const secret = join(root, 'password.new')
  try {
    await rm(draft, { recursive: true, force: true })
    await mkdir(draft, { mode: 0o700 })
    await writeFile(secret, password, { mode: 0o600 })
    if (account) for (const path of [draft, secret]) await chown(path, account.uid, account.gid)
    await initialise(programs, account, draft, secret)
    if (fsync) {
      const outcome = await runAs(account, programs.initdb, ['--sync-only', '-D', draft])
      if (outcome.code !== 0) throw problemOfOutput(outcome.output, draft)
    }
    await rm(data, { recursive: true, force: true })
    await rename(draft, data)
    await syncFolder(root)
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => {})
    throw problemOfWriting(error, data)
  } finally {
    await rm(secret, { force: true }).catch(() => {})
  }
}

/** Writes without waiting for the disk: one sync of everything at the end takes a tenth of the time. */
async function initialise(
  programs: Programs,
  account: Place['account'],
  draft: string,
  secret: string,
): Promise<void> {
  let output = ''
  for (const locale of LOCALES) {
    const outcome = await runAs(account, programs.initdb, [
      ...['-D', draft, '-U', ROLE, `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8'],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--locale=${locale}`, '--lc-messages=C'],
      ...['--text-search-config=simple', '--no-sync', '--no-instructions'],
    ])
    if (outcome.code === 0) return
    output = outcome.output
    if (!output.includes('invalid locale')) break
  }
  throw problemOfOutput(output, draft)
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function corrupt(path: string): Problem {
  return new Problem(problems['home-corrupt'], {
    detail: { th: `${path} หายไปหรือไม่สมบูรณ์`, en: `${path} is missing or not whole` },
  })
}
