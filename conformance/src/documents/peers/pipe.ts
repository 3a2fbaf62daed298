import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** The command, bound to one processor core where that is asked for (`taskset`, Linux). */
export function onCore(
  core: number | undefined,
  command: string,
  args: readonly string[],
): [string, string[]] {
  return core === undefined ? [command, [...args]] : ['taskset', ['-c', String(core), command, ...args]]
}

/** A tool that runs as long as it is needed: each line that goes in is answered with a line of JSON. */
export class Pipe {
  readonly #child: ChildProcess
  readonly #waiting: { resolve(line: string): void; reject(error: Error): void }[] = []
  #said = ''

  constructor(command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const env = { ...process.env, ...environment }
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env })
    const { stdout, stderr } = this.#child
    if (stdout) createInterface({ input: stdout }).on('line', (line) => this.#waiting.shift()?.resolve(line))
    stderr?.on('data', (text) => {
      this.#said = (this.#said + text).slice(-2000)
    })
    const end = (): void => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(`${command} ended: ${this.#said}`))
    }
    this.#child.once('error', end)
    this.#child.once('close', end)
    this.#child.stdin?.on('error', end)
  }

  /** Rejects with the tool's `error`, and when it ends. */
  async ask<T>(line: string): Promise<T> {
    const answer = new Promise<string>((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#child.stdin?.write(`${line}\n`)
    })
    const value = JSON.parse(await answer) as T & { error?: string }
    if (value.error !== undefined) throw new Error(value.error)
    return value
  }

  close(): void {
    this.#child.stdin?.end()
    this.#child.kill()
  }
}
