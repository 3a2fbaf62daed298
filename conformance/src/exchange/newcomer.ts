import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = fileURLToPath(new URL('../../..', import.meta.url))

/** Somebody with an empty machine: a clone of their own, in which they type what the guides say. */
export class Newcomer {
  readonly #folder: string
  readonly #running: ChildProcess[] = []

  /** `folder` is empty. */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** Fetches and installs, as the README says. */
  install(): void {
    run('git', ['clone', '--quiet', checkout, this.path('sapan')], this.#folder)
    run('npm', ['ci', '--no-audit', '--no-fund'], this.path('sapan'))
  }

  path(...parts: string[]): string {
    return join(this.#folder, ...parts)
  }

  /** A command to its end; what it printed. Throws what it said where it ended badly. */
  sapan(...args: string[]): string {
    return run('npx', ['sapan', ...args], this.path('sapan'))
  }

  /** The same, again until it ends well: grants and certificates need some seconds to be known everywhere. */
  async untilWell(seconds: number, ...args: string[]): Promise<string> {
    const deadline = Date.now() + seconds * 1000
    for (;;) {
      try {
        return this.sapan(...args)
      } catch (error) {
        if (Date.now() > deadline) throw error
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
    }
  }

  /** A command that keeps running, in another terminal; returns when it has said `sign`. */
  async keepRunning(sign: string, ...args: string[]): Promise<void> {
    const child = spawn('npx', ['sapan', ...args], { cwd: this.path('sapan'), detached: true })
    this.#running.push(child)
    let said = ''
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`sapan ${args[0]} says after 60 s: ${said}`)), 60_000)
      const hear = (piece: Buffer) => {
        said += piece.toString()
        if (!said.includes(sign)) return
        clearTimeout(late)
        resolve()
      }
      child.stdout?.on('data', hear)
      child.stderr?.on('data', hear)
      child.once('exit', () => reject(new Error(`sapan ${args[0]} ended: ${said}`)))
    })
  }

  /** Ends what keeps running, with all below it. */
  async leave(): Promise<void> {
    for (const child of this.#running.toReversed()) {
      if (child.pid === undefined || child.exitCode !== null) continue
      const ended = new Promise((resolve) => child.once('close', resolve))
      process.kill(-child.pid, 'SIGTERM')
      await ended
    }
  }
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', env: plain() })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ${args.slice(0, 4).join(' ')}: ${stderr || stdout}`)
  return stdout
}

/** Nothing of ours helps them. */
function plain(): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env
  return { PATH, HOME, TMPDIR, LANG: 'en_GB.UTF-8' }
}
