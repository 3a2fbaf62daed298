import { Problem } from '@sapan/kernel'
import type { Command } from 'commander'
import { gatewayAdmin, type HomeOptions, homeOf } from '../../clients/home.ts'
import { problems } from '../../problems.ts'
import { addExample } from '../../terminal/example.ts'
import { tick } from '../../terminal/lines.ts'
import { showDone } from '../../terminal/report.ts'
import type { Terminal } from '../../terminal/terminal.ts'

interface RouteOptions extends HomeOptions {
  readonly gateway?: string
  readonly to?: string
  readonly when?: readonly string[]
  readonly ignore?: readonly string[]
  readonly purpose?: string
}

/** `sapan gdx map` and `unmap`: by which exchange a legacy address is answered. */
export function addRoutes(command: Command, terminal: Terminal, gateway: string): void {
  const { say } = terminal
  const map = command
    .command('map <path>')
    .description(say({ th: 'ตอบที่อยู่เดิมด้วยการแลกเปลี่ยน', en: 'answer a legacy address by an exchange' }))
    .requiredOption(
      '--to <target>',
      say({
        th: 'เส้นทาง /r1/… ที่มี {พารามิเตอร์} ในที่ของค่า',
        en: 'the path /r1/… with {Parameter} where its value stands',
      }),
    )
    .option('--when <name=value...>', say({ th: 'ค่าที่เลือกที่อยู่นี้', en: 'values that choose this address' }))
    .option('--ignore <name...>', say({ th: 'พารามิเตอร์ที่ไม่ใช้', en: 'parameters that are left out' }))
    .option('--purpose <purpose>', say({ th: 'วัตถุประสงค์ที่ระบุ', en: 'the purpose that is named' }))
    .option('--gateway <name>', gateway)
    .action((path: string, options: RouteOptions) => mapPath(terminal, path, options))
  addExample(
    map,
    terminal,
    "sapan gdx map /ws/dopa/linkage/v1/link --when ServiceID=1 Version=1 --ignore OfficeID --to '/r1/TH/GOV/DOPA/population/person-v1/persons/{CitizenID}' --gateway RD",
  )

  const unmap = command
    .command('unmap <id>')
    .description(say({ th: 'เลิกตอบที่อยู่เดิม', en: 'answer a legacy address no more' }))
    .option('--gateway <name>', gateway)
    .action((id: string, options: RouteOptions) => unmapPath(terminal, id, options))
  addExample(unmap, terminal, 'sapan gdx unmap 6f1c… --gateway RD')
}

async function mapPath(terminal: Terminal, path: string, options: RouteOptions): Promise<void> {
  const body = {
    path,
    target: options.to,
    conditions: Object.fromEntries((options.when ?? []).map(condition)),
    ignored: options.ignore ?? [],
    ...(options.purpose === undefined ? {} : { purpose: options.purpose }),
  }
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const value = await admin.json('POST', '/v1/gdx/routes', body)
  const said = { th: `${path} ตอบด้วย ${options.to}`, en: `${path} is answered by ${options.to}` }
  showDone(terminal, options.json, value, [tick(terminal, terminal.say(said))])
}

function condition(text: string): [string, string] {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(text) ?? []
  if (name !== undefined && value !== undefined) return [name, value]
  throw new Problem(problems.misuse, {
    detail: { th: `--when ต้องเป็น ชื่อ=ค่า ไม่ใช่ ${text}`, en: `--when takes name=value, not ${text}` },
  })
}

async function unmapPath(terminal: Terminal, id: string, options: RouteOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const value = await admin.json('DELETE', `/v1/gdx/routes/${encodeURIComponent(id)}`)
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `ไม่ตอบ ${id} อีก`, en: `${id} is answered no more` })),
  ])
}
