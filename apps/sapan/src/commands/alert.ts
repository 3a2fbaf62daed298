import { type Command, Option } from 'commander'
import { centerAdmin, gatewayAdmin, type HomeOptions, homeOf } from '../clients/home.ts'
import { exit } from '../exit.ts'
import { addExample } from '../terminal/example.ts'
import { EndedWith } from '../terminal/failure.ts'
import { cross, tick } from '../terminal/lines.ts'
import { showDone } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { isRecord, rowsOf } from '../terminal/values.ts'

interface AlertOptions extends HomeOptions {
  readonly gateway?: string
  readonly center?: boolean
}

/** `sapan alert`: who is told what is wrong with a gateway or the center. */
export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const test = command
    .command('test')
    .description(
      say({
        th: 'ส่งข้อความทดสอบไปยังผู้รับการแจ้งเตือนทุกรายของเกตเวย์หรือศูนย์กลาง',
        en: 'send a test to everybody whom a gateway or the center tells what is wrong with it',
      }),
    )
    .option(
      '--gateway <name>',
      say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' }),
    )
    .addOption(
      new Option('--center', say({ th: 'ศูนย์กลาง แทนเกตเวย์', en: 'the center, not a gateway' })).conflicts(
        'gateway',
      ),
    )
    .action((options: AlertOptions) => send(terminal, options))
  addExample(test, terminal, 'sapan alert test --gateway DOPA', 'sapan alert test --center')
}

async function send(terminal: Terminal, options: AlertOptions): Promise<void> {
  const home = homeOf(options, terminal)
  const admin = await (options.center ? centerAdmin(home) : gatewayAdmin(home, options.gateway))
  const answer = await admin.json('POST', '/v1/alerts/test')
  const channels = rowsOf(answer, 'channels')
  const lines = channels.map((row) => outcomeOf(terminal, row))
  if (channels.length === 0) lines.push(cross(terminal, terminal.say(nobody(options))))
  showDone(terminal, options.json, answer, lines)
  if (!isRecord(answer) || answer.taken !== true) throw new EndedWith(exit.refused)
}

function nobody({ center }: Pick<AlertOptions, 'center'>) {
  const file = center ? 'center.yaml' : 'gateway.yaml'
  return {
    th: `ไม่มีผู้รับ: ตั้ง alerts.webhook หรือ alerts.email ใน ${file}`,
    en: `nobody is told: set alerts.webhook or alerts.email in ${file}`,
  }
}

function outcomeOf(terminal: Terminal, row: Readonly<Record<string, unknown>>): string {
  const channel = String(row.channel).replace(/^mailto:/, '')
  const reason = String(row.reason)
  if (row.taken === true) {
    return tick(terminal, terminal.say({ th: `${channel}: รับแล้ว`, en: `${channel}: taken` }))
  }
  return cross(
    terminal,
    terminal.say({ th: `${channel}: ไม่รับ (${reason})`, en: `${channel}: not taken (${reason})` }),
  )
}
