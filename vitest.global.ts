import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from './apps/sapan/src/postgres/index.ts'
import { endLeftovers } from './apps/sapan/src/postgres/leftover.ts'
import { folderForDatabases } from './packages/kernel/test/folder.ts'

const PREFIX = 'sapan-test-'
const folder = folderForDatabases()
const temporary = tmpdir()

/**
 * One PostgreSQL for a whole run of the tests, in a temporary folder of its own, so that several runs don't meet. Its
 * data may be lost, which makes it fast. `SAPAN_TEST_DATABASE_URL` names another one to use instead. What tests put among temporary
 * files goes with the run.
 */
export default async function setup(): Promise<() => Promise<void>> {
  for (const place of new Set([folder, temporary])) await removeAbandoned(place)
  const files = await mkdtemp(join(temporary, `${PREFIX}${process.pid}-`))
  await chmod(files, 0o711)
  process.env.TMPDIR = files
  process.env.NODE_COMPILE_CACHE ??= join(temporary, 'node-compile-cache')
  const removeFiles = () => rm(files, { recursive: true, force: true })
  if (process.env.SAPAN_TEST_DATABASE_URL) return removeFiles
  const directory = await mkdtemp(join(folder, `${PREFIX}${process.pid}-`))
  const postgres = await startPostgres({ directory, fsync: false })
  process.env.SAPAN_TEST_DATABASE_URL = postgres.url('postgres')
  return async () => {
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
    await removeFiles()
  }
}

/** A run that was killed leaves its server and its folder; the folder's name says whose it was. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : 0
    if (pid === 0 || lives(pid)) continue
    const directory = join(folder, name)
    await endLeftovers(join(directory, 'data'), () => {}).catch(() => {})
    await rm(directory, { recursive: true, force: true }).catch(() => {})
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
