import type { Command } from 'commander'
import { addExample } from '../terminal/example.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { configFile } from './config-file.ts'

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  command
    .description(
      say({
        th: 'เปิดหน้าสาธารณะที่ใครก็ตรวจเอกสารได้ จากแฟ้มตั้งค่า',
        en: 'run the public page where anyone checks a document, from its configuration',
      }),
    )
    .addOption(configFile(terminal))
    .action(({ config }: { readonly config: string }) => runFrom(terminal, config))
  addExample(command, terminal, 'sapan portal --config portal.yaml')
}

async function runFrom(terminal: Terminal, path: string): Promise<void> {
  const [{ readPortalFile }, { servePortal }] = await Promise.all([
    import('../config/portal.ts'),
    import('../run/serve-portal.ts'),
  ])
  await servePortal(terminal, path, await readPortalFile(path))
}
