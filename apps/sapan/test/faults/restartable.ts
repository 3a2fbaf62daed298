import { type ChildProcess, spawn } from 'node:child_process'

export interface RestartableParts {
  readonly name: string
  /** What Node runs, with its arguments. */
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly ready: () => Promise<boolean>
}

/** A process of a test that is killed and started again. */
export class Restartable {
  readonly #parts: RestartableParts
  #child: ChildProcess | undefined
  #said = ''

  constructor(parts: RestartableParts) {
    this.#parts = parts
  }

  /** Of the process that runs now; 0 before the first. */
  get pid(): number {
    return this.#child?.pid ?? 0
  }

  /** Starts the process and waits until it answers; again where it ends, as whatever supervises it would. */
  async start(): Promise<void> {
    const { name, ready } = this.#parts
    const deadline = Date.now() + 60_000
    let child = this.#spawn()
    while (!(await ready().catch(() => false))) {
      if (Date.now() > deadline) throw new Error(`${name} did not come up:\n${this.#said}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
      if (child.exitCode !== null) child = this.#spawn()
    }
  }

  #spawn(): ChildProcess {
    const { args, env } = this.#parts
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...env, LANG: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr?.on('data', (piece: Buffer) => {
      this.#said = (this.#said + piece.toString()).slice(-4000)
    })
    this.#child = child
    return child
  }

  /** Ends it at once (`SIGKILL`) or in order, and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }
}
