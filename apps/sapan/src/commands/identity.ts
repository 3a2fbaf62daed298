import type { ImportedClient, ImportReport } from '@sapan/identity'
import type { Command } from 'commander'
import { exit } from '../exit.ts'
import type { House } from '../identity/house.ts'
import { addressOf } from '../terminal/arguments.ts'
import { addExample } from '../terminal/example.ts'
import { EndedWith } from '../terminal/failure.ts'
import { cross, nextStep, tick } from '../terminal/lines.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { configFile, configFileOrHome, type OperatorOptions, operatorFile } from './config-file.ts'

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const run = command
    .command('run', { isDefault: true })
    .description(
      say({
        th: 'เปิดผู้ให้บริการยืนยันตัวตน (OpenID) จากแฟ้มตั้งค่า',
        en: 'run the issuer (OpenID provider) from its configuration',
      }),
    )
    .addOption(configFile(terminal))
    .action(({ config }: { readonly config: string }) => runFrom(terminal, config))
  addExample(run, terminal, 'sapan identity --config identity.yaml')

  const officers = command
    .command('officers')
    .argument('<file>', say({ th: 'แฟ้มเจ้าหน้าที่ (CSV หรือ JSON)', en: 'a file of officers (CSV or JSON)' }))
    .description(
      say({
        th: 'นำเจ้าหน้าที่ของหน่วยงานเข้าระบบ เช่น ผู้ดูแลคนแรก',
        en: "bring an agency's officers in, such as its first administrator",
      }),
    )
    .requiredOption(
      '--agency <member>',
      say({ th: 'หน่วยงาน', en: 'the agency' }),
      addressOf(3, 'TH/GOV/DLT', terminal),
    )
    .addOption(configFileOrHome(terminal))
    .action((file: string, options: OperatorOptions & { readonly agency: string }) =>
      bringOfficers(terminal, file, options),
    )
  addExample(officers, terminal, 'sapan identity officers first.csv --agency TH/GOV/DLT')

  const clients = command
    .command('clients')
    .argument('<file>', say({ th: 'แฟ้มระบบที่เชื่อมต่อ (YAML)', en: 'a file of clients (YAML)' }))
    .description(
      say({
        th: 'ลงทะเบียนระบบของหน่วยงานที่ใช้ Digital ID',
        en: 'register the systems of agencies that sign people in',
      }),
    )
    .addOption(configFileOrHome(terminal))
    .action((file: string, options: OperatorOptions) => registerClients(terminal, file, options))
  addExample(clients, terminal, 'sapan identity clients clients.yaml')

  const jobs = command
    .command('jobs')
    .description(
      say({
        th: 'งานเบื้องหลังที่เลิกทำหรือค้าง',
        en: 'work behind the pages that was given up, or waits too long',
      }),
    )
    .option('--revive', say({ th: 'ให้ลองสิ่งที่เลิกทำใหม่ตั้งแต่ต้น', en: 'try what was given up once more' }))
    .addOption(configFileOrHome(terminal))
    .action((options: OperatorOptions & { readonly revive?: boolean }) => lookAtWork(terminal, options))
  addExample(jobs, terminal, 'sapan identity jobs --revive')
}

async function runFrom(terminal: Terminal, path: string): Promise<void> {
  const [{ readIdentityFile }, { serveIssuer }] = await Promise.all([
    import('../config/identity.ts'),
    import('../run/serve-identity.ts'),
  ])
  await serveIssuer(terminal, path, await readIdentityFile(path))
}

/** Does something at the operator's own machine, in place of a page of the desk. */
async function atOperator<T>(
  terminal: Terminal,
  options: OperatorOptions,
  work: (house: House) => Promise<T>,
): Promise<T> {
  const [{ readIdentityFile }, { withOperator }] = await Promise.all([
    import('../config/identity.ts'),
    import('../run/serve-identity.ts'),
  ])
  return await withOperator(
    terminal,
    { ...(await readIdentityFile(operatorFile(options, terminal))), logLevel: 'error' },
    'identity',
    work,
  )
}

async function lookAtWork(
  terminal: Terminal,
  options: OperatorOptions & { readonly revive?: boolean },
): Promise<void> {
  const { createJobs, lookAtJobs } = await import('@sapan/kernel')
  const { showDone } = await import('../terminal/report.ts')
  await atOperator(terminal, options, async ({ ground: { pool, log, clock, country } }) => {
    const jobs = await createJobs({ pool, log, zone: country.identity.mandates.timeZone })
    try {
      const given = options.revive ? await jobs.dead.list(1000) : []
      const revived = await jobs.dead.revive(given.map(({ id }) => id))
      const state = await lookAtJobs(pool, clock())
      const { say } = terminal
      showDone(terminal, options.json, { ...state, revived }, [
        ...state.dead.map(({ queue, count, error = '' }) =>
          cross(terminal, `${queue}: ${count} ${say({ th: 'เลิกทำ', en: 'given up' })} ${error}`),
        ),
        ...state.waiting.map(({ queue, count, oldestMillis }) => {
          const wait = say({ th: 'รอ นานสุด (วินาที)', en: 'wait, the oldest for seconds' })
          return `${queue}: ${count} ${wait} ${Math.floor(oldestMillis / 1000)}`
        }),
        tick(terminal, `${say({ th: 'ให้ลองใหม่', en: 'revived' })}: ${revived}`),
      ])
    } finally {
      await jobs.stop()
    }
  })
}

async function bringOfficers(
  terminal: Terminal,
  file: string,
  options: OperatorOptions & { readonly agency: string },
): Promise<void> {
  const { agency, json } = options
  const { readInput } = await import('../documents/files.ts')
  const content = await readInput(file)
  const report = await atOperator(terminal, options, ({ rooms }) =>
    rooms.officers.import({ operator: 'sapan identity', agency }, content),
  )
  if (json) terminal.out(JSON.stringify(report, null, 2))
  else showOfficers(terminal, report)
  if (!report.applied) throw new EndedWith(exit.refused)
}

function showOfficers(terminal: Terminal, { applied, counts, lines, refused }: ImportReport): void {
  const { say } = terminal
  for (const { line, faults } of lines)
    for (const { field, text } of faults) terminal.note(cross(terminal, `${line} ${field}: ${say(text)}`))
  if (refused) terminal.note(cross(terminal, say(refused)))
  const { added, changed, left } = counts
  const sum = {
    th: `เพิ่ม ${added} แก้ไข ${changed} คงเดิม ${left}`,
    en: `added ${added}, changed ${changed}, left ${left}`,
  }
  const nothing = {
    th: 'ยังไม่ได้นำใครเข้า แก้ไฟล์แล้วลองอีกครั้ง',
    en: 'nobody was brought in: mend the file, then try again',
  }
  if (applied) {
    terminal.out(tick(terminal, say(sum)))
    const next = { th: 'ให้เจ้าหน้าที่เข้าสู่ระบบที่โต๊ะทำงาน', en: 'the officers sign in at the desk' }
    terminal.note(nextStep(terminal, next))
  } else terminal.note(nextStep(terminal, nothing))
}

async function registerClients(terminal: Terminal, file: string, options: OperatorOptions): Promise<void> {
  const [{ readInput }, { importClients, knownToClients }] = await Promise.all([
    import('../documents/files.ts'),
    import('@sapan/identity'),
  ])
  const text = (await readInput(file)).toString('utf8')
  const done = await atOperator(terminal, options, ({ rooms, ground: { country } }) =>
    importClients(rooms.clients, text, {
      by: 'file',
      known: knownToClients(country.identity, (id) => country.members.some((member) => member.id === id)),
    }),
  )
  if (options.json) terminal.out(JSON.stringify({ clients: done }, null, 2))
  else for (const client of done) showClient(terminal, client)
}

function showClient(terminal: Terminal, { id, outcome, secret }: ImportedClient): void {
  const words = {
    registered: { th: 'ลงทะเบียนแล้ว', en: 'registered' },
    changed: { th: 'แก้ไขแล้ว', en: 'changed' },
    same: { th: 'เหมือนเดิม', en: 'as it was' },
  } as const
  terminal.out(tick(terminal, `${id}: ${terminal.say(words[outcome])}`))
  if (secret === undefined) return
  const once = { th: 'รหัสลับ แสดงครั้งเดียว', en: 'its secret, shown this once' }
  terminal.out(`  ${terminal.say(once)}: ${secret}`)
}
