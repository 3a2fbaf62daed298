import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { CheckJob, ProcessAnswer, ProcessSetting } from './job.ts'

const ownProgram = new URL('./process.ts', import.meta.url)

/** What a process may do with what hostile files make of it: read and answer; the network only where it is wanted. */
const permissions = [
  '--permission',
  '--allow-fs-read=*',
  '--allow-worker',
  '--disable-warning=SecurityWarning',
]

/** MiB of its JavaScript; bytes of files and PDFium's pages come on top. */
const mostMemory = 512

/** What became of a file: an answer, out of its time or memory, or that the process failed. */
export type Ending = ProcessAnswer | 'too-long'

/**
 * A process that checks one file after the other. A thread is not enough: where one runs out of memory within the
 * engine itself, all of the process ends with it, and with it whatever else it serves.
 */
export class CheckProcess {
  readonly #child: ChildProcess
  #isUsable = true

  constructor(setting: ProcessSetting, program: URL = ownProgram) {
    this.#child = fork(fileURLToPath(program), [], {
      execArgv: [
        ...permissions,
        ...(setting.network === undefined ? [] : ['--allow-net']),
        `--max-old-space-size=${mostMemory}`,
      ],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    this.#child.on('error', () => this.end())
    this.#child.on('exit', () => this.end())
    this.#child.send(setting, () => {})
    this.#idle()
  }

  /** Whether another file can be given to it. One that ran out of time or memory is of no more use. */
  get isUsable(): boolean {
    return this.#isUsable
  }

  /** One file, within its time in milliseconds. Never rejects. */
  run(job: CheckJob, timeoutMs: number): Promise<Ending> {
    const child = this.#child
    child.ref()
    child.channel?.ref()
    return new Promise((resolve) => {
      const heard = (answer: ProcessAnswer) => {
        this.#idle()
        settle(answer)
      }
      const broken = () => fail({ failed: 'the process cannot be reached' })
      const exited = (code: number | null, signal: string | null) => fail(outcomeOf(code, signal))
      const fail = (ending: Ending): void => {
        this.end()
        settle(ending)
      }
      const settle = (ending: Ending): void => {
        clearTimeout(clock)
        child.off('message', heard).off('error', broken).off('exit', exited)
        resolve(ending)
      }
      const clock = setTimeout(() => fail('too-long'), timeoutMs)
      child.on('message', heard).on('error', broken).on('exit', exited)
      child.send(job, (error) => error && broken())
    })
  }

  end(): void {
    this.#isUsable = false
    this.#child.kill('SIGKILL')
  }

  /** While nothing is asked of it, it keeps nobody from ending. */
  #idle(): void {
    this.#child.unref()
    this.#child.channel?.unref()
  }
}

/** Out of memory is the file's doing, as out of time is: the engine aborts, or the system takes the process away. */
function outcomeOf(code: number | null, signal: string | null): Ending {
  if (signal === 'SIGABRT' || signal === 'SIGKILL' || code === 134) return 'too-long'
  return { failed: `the process ended: ${signal ?? code}` }
}
