import { Problem } from '@sapan/kernel'
import { portalProblems } from '../problems.ts'
import { unreadable } from '../unreadable.ts'
import { CheckProcess, type Ending } from './check-process.ts'
import type { Checked, CheckJob, ProcessSetting } from './job.ts'

/** Checks files one after the other, each within its time. */
export interface Checking {
  /** Rejects with `document-unreadable`, `document-password-needed`, `check-took-too-long`, `checker-busy` or `portal-fault`. */
  check(job: CheckJob): Promise<Checked>
  /** Ends the processes; what was being checked is given up. */
  close(): Promise<void>
}

export interface CheckingOptions extends ProcessSetting {
  /** How many files at once; 1 by default. */
  readonly processes?: number
  /** For one file, its picture and its report; 20,000 by default. */
  readonly timeoutMs?: number
  /** How many may wait; 16 by default. */
  readonly waiting?: number
  /** The program of a process; another one in tests. */
  readonly program?: URL
}

interface Waiting {
  readonly job: CheckJob
  resolve(checked: Checked): void
  reject(problem: Problem): void
}

/** Processes are made when they are needed, kept while they behave, and replaced when one had to be ended. */
export function createChecking(options: CheckingOptions): Checking {
  const { processes = 1, timeoutMs = 20_000, waiting: most = 16 } = options
  const setting = settingOf(options, timeoutMs)
  const queue: Waiting[] = []
  const idle: CheckProcess[] = []
  const running = new Set<CheckProcess>()
  let closed = false

  const start = () => new CheckProcess(setting, options.program)
  // Loading takes longer than a check: the first reader need not wait for it.
  idle.push(start())

  const next = (): void => {
    if (queue.length === 0 || running.size >= processes) return
    const waiting = queue.shift()
    if (waiting === undefined) return
    const kept = idle.pop()
    const process = kept?.isUsable ? kept : start()
    running.add(process)
    void process.run(waiting.job, timeoutMs).then((ending) => {
      running.delete(process)
      if (process.isUsable && !closed) idle.push(process)
      else process.end()
      settle(waiting, ending)
      next()
    })
  }

  return {
    check: (job) =>
      new Promise((resolve, reject) => {
        if (closed || queue.length >= most) return reject(new Problem(portalProblems['checker-busy']))
        queue.push({ job, resolve, reject })
        next()
      }),
    close: async () => {
      closed = true
      for (const waiting of queue.splice(0)) waiting.reject(new Problem(portalProblems['checker-busy']))
      for (const process of [...idle, ...running]) process.end()
    },
  }
}

function settingOf(options: CheckingOptions, timeoutMs: number): ProcessSetting {
  const { anchors, services, network, words } = options
  return {
    anchors,
    ...(services && { services }),
    // Time for the judgement itself has to be left.
    ...(network && { network: { fileMs: Math.min(10_000, timeoutMs / 2), ...network } }),
    ...(words && { words }),
  }
}

function settle({ resolve, reject }: Waiting, ending: Ending): void {
  if (ending === 'too-long') reject(new Problem(portalProblems['check-took-too-long']))
  else if ('checked' in ending) resolve(ending.checked)
  else if ('unreadable' in ending) reject(unreadable(ending.unreadable, ending.text))
  else reject(new Problem(portalProblems['portal-fault'], { cause: new Error(ending.failed) }))
}
