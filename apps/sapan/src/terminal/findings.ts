import type { Text } from '@sapan/kernel'
import { cross, tick } from './lines.ts'
import type { Terminal } from './terminal.ts'

/** What the report of a verification holds that a person reads. */
export interface ReadableReport {
  readonly valid: boolean
  readonly findings: readonly { readonly check: string; readonly passed: boolean; readonly text: Text }[]
  readonly proves?: readonly Text[]
  readonly doesNotProve?: readonly Text[]
}

/** Each check with its outcome, then in words what the file proves and what it does not. */
export function showReport(terminal: Terminal, report: ReadableReport): void {
  const { say, paint } = terminal
  for (const { passed, text } of report.findings) {
    terminal.out(passed ? tick(terminal, say(text)) : cross(terminal, say(text)))
  }
  const section = (title: Text, texts: readonly Text[] = []) => {
    if (texts.length === 0) return
    terminal.out('')
    terminal.out(paint.strong(say(title)))
    for (const text of texts) terminal.out(`  - ${say(text)}`)
  }
  section({ th: 'แฟ้มนี้พิสูจน์ว่า', en: 'What this file proves' }, report.proves)
  section({ th: 'แฟ้มนี้ไม่ได้พิสูจน์', en: 'What it does not prove' }, report.doesNotProve)
  terminal.out('')
  terminal.out(
    report.valid
      ? tick(terminal, say({ th: 'หลักฐานถูกต้อง', en: 'The evidence holds.' }))
      : cross(
          terminal,
          say({
            th: 'หลักฐานใช้ไม่ได้: ดูข้อที่ไม่ผ่านด้านบน',
            en: 'The evidence does not hold: see what failed above.',
          }),
        ),
  )
}
