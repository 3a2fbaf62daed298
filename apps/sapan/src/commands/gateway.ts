import type { Command } from 'commander'
import { homeOf } from '../clients/home.ts'
import { addExample } from '../terminal/example.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { showDone } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { configFile } from './config-file.ts'
import { configureHosting } from './gateway/hosting.ts'
import { configureOperators } from './gateway/operator.ts'
import { configureSignIn } from './gateway/sign-in.ts'

interface GatewayOptions {
  readonly config?: string
  readonly center?: string
  readonly token: string
  readonly peer?: string
  readonly edge: string
  readonly admin: string
  readonly gateway?: string
  readonly member?: string
  readonly all?: boolean
  readonly home?: string
  readonly json?: boolean
}

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const run = command
    .command('run', { isDefault: true })
    .description(say({ th: 'เปิดเกตเวย์จากแฟ้มตั้งค่า', en: 'run a gateway from its configuration' }))
    .addOption(configFile(terminal))
    .action((options: GatewayOptions) => runFrom(terminal, options))
  addExample(
    run,
    terminal,
    'sapan gateway --config gateway.yaml',
    'DATABASE_URL=postgres://… sapan gateway --config gateway.yaml',
  )

  const join = command
    .command('join')
    .description(
      say({ th: 'เข้าร่วมประเทศด้วยโทเคน บนเครื่องเปล่า', en: 'join a country with a token, on an empty machine' }),
    )
    .requiredOption('--token <token>', say({ th: 'โทเคนจากศูนย์กลาง', en: 'the token that the center gave' }))
    .option(
      '--center <url>',
      say({ th: 'ศูนย์กลาง หากต่างจากในโทเคน', en: 'the center, if not the one in the token' }),
    )
    .option(
      '--peer <url>',
      say({
        th: 'ที่อยู่ที่เกตเวย์อื่นใช้ (https) ปกติคือชื่อเครื่องนี้ พอร์ต 4102',
        en: 'where other gateways reach this one (https); by default this machine’s name, port 4102',
      }),
    )
    .option(
      '--edge <host:port>',
      say({ th: 'ที่ฟังของระบบภายใน', en: 'where your own systems reach it' }),
      '127.0.0.1:4101',
    )
    .option(
      '--admin <host:port>',
      say({ th: 'ที่ฟังของผู้ดูแล', en: 'where its operator reaches it' }),
      '127.0.0.1:4103',
    )
    .action((options: GatewayOptions) => joinCountry(terminal, options))
  addExample(
    join,
    terminal,
    'sapan gateway join --token sapan-join.… --peer https://gateway.dlt.example:4102 --home /srv/gateway',
  )

  const recover = command
    .command('recover')
    .description(
      say({
        th: 'เริ่มบันทึกยุคใหม่หลังกู้ฐานข้อมูล',
        en: 'begin a new epoch of the log after the database was restored',
      }),
    )
    .option(
      '--gateway <name>',
      say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' }),
    )
    .option('--member <member>', say({ th: 'สมาชิกเจ้าของบันทึก', en: 'the member whose log it is' }))
    .option('--all', say({ th: 'ทุกบันทึกที่หยุดรออยู่', en: 'all logs that wait for it' }))
    .action((options: GatewayOptions) => recoverFrom(terminal, options))
  addExample(recover, terminal, 'sapan gateway recover --member TH/GOV/DOPA', 'sapan gateway recover --all')

  configureSignIn(command, terminal)

  configureHosting(command, terminal)
  configureOperators(command, terminal)
}

async function runFrom(terminal: Terminal, options: GatewayOptions): Promise<void> {
  const [{ readGatewayFile }, { serveGateway }] = await Promise.all([
    import('../config/gateway.ts'),
    import('../run/serve.ts'),
  ])
  const path = options.config ?? ''
  await serveGateway(terminal, path, await readGatewayFile(path))
}

async function joinCountry(terminal: Terminal, options: GatewayOptions): Promise<void> {
  const folder = homeOf(options, terminal)
  const { joinCountryWithToken } = await import('../run/join.ts')
  const joined = await joinCountryWithToken(folder, options)
  showDone(terminal, options.json, joined, [
    tick(terminal, terminal.say({ th: `${joined.gateway} เข้าร่วมแล้ว`, en: `${joined.gateway} has joined` })),
    tick(
      terminal,
      terminal.say({
        th: `กุญแจและใบรับรองอยู่ใน ${joined.keys}`,
        en: `keys and certificates are in ${joined.keys}`,
      }),
    ),
    tick(
      terminal,
      terminal.say({
        th: `เกตเวย์อื่นติดต่อได้ที่ ${joined.peer}`,
        en: `other gateways reach it at ${joined.peer}`,
      }),
    ),
    tick(terminal, terminal.say({ th: `แฟ้มตั้งค่า ${joined.config}`, en: `configuration ${joined.config}` })),
    nextStep(terminal, `sapan gateway --config ${joined.config}`),
  ])
}

async function recoverFrom(terminal: Terminal, options: GatewayOptions): Promise<void> {
  const { recoverLogs } = await import('./gateway/recover.ts')
  await recoverLogs(terminal, homeOf(options, terminal), options)
}
