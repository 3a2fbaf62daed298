import type { Command } from 'commander'
import { type HomeOptions, homeOf } from '../clients/home.ts'
import { addExample } from '../terminal/example.ts'
import type { Terminal } from '../terminal/terminal.ts'

export function configure(command: Command, terminal: Terminal): void {
  command.action(async (options: HomeOptions) => {
    const { up } = await import('./run.ts')
    await up(terminal, homeOf(options, terminal), options)
  })
  addExample(command, terminal, 'sapan up', 'SAPAN_HOME=/srv/sapan sapan up')
}
