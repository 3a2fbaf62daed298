import { Worker } from 'node:worker_threads'
import { Problem, type Text } from '@sapan/kernel'
import { portalProblems } from '../problems.ts'
import type { Checked, CheckJob, WorkerAnswer, WorkerSetting } from './job.ts'

/** Checks files one after the other, each within its time. */
export interface Checking {
  /** Rejects with `document-unreadable`, `check-took-too-long`, `checker-busy` or `portal-fault`. */
  check(job: CheckJob): Promise<Checked>
  /** Ends the threads; what was being checked is given up. */
  close(): Promise<void>
}

export interface CheckingOptions extends WorkerSetting {
  /** How many files at once; 1 by default. */
  readonly threads?: number
  /** For one file, its picture and its report; 20,000 by default. */
  readonly timeoutMs?: number
  /** How many may wait; 16 by default. */
  readonly waiting?: number
  /** The program of a thread; another one in tests. */
  readonly program?: URL
}

interface Waiting {
  readonly job: CheckJob
  resolve(checked: Checked): void
  reject(problem: Problem): void
}

/** Memory of a thread's JavaScript; bytes of files and PDFium's pages come on top. */
const resourceLimits = { maxOldGenerationSizeMb: 512 }

/** Threads are made when they are needed, kept while they behave, and replaced when one had to be ended. */
export function createChecking(options: CheckingOptions): Checking {
  const { threads = 1, timeoutMs = 20_000, waiting: most = 16 } = options
  const setting = settingOf(options, timeoutMs)
  const program = options.program ?? new URL('./worker.ts', import.meta.url)
  const queue: Waiting[] = []
  const idle: Worker[] = []
  const running = new Set<Worker>()
  let closed = false

  const start = (): Worker => {
    const worker = startWorker(program, setting)
    worker.once('exit', () => {
      const at = idle.indexOf(worker)
      if (at >= 0) idle.splice(at, 1)
    })
    return worker
  }
  // Loading takes longer than a check: the first reader need not wait for it.
  idle.push(start())

  const next = (): void => {
    if (queue.length === 0 || running.size >= threads) return
    const waiting = queue.shift()
    if (waiting === undefined) return
    const worker = idle.pop() ?? start()
    running.add(worker)
    void runOn(worker, waiting.job, timeoutMs).then(({ answer, usable }) => {
      running.delete(worker)
      if (usable && !closed) idle.push(worker)
      else void worker.terminate()
      settle(waiting, answer)
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
      await Promise.all([...idle, ...running].map((worker) => worker.terminate()))
    },
  }
}

function settingOf(options: CheckingOptions, timeoutMs: number): WorkerSetting {
  const { anchors, services, network, words } = options
  return {
    anchors,
    ...(services && { services }),
    // Time for the judgement itself has to be left.
    ...(network && { network: { fileMs: Math.min(10_000, timeoutMs / 2), ...network } }),
    ...(words && { words }),
  }
}

function startWorker(program: URL, workerData: WorkerSetting): Worker {
  const worker = new Worker(program, { workerData, resourceLimits, env: {}, execArgv: [] })
  // Whoever waits hears of it; that an idle thread breaks is no news.
  worker.on('error', () => {})
  // An idle thread keeps no process alive.
  worker.unref()
  return worker
}

type Ending = WorkerAnswer | 'too-long'

/** One file on one thread. A thread that ran out of time or memory is of no more use. */
function runOn(
  worker: Worker,
  job: CheckJob,
  timeoutMs: number,
): Promise<{ answer: Ending; usable: boolean }> {
  return new Promise((resolve) => {
    const heard = (answer: WorkerAnswer) => end(answer, true)
    const broken = (error: unknown) => end(outcomeOf(error), false)
    const ended = () => end({ failed: 'the thread ended' }, false)
    const end = (answer: Ending, usable: boolean): void => {
      clearTimeout(clock)
      worker.off('message', heard).off('error', broken).off('exit', ended)
      resolve({ answer, usable })
    }
    const clock = setTimeout(() => end('too-long', false), timeoutMs)
    worker.on('message', heard).on('error', broken).on('exit', ended)
    worker.postMessage(job)
  })
}

/** Out of memory is the file's doing, as out of time is. */
function outcomeOf(error: unknown): Ending {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return 'too-long'
  return { failed: `the thread failed: ${code ?? 'unknown'}` }
}

function settle({ resolve, reject }: Waiting, answer: Ending): void {
  if (answer === 'too-long') reject(new Problem(portalProblems['check-took-too-long']))
  else if ('checked' in answer) resolve(answer.checked)
  else if ('unreadable' in answer) reject(unreadable(answer.unreadable, answer.text))
  else reject(new Problem(portalProblems['portal-fault'], { cause: new Error(answer.failed) }))
}

function unreadable(reason: string, detail: Text): Problem {
  return new Problem(portalProblems['document-unreadable'], { detail, extensions: { reason } })
}
