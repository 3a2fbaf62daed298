import { type ChildProcess, spawn } from 'node:child_process'

export interface ProcessOptions {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** The processes of one benchmark: started one by one, all stopped at the end, by their own ids. */
export class Processes {
  readonly #running: { name: string; child: ChildProcess; ended: Promise<void> }[] = []

  /** Starts a process; its last lines of output are told when it ends by itself. */
  start({ name, command, args, env, cwd }: ProcessOptions): ChildProcess {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-4000)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
    child.once('exit', (code) => {
      if (code !== 0 && code !== null) console.error(`${name} ended with code ${code}:\n${output}`)
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
