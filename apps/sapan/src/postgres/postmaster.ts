import { type ChildProcess, spawn } from 'node:child_process'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { problemOfWriting } from '../home/files.ts'
import { endLeftovers } from './leftover.ts'
import { problemOfOutput } from './output.ts'
import type { Place } from './place.ts'
import type { Programs } from './programs.ts'
import { environment, identity } from './run-as.ts'

const POLL = 20
const LOG_LIMIT = 10 * 1024 * 1024

/** The server process that listens and has all the others as its children. */
export interface Postmaster {
  readonly pid: number
  /** Resolves when it has ended, whatever ended it. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/**
 * Starts the server and waits until it takes connections; that includes recovery after a crash, however long.
 * It gets a session of its own: Ctrl-C reaches this process first, which stops what uses the database before.
 * Rejects with the problem that the server's own words tell.
 */
export async function startPostmaster(
  place: Place,
  programs: Programs,
  settings: string[],
): Promise<Postmaster> {
  const log = join(place.directory, 'postgres.log')
  const { child, ended, from } = await launch(place, programs, settings, log)
  const { pid } = child
  if (pid === undefined || !(await isReady(place.data, pid, ended))) {
    await ended
    const said = (await readFile(log)).subarray(from).toString()
    throw problemOfOutput(said, log)
  }
  // A process that exits without having stopped the server still asks it to go.
  const atExit = () => child.kill('SIGINT')
  process.once('exit', atExit)
  void ended.then(() => process.off('exit', atExit))
  return { pid, ended, stop: () => stop(child, ended, place.data) }
}

async function launch(place: Place, programs: Programs, settings: string[], log: string) {
  try {
    const from = await rotate(log)
    const handle = await open(log, 'a', 0o600)
    try {
      const child = spawn(programs.postgres, ['-D', place.data, ...settings], {
        ...identity(place.account),
        cwd: '/',
        env: environment(),
        detached: true,
        stdio: ['ignore', handle.fd, handle.fd],
      })
      // Listened for at once: it may end sooner than the log is closed.
      const ended = new Promise<void>((resolve) => {
        child.once('exit', () => resolve())
        child.on('error', () => resolve())
      })
      child.unref()
      return { child, ended, from }
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw problemOfWriting(error, log)
  }
}

/** Keeps one older log; returns where the new lines will begin. */
async function rotate(log: string): Promise<number> {
  const size = (await stat(log).catch(() => undefined))?.size ?? 0
  if (size < LOG_LIMIT) return size
  await rename(log, `${log}.1`)
  return 0
}

/** The postmaster writes its state into the eighth line of its own file. */
async function isReady(data: string, pid: number, ended: Promise<void>): Promise<boolean> {
  let over = false
  void ended.then(() => (over = true))
  while (!over) {
    const lines = (await readFile(join(data, 'postmaster.pid'), 'latin1').catch(() => '')).split('\n')
    if (lines[0] === String(pid) && lines[7]?.trim() === 'ready') return true
    await sleep(POLL)
  }
  return false
}

/** Fast shutdown; where that takes more than 30 s, without ceremony: the log on disk has every commit. */
async function stop(child: ChildProcess, ended: Promise<void>, data: string): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    child.kill(signal)
    const waiting = new AbortController()
    const late = sleep(patience, true, { signal: waiting.signal }).catch(() => false)
    const timedOut = await Promise.race([ended.then(() => false), late])
    waiting.abort()
    if (!timedOut) return
  }
  await endLeftovers(data, () => {})
}
