import { execFileSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
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
  const token = randomUUID()
  const mine = JSON.stringify({ pid: process.pid, began: beginningOf(process.pid) ?? '', token })
  const draft = `${file}.${token}`
  try {
    await writeFile(draft, mine)
    for (;;) {
      if (await linked(draft, file)) return { release: () => release(file, mine) }
      const held = await textOf(file)
      if (held === undefined) continue
      const holder = holderIn(held)
      if (holder !== undefined && lives(holder)) throw inUse(home, holder)
      if (await takenOver(file, held, draft)) return { release: () => release(file, mine) }
    }
  } catch (error) {
    throw problemOfWriting(error, file)
  } finally {
    await rm(draft, { force: true }).catch(() => {})
  }
}

/** Who holds the home, dead or alive; undefined where nobody does or the lock is not readable. */
export async function holderOf(home: string): Promise<Holder | undefined> {
  const text = await textOf(join(home, 'lock')).catch(() => undefined)
  return text === undefined ? undefined : holderIn(text)
}

/** Undefined where it is not there; a lock that may not be read is no lock that is gone, and is thrown. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (errno(error) === 'ENOENT') return undefined
    throw error
  }
}

function holderIn(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text)
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

/**
 * Puts our lock in the place of a stale one. Only who has the claim on that very lock may: of many that find it, one does,
 * and it looks again whether it is still there. False where another was first.
 */
async function takenOver(file: string, stale: string, draft: string): Promise<boolean> {
  const claims = await claimsOn(file, stale, draft)
  if (claims === undefined) {
    await wait(10)
    return false
  }
  try {
    if ((await textOf(file)) !== stale) return false
    await rename(draft, file)
    return true
  } finally {
    for (const claim of claims) await rm(claim, { force: true })
  }
}

/** The claims that we hold now, ours first; undefined while another process that lives has one before us. */
async function claimsOn(file: string, stale: string, draft: string): Promise<string[] | undefined> {
  const claim = `${file}.after.${createHash('sha256').update(stale).digest('hex').slice(0, 32)}`
  if (await linked(draft, claim)) return [claim]
  const held = await textOf(claim)
  if (held === undefined || held === stale) return undefined
  const holder = holderIn(held)
  if (holder !== undefined && lives(holder)) return undefined
  // Whoever had it died with it: its claim is as stale as the lock was.
  const above = await claimsOn(file, held, draft)
  return above && [...above, claim]
}

async function release(file: string, mine: string): Promise<void> {
  if ((await textOf(file)) === mine) await rm(file, { force: true })
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
