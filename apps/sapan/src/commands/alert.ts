import type { Command } from 'commander'
import { gatewayAdmin, type HomeOptions, homeOf } from '../clients/home.ts'
import { exit } from '../exit.ts'
import { addExample } from '../terminal/example.ts'
import { EndedWith } from '../terminal/failure.ts'
import { cross, tick } from '../terminal/lines.ts'
import { showDone } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { isRecord } from '../terminal/values.ts'

interface AlertOptions extends HomeOptions {
  readonly gateway?: string
}

/** `sapan alert`: who is told what is wrong with a gateway. */
export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const test = command
    .command('test')
    .description(
      say({
        th: 'ส่งข้อความทดสอบไปที่ alerts.webhook ของเกตเวย์',
        en: "send a test to the gateway's alerts.webhook",
      }),
    )
    .option(
      '--gateway <name>',
      say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' }),
    )
    .action((options: AlertOptions) => send(terminal, options))
  addExample(test, terminal, 'sapan alert test --gateway DOPA')
}

async function send(terminal: Terminal, options: AlertOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const answer = await admin.json('POST', '/v1/alerts/test')
  const { taken, reason } = isRecord(answer) ? answer : {}
  const isTaken = taken === true
  const line = isTaken
    ? tick(terminal, terminal.say({ th: 'ผู้รับรับข้อความทดสอบแล้ว', en: 'the test was taken' }))
    : cross(
        terminal,
        terminal.say({ th: `ไม่มีผู้รับ: ${String(reason)}`, en: `it was not taken: ${String(reason)}` }),
      )
  showDone(terminal, options.json, answer, [line])
  if (!isTaken) throw new EndedWith(exit.refused)
}
