import type { Command } from 'commander'
import type { Terminal } from './terminal.ts'

/** Adds examples to a command's help: what a newcomer would type. */
export function addExample(command: Command, terminal: Terminal, ...lines: readonly string[]): Command {
  const heading = terminal.say({ th: 'ตัวอย่าง:', en: 'Example:' })
  return command.addHelpText('after', `\n${heading}\n${lines.map((line) => `  ${line}`).join('\n')}`)
}
