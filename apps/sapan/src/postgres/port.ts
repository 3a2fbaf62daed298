import { createServer } from 'node:net'
import { join } from 'node:path'
import { Problem } from '@sapan/kernel'
import { readIfThere, writeWhole } from '../home/files.ts'
import { problems } from '../problems.ts'

/** Below the ports that systems give to outgoing connections, so that the choice stays free between starts. */
const FIRST = 20_000
const COUNT = 10_000
const TRIES = 50

/**
 * The port on 127.0.0.1: the one that is asked for, else the one of the last start, else a free one, which is kept.
 * Throws `port-taken` only for a port that was asked for.
 */
export async function choosePort(directory: string, asked: number | undefined): Promise<number> {
  if (asked !== undefined) {
    if (await isFree(asked)) return asked
    throw taken(asked)
  }
  const file = join(directory, 'port')
  const kept = Number(await readIfThere(file))
  if (kept > 0 && (await isFree(kept))) return kept
  for (let i = 0; i < TRIES; i++) {
    const port = FIRST + Math.floor(Math.random() * COUNT)
    if (!(await isFree(port))) continue
    await writeWhole(file, `${port}\n`)
    return port
  }
  throw taken(FIRST)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

function taken(port: number): Problem {
  return new Problem(problems['port-taken'], { detail: { th: `127.0.0.1:${port}`, en: `127.0.0.1:${port}` } })
}
