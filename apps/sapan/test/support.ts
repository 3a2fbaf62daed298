import type { Language } from '@sapan/kernel'
import { runSapan } from '../src/program.ts'
import { plainPaint, type Terminal } from '../src/terminal/terminal.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly notes: string
}

/** Runs a command line in this process and returns what it said. */
export async function run(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
  language: Language = 'en',
): Promise<Ran> {
  const out: string[] = []
  const notes: string[] = []
  const terminal: Terminal = {
    language,
    env,
    out: (line) => void out.push(line),
    note: (line) => void notes.push(line),
    bytes: (data) => void out.push(Buffer.from(data).toString('utf8')),
    interactive: false,
    redraw: () => {},
    paint: plainPaint,
    say: (text) => text[language],
  }
  const code = await runSapan(argv, terminal)
  return { code, out: out.join('\n'), notes: notes.join('\n') }
}
