import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../bin/sapan.mjs', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs `sapan` as its own process, as a person would type it, and waits for its end. */
export function sapan(home: string, ...argv: readonly string[]): Promise<Ended> {
  const { child, text } = start(home, argv)
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out: text.out, err: text.err }))
  })
}

/** A `sapan` that stays: `up`, `gateway`, `center`. */
export interface Staying {
  readonly pid: number
  /** What it has said so far. */
  readonly text: { readonly out: string; readonly err: string }
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts a `sapan` that stays, and waits until it says `ready`. Fails with what it said when it ends before. */
export function staying(home: string, argv: readonly string[], ready: string): Promise<Staying> {
  const { child, text } = start(home, argv)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return new Promise((resolve, reject) => {
    const look = () => {
      if (!text.out.includes(ready) && !text.err.includes(ready)) return
      resolve({
        pid: child.pid ?? 0,
        text,
        end: (signal) => {
          child.kill(signal)
          return ended
        },
      })
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    void ended.then((code) => reject(new Error(`ended with ${code}\n${text.out}\n${text.err}`)))
  })
}

function start(
  home: string,
  argv: readonly string[],
): { child: ChildProcess; text: { out: string; err: string } } {
  const env = { ...process.env, SAPAN_HOME: home, LANG: 'C', LC_ALL: 'C', SAPAN_DEBUG: '' }
  delete (env as Record<string, string | undefined>).DATABASE_URL
  const child = spawn(process.execPath, [program, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const text = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text.out += piece
  })
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    text.err += piece
  })
  return { child, text }
}
