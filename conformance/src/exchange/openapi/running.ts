import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { tool } from '../../tool.ts'

const program = fileURLToPath(new URL('../../../../apps/sapan/bin/sapan.mjs', import.meta.url))

/** Runs a command of sapan to its end; what it printed. */
export function sapan(...args: string[]): string {
  return tool(process.execPath, [program, ...args]).out
}

/** Commands of sapan that keep running until they are ended. */
export class Running {
  readonly #children: ChildProcess[] = []

  /** Starts one, and waits until `isUp` says so. */
  async start(args: readonly string[], isUp: () => Promise<boolean>): Promise<void> {
    this.#children.push(spawn(process.execPath, [program, ...args], { stdio: 'ignore' }))
    await until(`sapan ${args[0]} comes up`, isUp)
  }

  /** Ends them all, the last one first. */
  async end(): Promise<void> {
    for (const child of this.#children.splice(0).toReversed()) {
      if (child.exitCode !== null) continue
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    }
  }
}

/** Asks again until it holds; throws after two minutes. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 120_000
  while (!(await holds().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`waited for two minutes until ${what}`)
    await setTimeout(200)
  }
}
