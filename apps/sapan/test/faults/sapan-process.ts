import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../bin/sapan.mjs', import.meta.url))

/** How a command ended, and all that it said. */
export interface Ended {
  readonly code: number | null
  readonly said: string
}

/** Runs `sapan` in English; killed at once after so many milliseconds, where they are said. */
export function sapan(
  argv: readonly string[],
  { databaseUrl, killAfter }: { databaseUrl?: string; killAfter?: number | undefined } = {},
): Promise<Ended> {
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn(process.execPath, [program, ...argv], {
    env: { ...env, ...(databaseUrl && { DATABASE_URL: databaseUrl }), LANG: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => {
      said += piece.toString()
    })
  if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter)
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })))
}
