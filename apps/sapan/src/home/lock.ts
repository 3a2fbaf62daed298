import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '@sapan/kernel'
import { problems } from '../problems.ts'
import { errno, problemOfWriting } from './files.ts'

export interface Holder {
  readonly pid: number
  /** When that process began, as its system tells it: a pid alone may have been given to another since. */
  readonly began: string
}

export interface HomeLock {
  release(): Promise<void>
}

/**
 * Takes the home for this process. A lock whose process is gone (after kill -9) is taken over.
 * Throws `home-in-use`, naming the process, while the holder lives.
 */
export async function lockHome(home: string): Promise<HomeLock> {
  const file = join(home, 'lock')
  const mine: Holder = { pid: process.pid, began: beginningOf(process.pid) ?? '' }
  const draft = `${file}.${process.pid}`
  try {
    await writeFile(draft, JSON.stringify(mine))
    for (;;) {
      if (await linked(draft, file)) return { release: () => release(file, mine) }
      const holder = await holderOf(home)
      if (holder !== undefined && lives(holder)) throw inUse(home, holder)
      await removeStale(file, holder)
    }
  } catch (error) {
    throw problemOfWriting(error, file)
  } finally {
    await rm(draft, { force: true }).catch(() => {})
  }
}

/** Who holds the home, dead or alive; undefined where nobody does or the lock is not readable. */
export async function holderOf(home: string): Promise<Holder | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(home, 'lock'), 'utf8'))
    if (typeof value !== 'object' || value === null) return undefined
    const { pid, began } = value as Record<string, unknown>
    return typeof pid === 'number' && typeof began === 'string' ? { pid, began } : undefined
  } catch {
    return undefined
  }
}

/** True while the very process that took the lock runs. */
export function lives(holder: Holder): boolean {
  const began = beginningOf(holder.pid)
  return began !== undefined && began === holder.began
}

/** A hard link is made or it is not: two starts in the same instant cannot both get it. */
async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if (errno(error) === 'EEXIST') return false
    throw error
  }
}

/** Moves the stale lock aside first, so that of two starts only one removes it, and never a fresh one. */
async function removeStale(file: string, seen: Holder | undefined): Promise<void> {
  const aside = `${file}.stale.${process.pid}`
  try {
    await rename(file, aside)
  } catch (error) {
    if (errno(error) === 'ENOENT') return
    throw error
  }
  const taken = await readFile(aside, 'utf8')
  if (seen !== undefined && taken !== JSON.stringify(seen)) await link(aside, file).catch(() => {})
  await rm(aside, { force: true })
}

async function release(file: string, mine: Holder): Promise<void> {
  const held = await readFile(file, 'utf8').catch(() => '')
  if (held === JSON.stringify(mine)) await rm(file, { force: true })
}

function beginningOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
      // Field 22 of proc(5), counted after the command's name, which may itself hold spaces. A zombie is gone.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? undefined : `${bootOf()}:${fields[19]}`
    } catch {
      return undefined
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}

function bootOf(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
}

function inUse(home: string, holder: Holder): Problem {
  return new Problem(problems['home-in-use'], {
    detail: {
      th: `กระบวนการหมายเลข ${holder.pid} ใช้ ${home} อยู่`,
      en: `process ${holder.pid} is using ${home}`,
    },
    extensions: { pid: holder.pid },
  })
}
