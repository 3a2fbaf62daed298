import type { Text } from '@sapan/kernel'
import type { Terminal } from './terminal.ts'

/** A tick and what was done. */
export function tick(terminal: Terminal, text: string): string {
  return `${terminal.paint.good('✓')} ${text}`
}

/** A cross and what failed. */
export function cross(terminal: Terminal, text: string): string {
  return `${terminal.paint.bad('✗')} ${text}`
}

/** The last line of an output: what the reader does next. */
export function nextStep(terminal: Terminal, text: Text | string): string {
  const said = typeof text === 'string' ? text : terminal.say(text)
  return `${terminal.paint.strong(terminal.say({ th: 'ขั้นต่อไป:', en: 'Next:' }))} ${said}`
}
