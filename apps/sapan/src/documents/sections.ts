import type { Text } from '@sapan/kernel'
import { plainSize } from '@sapan/portal'
import { tick } from '../terminal/lines.ts'
import { writeOutput } from '../terminal/output-file.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** A title with its lines below, or that there are none. */
export function section({ out, say, paint }: Terminal, title: Text, lines: readonly string[]): void {
  out('')
  out(paint.strong(say(title)))
  for (const line of lines.length === 0 ? [say({ th: 'ไม่มี', en: 'none' })] : lines) out(`  ${line}`)
}

/** A file from inside another, on standard output or into a file. */
export async function writeInner(
  terminal: Terminal,
  bytes: Uint8Array,
  out: string | undefined,
): Promise<void> {
  if (out === undefined) return terminal.bytes(bytes)
  await writeOutput(out, bytes)
  terminal.out(tick(terminal, `${out}  ${plainSize(bytes.length, terminal.language)}`))
}
