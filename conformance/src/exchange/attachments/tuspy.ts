import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { ToolMissing } from '../../check.ts'
import { toolsFolder } from '../../documents/peers/tools.ts'

const script = fileURLToPath(new URL('../../../exchange/upload.py', import.meta.url))

/** A run of tuspy that has said where its upload is, and from which offset it goes on. */
export interface Upload {
  readonly address: string
  readonly from: number
  /** The offset that it told at its end. Throws where it ended badly. */
  readonly ended: Promise<number>
  /** As when the machine loses its power. */
  kill(): void
}

/** Starts the upload of a file, or goes on with one that began before. Throws `ToolMissing` where tuspy is not laid. */
export async function upload(
  where: string,
  client: string,
  file: string,
  begun: readonly string[] = [],
): Promise<Upload> {
  const python = join(toolsFolder, 'exchange', 'venv', 'bin', 'python')
  if (!existsSync(python)) throw new ToolMissing('tuspy is missing (conformance/exchange/install.sh)')
  const child = spawn(python, [script, where, client, file, ...begun], { stdio: ['ignore', 'pipe', 'pipe'] })
  let wrong = ''
  child.stderr.on('data', (piece: Buffer) => {
    wrong += piece.toString()
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const line = async (): Promise<string> => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`tuspy ended: ${wrong.trim().split('\n').at(-1)}`)
    return value
  }
  const [address, from] = [await line(), Number(await line())]
  const ended = line().then(Number)
  ended.catch(() => {})
  return { address, from, ended, kill: () => child.kill('SIGKILL') }
}
