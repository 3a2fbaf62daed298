import { execFile } from 'node:child_process'
import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Problem, type Text } from '@sapan/kernel'
import { problems } from '../problems.ts'

const POLL = 20

/**
 * Ends what an earlier Sapan left behind when it was killed: its postmaster lives on, and after the postmaster's own
 * death single backends may. Call it only while holding the lock of the data. Afterwards no `postmaster.pid` is left
 * at which PostgreSQL would refuse to start: its number may now belong to a stranger, or to a process that has ended
 * and that nobody has waited for.
 */
export async function endLeftovers(data: string, onProgress: (step: Text) => void): Promise<void> {
  const left = await processesOf(data)
  if (left.length > 0) {
    onProgress({
      th: 'ปิด PostgreSQL ที่ค้างจากครั้งก่อน',
      en: 'Stopping the PostgreSQL that an earlier run left behind',
    })
    await end(data, left)
  }
  if ((await processesOf(data)).length === 0) await removeForeignPid(data)
}

async function end(data: string, left: readonly number[]): Promise<void> {
  const postmaster = await pidInFile(data)
  if (postmaster !== undefined && left.includes(postmaster)) {
    signal(postmaster, 'SIGINT')
    if (await gone(data, 30_000)) return
    signal(postmaster, 'SIGQUIT')
  }
  // Backends without a postmaster notice it and leave by themselves.
  if (await gone(data, 5_000)) return
  for (const pid of await processesOf(data)) signal(pid, 'SIGKILL')
  await gone(data, 5_000)
}

/** The number in the first line of `postmaster.pid`. */
export async function pidInFile(data: string): Promise<number | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'latin1').catch(() => '')
  const pid = Number(text.split('\n')[0])
  return pid > 0 ? pid : undefined
}

/**
 * The live processes that work on this data folder. Every process of PostgreSQL has it as its working directory;
 * where the system does not show that (macOS), only the postmaster is found, by its arguments.
 */
export async function processesOf(data: string): Promise<number[]> {
  return process.platform === 'linux'
    ? byWorkingDirectory(await realpath(data).catch(() => data))
    : byArguments(data)
}

async function byWorkingDirectory(data: string): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    if ((await readlink(`/proc/${name}/cwd`).catch(() => '')) !== data) continue
    const stat = await readFile(`/proc/${name}/stat`, 'latin1').catch(() => '')
    if (stat.includes('(postgres) ') && !stat.includes('(postgres) Z')) found.push(Number(name))
  }
  return found
}

async function byArguments(data: string): Promise<number[]> {
  const pid = await pidInFile(data)
  if (!pid) return []
  const ps = promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)])
  const { stdout } = await ps.catch(() => ({ stdout: '' }))
  return stdout.includes('postgres') && stdout.includes(data) ? [pid] : []
}

async function removeForeignPid(data: string): Promise<void> {
  const pid = await pidInFile(data)
  if (pid && lives(pid)) await rm(join(data, 'postmaster.pid'), { force: true })
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function gone(data: string, within: number): Promise<boolean> {
  for (let waited = 0; waited < within; waited += POLL) {
    if ((await processesOf(data)).length === 0) return true
    await sleep(POLL)
  }
  return false
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return
    throw new Problem(problems['postgres-owned-by-another'], {
      detail: { th: `กระบวนการหมายเลข ${pid}`, en: `process ${pid}` },
      cause: error,
    })
  }
}
