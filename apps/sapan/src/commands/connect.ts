import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  connectorServer,
  describeMapping,
  type FoundPersonal,
  type KnownTerm,
  type Look,
  lookForPersonal,
  type Mapping,
  type MappingFinding,
  openSource,
  proposeMapping,
  readMapping,
  type Source,
} from '@sapan/connect'
import { counted, maskNationalId, Problem } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import type { Command } from 'commander'
import { type AddressOptions, sourceAddress } from '../clients/source-address.ts'
import { exit } from '../exit.ts'
import { problems } from '../problems.ts'
import { listen } from '../run/listen.ts'
import { untilStopped } from '../run/signals.ts'
import { wholeNumber } from '../terminal/arguments.ts'
import { addExample } from '../terminal/example.ts'
import { EndedWith, failureLines, failureOf } from '../terminal/failure.ts'
import { cross, nextStep, tick } from '../terminal/lines.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { offerService, type ServiceOptions } from './offer-service.ts'

/** How often a running connector looks whether its file changed. */
const LOOK_MS = 2000

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const addressFile = say({
    th: 'แฟ้ม (สิทธิ์ 0600) ที่มีที่อยู่ของฐานข้อมูลหรือบริการ',
    en: 'a file (mode 0600) that holds the address of the database or service',
  })
  const propose = command
    .command('propose <source>')
    .description(
      say({
        th: 'ร่างแฟ้มจับคู่จากแฟ้ม CSV หรือ XLSX โฟลเดอร์ของแฟ้ม หรือตาราง (postgresql:, mysql:, sqlserver: หรือ oracle: ตามด้วยชื่อตาราง) หรือบริการ (rest:คำอธิบาย#การทำงาน, soap:WSDL#การทำงาน)',
        en: 'a mapping file to start from, of a CSV or XLSX file, a folder of them, a table (postgresql:TABLE, mysql:TABLE, sqlserver:TABLE, oracle:TABLE), or a service (rest:DESCRIPTION#OPERATION, soap:WSDL#OPERATION)',
      }),
    )
    .option('--address-file <path>', addressFile)
    .action(async (source: string, options: AddressOptions) => {
      const from = { folder: '.', ...(await addressIn(terminal, options)) }
      terminal.out((await proposeMapping(source, from, knownTerms())).trimEnd())
    })
  addExample(propose, terminal, 'sapan connect propose members.csv')

  const check = command
    .command('check <file>')
    .description(
      say({ th: 'ตรวจแฟ้มจับคู่ และลองอ่านข้อมูลจริง', en: 'check a mapping file, and try it on its data' }),
    )
    .option('--address-file <path>', addressFile)
    .action((file: string, options: CheckOptions) => checkMapping(terminal, file, options))
  addExample(check, terminal, 'sapan connect check members.yaml')

  const describe = command
    .command('describe <file>')
    .description(
      say({
        th: 'คำอธิบายบริการ (OpenAPI) จากแฟ้มจับคู่',
        en: 'the description (OpenAPI) that a mapping makes',
      }),
    )
    .action(async (file: string) => {
      const mapping = await mappingOf(terminal, file)
      terminal.out(JSON.stringify(describeMapping(mapping), null, 2))
    })
  addExample(describe, terminal, 'sapan connect describe members.yaml')

  const run = command
    .command('run <file>')
    .description(
      say({
        th: 'เปิดตัวเชื่อมไว้หลังเกตเวย์ จนกว่าจะสั่งหยุด',
        en: 'serve a mapping behind a gateway, until it is stopped',
      }),
    )
    .option(
      '--port <number>',
      say({ th: 'พอร์ตที่ 127.0.0.1', en: 'the port at 127.0.0.1' }),
      wholeNumber(terminal),
      '8080',
    )
    .option('--address-file <path>', addressFile)
    .option(
      '--subsystem <subsystem>',
      say({ th: 'เปิดบริการในนามระบบย่อยนี้ที่เกตเวย์ด้วย', en: 'also offer it at the gateway, as this subsystem' }),
    )
    .option(
      '--gateway <name>',
      say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' }),
    )
    .action((file: string, options: RunOptions) => runConnector(terminal, file, options))
  addExample(run, terminal, 'sapan connect run members.yaml --port 8080')
}

interface CheckOptions extends AddressOptions {
  readonly json?: boolean
}

interface RunOptions extends AddressOptions, Omit<ServiceOptions, 'url'> {
  readonly port: string
}

async function checkMapping(terminal: Terminal, file: string, options: CheckOptions): Promise<void> {
  const { json } = options
  const { mapping, findings } = readMapping(await textOf(file))
  if (mapping === undefined) {
    if (json) terminal.out(JSON.stringify({ findings }, null, 2))
    else sayFindings(terminal, file, findings)
    throw new EndedWith(exit.refused)
  }
  const source = await sourceOf(terminal, file, mapping, options)
  const look = await source.look().finally(() => source.close())
  const { unmarked, likely } = lookForPersonal(mapping, look.sample, knownTerms())
  const personal = new Set([
    ...mapping.fields.filter((one) => one.subject || one.term !== undefined).map(({ name }) => name),
    ...[...unmarked, ...likely.map(({ name }) => name)],
  ])
  const sample = look.sample
    .slice(0, 3)
    .map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          personal.has(name) ? masked(String(value)) : value,
        ]),
      ),
    )
  if (json) terminal.out(JSON.stringify({ findings, ...look, sample, unmarked, likely }, null, 2))
  else sayChecked(terminal, file, { ...look, sample, unmarked, likely })
  if (unmarked.length > 0) throw new EndedWith(exit.refused)
}

type Checked = Look & FoundPersonal

function sayChecked(terminal: Terminal, file: string, checked: Checked): void {
  const { rows, untried, sample, unindexed, writable, unmarked, likely } = checked
  const { say } = terminal
  const known =
    rows === undefined ? { th: 'อ่านได้', en: 'can be read' } : { th: `${rows} แถว`, en: counted(rows, 'row') }
  const read = untried
    ? {
        th: 'ตรงกับคำอธิบายของบริการ แต่ยังไม่ได้ถามบริการ เพราะคำอธิบายไม่มีตัวอย่างของค่าที่ใช้ค้น',
        en: "fits the service's description; the service was not asked, since the description has no example to ask for",
      }
    : known
  terminal.out(tick(terminal, `${file}: ${say(read)}`))
  for (const row of sample) terminal.out(`  ${JSON.stringify(row)}`)
  for (const name of unindexed)
    terminal.out(
      say({
        th: `! ${name}: ใช้ค้น แต่คอลัมน์ไม่มีดัชนี ตารางใหญ่จะตอบช้า`,
        en: `! ${name}: is searched by, and its column has no index; a large table will answer slowly`,
      }),
    )
  if (writable)
    terminal.out(
      say({
        th: '! ผู้ใช้ของตัวเชื่อมเขียนตารางนี้ได้ด้วย ให้ใช้ผู้ใช้ที่อ่านได้อย่างเดียว',
        en: '! the user of the connector may also write this table; give it one that may only read',
      }),
    )
  for (const { name, term } of likely)
    terminal.out(
      say({
        th: `! ${name}: ดูจากชื่อคอลัมน์ เป็นข้อมูลส่วนบุคคล หากใช่ ให้ใส่ term: ${term}`,
        en: `! ${name}: by its column it is of a person; if so, say term: ${term}`,
      }),
    )
  for (const name of unmarked)
    terminal.out(
      cross(
        terminal,
        say({
          th: `${name}: เป็นเลขประจำตัวประชาชน ให้ใส่ term: person:nationalId และ subject: true`,
          en: `${name}: these are national numbers; say term: person:nationalId and subject: true`,
        }),
      ),
    )
  const next = { th: `เปิดด้วย sapan connect run ${file}`, en: `serve it with sapan connect run ${file}` }
  if (unmarked.length === 0) terminal.note(nextStep(terminal, next))
}

function masked(value: string): string {
  return /^\d{13}$/.test(value) ? maskNationalId(value) : `${[...value].slice(0, 1).join('')}xxx`
}

async function runConnector(terminal: Terminal, file: string, options: RunOptions): Promise<void> {
  const mapping = await mappingOf(terminal, file)
  const tell = (error: unknown) => {
    for (const line of failureLines(terminal, failureOf(terminal, error))) terminal.note(line)
  }
  const source = await sourceOf(terminal, file, mapping, options, tell)
  const server = connectorServer({ mapping, source, onError: tell })
  const listening = await listen(server, `127.0.0.1:${options.port}`, '--port')
  const looking = setInterval(() => void source.refresh().catch(tell), LOOK_MS)
  const url = `http://127.0.0.1:${listening.port}`
  terminal.out(tick(terminal, url))
  try {
    if (options.subsystem !== undefined)
      await offerService(terminal, describeMapping(mapping), { ...options, url })
    await untilStopped()
  } finally {
    clearInterval(looking)
    await listening.close(5000)
    await source.close()
  }
}

/** The mapping of a file; what is wrong with it is said, and the command ended. */
async function mappingOf(terminal: Terminal, file: string): Promise<Mapping> {
  const { mapping, findings } = readMapping(await textOf(file))
  if (mapping !== undefined) return mapping
  sayFindings(terminal, file, findings)
  throw new EndedWith(exit.refused)
}

function sayFindings(terminal: Terminal, file: string, findings: readonly MappingFinding[]): void {
  for (const { line, reason } of findings)
    terminal.out(cross(terminal, `${file}:${line}  ${terminal.say(reason)}`))
}

/** Paths in a mapping are meant from where it lies. */
async function sourceOf(
  terminal: Terminal,
  file: string,
  mapping: Mapping,
  options: AddressOptions,
  onFault?: (problem: Problem) => void,
): Promise<Source> {
  return await openSource(mapping, {
    folder: dirname(file),
    ...(await addressIn(terminal, options)),
    ...(onFault === undefined ? {} : { onFault }),
  })
}

async function addressIn(terminal: Terminal, options: AddressOptions): Promise<{ address?: string }> {
  const address = await sourceAddress(terminal, options)
  return address === undefined ? {} : { address }
}

/** What the country's vocabulary calls things. */
function knownTerms(): readonly KnownTerm[] {
  return [...loadCountry().terms.values()]
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new Problem(problems['input-unreadable'], { detail: { th: file, en: file }, cause })
  }
}
