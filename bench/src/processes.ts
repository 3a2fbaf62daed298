import { type ChildProcess, spawn } from 'node:child_process'
import { openSync, readFileSync } from 'node:fs'

export interface ProcessOptions {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The file into which its output goes. */
  readonly log?: string
}

/** The processes of one benchmark: started one by one, all stopped at the end, by their own ids. */
export class Processes {
  readonly #running: { name: string; child: ChildProcess; ended: Promise<void> }[] = []

  /** Starts a process. When it ends badly by itself, the last of its output is told. */
  start({ name, command, args, env, log = '/dev/null' }: ProcessOptions): ChildProcess {
    const output = openSync(log, 'a')
    const child = spawn(command, args, { env: env ?? process.env, stdio: ['ignore', output, output] })
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
    child.once('exit', (code) => {
      // 143: a JVM that was told to end (SIGTERM).
      if (code !== 0 && code !== null && code !== 143)
        console.error(`${name} ended with code ${code}:\n${readFileSync(log, 'utf8').slice(-4000)}`)
    })
    child.once('error', (error) => console.error(`${name} could not be started: ${error.message}`))
    this.#running.push({ name, child, ended })
    return child
  }

  /** Stops all, the last started first. A process that doesn't end within 10 s is killed. */
  async stop(): Promise<void> {
    for (const { child, ended } of this.#running.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) continue
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(timer)
    }
  }
}

/** Asks until the answer is true. Throws after `seconds`. */
export async function until(what: string, seconds: number, ask: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  while (Date.now() < deadline) {
    if (await ask().catch(() => false)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${what} did not come up within ${seconds} s`)
}
