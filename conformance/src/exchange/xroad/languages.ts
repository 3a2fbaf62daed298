import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ToolMissing } from '../../check.ts'

export interface Asked {
  readonly method: string
  readonly origin: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Base64. */
  readonly body: string | null
}

export interface Answered {
  readonly status: number
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Base64. */
  readonly body: string
  /** X-Road-Request-Hash as the client computed it by itself. */
  readonly hash: string
}

export interface Language {
  readonly name: string
  /** Throws `ToolMissing` where the language is not on this machine. */
  send(asked: Asked): Promise<Answered>
}

const folder = fileURLToPath(new URL('../../../exchange/', import.meta.url))

/** HTTP clients that know nothing of us, each of its language's own library. */
export const languages: readonly Language[] = [
  { name: 'Python’s http.client', send: (asked) => run('python3', ['replay.py'], folder, asked) },
  { name: 'Go’s net/http', send: (asked) => run('go', ['run', '.'], join(folder, 'go'), asked) },
]

/** Not by `tool`: what it asks is answered in this process meanwhile. */
async function run(command: string, args: readonly string[], cwd: string, asked: Asked): Promise<Answered> {
  const running = promisify(execFile)(command, args, { cwd, timeout: 60_000, maxBuffer: 1 << 26 })
  running.child.stdin?.on('error', () => {}).end(JSON.stringify([asked]))
  try {
    const [answered] = JSON.parse((await running).stdout) as Answered[]
    if (answered === undefined) throw new Error(`${command} told nothing`)
    return answered
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new ToolMissing(`${command} is missing`)
    throw error
  }
}
