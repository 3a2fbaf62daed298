import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '@sapan/kernel'
import type { Command } from 'commander'
import { centerAdmin, homeOf } from '../clients/home.ts'
import { problems } from '../problems.ts'
import { addExample } from '../terminal/example.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { showDone } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { configFile } from './config-file.ts'
import { showSignInLink } from './sign-in.ts'

interface CenterOptions {
  readonly directory?: string
  readonly config?: string
  readonly instance: string
  readonly url: string
  readonly admin: string
  readonly home?: string
  readonly json?: boolean
}

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const run = command
    .command('run', { isDefault: true })
    .description(say({ th: 'เปิดศูนย์กลางจากแฟ้มตั้งค่า', en: 'run the center from its configuration' }))
    .addOption(configFile(terminal))
    .action((options: CenterOptions) => runFrom(terminal, options))
  addExample(
    run,
    terminal,
    'sapan center --config center.yaml',
    'DATABASE_URL=postgres://… sapan center --config center.yaml',
  )

  const init = command
    .command('init')
    .description(
      say({ th: 'สร้างรากความเชื่อถือและแฟ้มตั้งค่า', en: 'make the root of trust and the configuration' }),
    )
    .requiredOption('--instance <code>', say({ th: 'รหัสประเทศ เช่น TH', en: 'the country: TH' }))
    .requiredOption('--url <url>', say({ th: 'ที่อยู่ที่สมาชิกใช้ (https)', en: 'where members reach it (https)' }))
    .option(
      '--admin <host:port>',
      say({ th: 'ที่ฟังของผู้ดูแล', en: 'where its operator reaches it' }),
      '127.0.0.1:4001',
    )
    .action((options: CenterOptions) => initialise(terminal, options))
  const issuer = command
    .command('renew-issuer')
    .description(
      say({
        th: 'ให้รากที่เก็บไว้นอกเครื่องลงนามผู้ออกใบรับรองใหม่',
        en: 'have the offline root sign a new issuer of certificates',
      }),
    )
    .addOption(configFile(terminal))
    .action((options: CenterOptions) => makeIssuer(terminal, options))
  const recover = command
    .command('recover')
    .description(
      say({
        th: 'ให้ศูนย์กลางที่กู้จากแฟ้มสำรองประกาศสารบบต่อ',
        en: 'let a center that came out of a backup publish again',
      }),
    )
    .requiredOption(
      '--directory <file>',
      say({
        th: 'สารบบใหม่ที่สุดที่เกตเวย์ถืออยู่ (sapan directory --json)',
        en: 'the newest directory that any gateway holds (sapan directory --json)',
      }),
    )
    .action((options: CenterOptions) => recoverFrom(terminal, options))
  addExample(recover, terminal, 'sapan center recover --directory newest.json --home /srv/center')
  addExample(issuer, terminal, 'sapan center renew-issuer --config center.yaml')

  const signIn = command
    .command('sign-in')
    .description(
      say({
        th: 'พิมพ์ลิงก์เข้าหน้าผู้ดูแลศูนย์กลาง ใช้ได้ครั้งเดียว',
        en: "print a link to the center's pages that signs in once",
      }),
    )
    .action(async (options: CenterOptions) =>
      showSignInLink(terminal, await centerAdmin(homeOf(options, terminal)), options.json),
    )
  addExample(signIn, terminal, 'sapan center sign-in')

  addExample(
    init,
    terminal,
    'sapan center init --instance TH --url https://center.example.go.th:4000 --home /srv/center',
  )
}

async function recoverFrom(terminal: Terminal, options: CenterOptions): Promise<void> {
  const { recoverCenter } = await import('./center/recover.ts')
  await recoverCenter(terminal, homeOf(options, terminal), options.directory ?? '', options.json)
}

async function makeIssuer(terminal: Terminal, options: CenterOptions): Promise<void> {
  const [{ readCenterFile }, { renewIssuer }, { KeyFolder }] = await Promise.all([
    import('../config/center.ts'),
    import('@sapan/exchange'),
    import('@sapan/trust'),
  ])
  const { keys, instance } = await readCenterFile(options.config ?? '')
  await renewIssuer({ keys: new KeyFolder(keys), instance, now: Date.now() })
  showDone(terminal, options.json, { keys, instance }, [
    tick(
      terminal,
      terminal.say({ th: `รากลงนามผู้ออกใบรับรองใหม่ใน ${keys}`, en: `the root signed a new issuer in ${keys}` }),
    ),
    nextStep(terminal, {
      th: 'เปิดศูนย์กลางใหม่ แล้วเก็บโฟลเดอร์ offline ไว้นอกเครื่อง',
      en: 'start the center again, and put the folder offline back where it is safe',
    }),
  ])
}

async function runFrom(terminal: Terminal, options: CenterOptions): Promise<void> {
  const [{ readCenterFile }, { serveCenter }] = await Promise.all([
    import('../config/center.ts'),
    import('../run/serve.ts'),
  ])
  const path = options.config ?? ''
  await serveCenter(terminal, path, await readCenterFile(path))
}

async function initialise(terminal: Terminal, options: CenterOptions): Promise<void> {
  const folder = homeOf(options, terminal)
  const file = join(folder, 'center.yaml')
  if (existsSync(file)) {
    throw new Problem(problems.misuse, { detail: { th: `มี ${file} อยู่แล้ว`, en: `${file} is there already` } })
  }
  if (!URL.canParse(options.url) || !options.url.startsWith('https://')) {
    throw new Problem(problems.misuse, {
      detail: { th: '--url ต้องเป็น https://…', en: '--url must be https://…' },
    })
  }
  if (!/^[A-Za-z0-9.-]+$/.test(options.instance)) {
    throw new Problem(problems.misuse, {
      detail: { th: '--instance ต้องเป็นรหัสเช่น TH', en: '--instance must be a code, such as TH' },
    })
  }
  const { checkLoopback } = await import('../config/place.ts')
  checkLoopback('--admin', options.admin)
  const [{ initialiseCenter }, { writeEndpoints }] = await Promise.all([
    import('../run/initialise-center.ts'),
    import('../home/endpoints.ts'),
  ])
  const { rootFingerprint } = await initialiseCenter(folder, options)
  await writeEndpoints(folder, {
    center: options.url,
    centerAdmin: `http://${options.admin}`,
    centerKeys: join(folder, 'keys'),
    rootFingerprint,
    gateways: {},
  })
  showDone(terminal, options.json, { config: file, rootFingerprint }, [
    tick(terminal, terminal.say({ th: `เขียน ${file}`, en: `${file} is written` })),
    tick(
      terminal,
      terminal.say({ th: `ลายนิ้วมือของราก ${rootFingerprint}`, en: `root fingerprint ${rootFingerprint}` }),
    ),
    nextStep(terminal, `sapan center --config ${file}`),
  ])
}
