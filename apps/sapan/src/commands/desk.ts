import type { Command } from 'commander'
import { addExample } from '../terminal/example.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { configFile } from './config-file.ts'

export function configure(command: Command, terminal: Terminal): void {
  command
    .description(
      terminal.say({
        th: 'เปิดโต๊ะทำงานของเจ้าหน้าที่ จากแฟ้มตั้งค่าของ Digital ID',
        en: "run the officers' desk, from the configuration of Digital ID",
      }),
    )
    .addOption(configFile(terminal))
    .action(({ config }: { readonly config: string }) => runFrom(terminal, config))
  addExample(command, terminal, 'sapan desk --config identity.yaml')
}

async function runFrom(terminal: Terminal, path: string): Promise<void> {
  const [{ readIdentityFile }, { serveDesk }] = await Promise.all([
    import('../config/identity.ts'),
    import('../run/serve-identity.ts'),
  ])
  await serveDesk(terminal, path, await readIdentityFile(path))
}
