import type { Command } from 'commander'
import { addExample } from '../terminal/example.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface CheckOptions {
  readonly json?: boolean
  readonly openapi?: string
}

/** `sapan service check`: holds definitions of services against their rules, which are loaded when it is used only. */
export function configureCheck(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const check = command
    .command('check <path>')
    .description(
      say({
        th: 'ตรวจคำจำกัดความของบริการประชาชน (ไฟล์หรือโฟลเดอร์)',
        en: 'check definitions of services for people (a file or a folder)',
      }),
    )
    .option(
      '--openapi <folder>',
      say({
        th: 'คำอธิบาย OpenAPI ของหน่วยงาน (person-v1.yaml …)',
        en: 'OpenAPI documents of the agencies (person-v1.yaml …)',
      }),
    )
    .action(async (path: string, options: CheckOptions) => {
      const { checkServices } = await import('./check-services.ts')
      await checkServices(terminal, path, options)
    })
  addExample(check, terminal, 'sapan service check countries/thailand/data/services')
}
