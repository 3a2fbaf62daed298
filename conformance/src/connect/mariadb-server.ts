import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { ToolMissing } from '../check.ts'
import { toolsFolder } from '../documents/peers/tools.ts'
import { freePort } from '../ports.ts'

const root = join(toolsFolder, 'connect', 'mariadb')
const libraries = ['usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu'].map((one) => join(root, one)).join(':')
const env = { ...process.env, LD_LIBRARY_PATH: libraries }

/** Debian's MariaDB server with a database of its own in a folder. */
export class MariadbServer {
  readonly #process: ChildProcess
  readonly #folder: string
  readonly port: number

  private constructor(folder: string, port: number, process: ChildProcess) {
    this.#folder = folder
    this.port = port
    this.#process = process
  }

  /** Throws `ToolMissing` where it was not laid. */
  static async start(folder: string): Promise<MariadbServer> {
    if (!existsSync(join(root, 'usr/sbin/mariadbd')))
      throw new ToolMissing('MariaDB is missing (conformance/connect/install.sh)')
    const data = [`--basedir=${join(root, 'usr')}`, `--datadir=${join(folder, 'data')}`, '--user=root']
    const authentication = ['--auth-root-authentication-method=normal', '--srcdir=']
    execFileSync(join(root, 'usr/bin/mariadb-install-db'), ['--no-defaults', ...data, ...authentication], {
      env,
      stdio: 'ignore',
    })
    const port = await freePort()
    const server = spawn(
      join(root, 'usr/sbin/mariadbd'),
      [
        '--no-defaults',
        ...data,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        `--socket=${socketIn(folder)}`,
      ],
      { env, stdio: 'ignore' },
    )
    const started = new MariadbServer(folder, port, server)
    for (let tries = 0; ; tries += 1) {
      try {
        started.tell('select 1')
        return started
      } catch (error) {
        if (tries === 60) throw error
        await setTimeout(500)
      }
    }
  }

  /** Runs SQL as its administrator; gives what it prints. */
  tell(sql: string): string {
    const args = [
      '--no-defaults',
      '--user=root',
      `--socket=${socketIn(this.#folder)}`,
      '--default-character-set=utf8mb4',
    ]
    return execFileSync(join(root, 'usr/bin/mariadb'), [...args, '-N', '-e', sql], {
      env,
      stdio: 'pipe',
    }).toString()
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    this.#process.kill()
    await ended
  }
}

function socketIn(folder: string): string {
  return join(folder, 'socket')
}
