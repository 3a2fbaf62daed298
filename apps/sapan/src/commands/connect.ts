import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import {
  CsvFile,
  connectorServer,
  describeMapping,
  lookForPersonal,
  type Mapping,
  type MappingFinding,
  readMapping,
} from '@sapan/connect'
import { counted, maskNationalId, Problem } from '@sapan/kernel'
import type { Command } from 'commander'
import { exit } from '../exit.ts'
import { problems } from '../problems.ts'
import { listen } from '../run/listen.ts'
import { untilStopped } from '../run/signals.ts'
import { wholeNumber } from '../terminal/arguments.ts'
import { addExample } from '../terminal/example.ts'
import { EndedWith, failureLines, failureOf } from '../terminal/failure.ts'
import { cross, nextStep, tick } from '../terminal/lines.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** How often a running connector looks whether its file changed. */
const LOOK_MS = 2000

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const check = command
    .command('check <file>')
    .description(
      say({ th: 'ตรวจแฟ้มจับคู่ และลองอ่านข้อมูลจริง', en: 'check a mapping file, and try it on its data' }),
    )
    .action((file: string, options: { json?: boolean }) => checkMapping(terminal, file, options.json))
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
    .action((file: string, options: { port: string }) => runConnector(terminal, file, options.port))
  addExample(run, terminal, 'sapan connect run members.yaml --port 8080')
}

async function checkMapping(terminal: Terminal, file: string, json: boolean | undefined): Promise<void> {
  const { mapping, findings } = readMapping(await textOf(file))
  if (mapping === undefined) {
    if (json) terminal.out(JSON.stringify({ findings }, null, 2))
    else sayFindings(terminal, file, findings)
    throw new EndedWith(exit.refused)
  }
  const { table } = await CsvFile.open(sourceOf(file, mapping), mapping)
  const unmarked = lookForPersonal(mapping, table)
  const personal = new Set(
    mapping.fields.filter((one) => one.subject || one.term !== undefined).map(({ name }) => name),
  )
  const sample = table
    .first(3)
    .map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          personal.has(name) || unmarked.includes(name) ? masked(String(value)) : value,
        ]),
      ),
    )
  const { columns, rows } = table
  if (json) terminal.out(JSON.stringify({ findings, rows, columns, sample, unmarked }, null, 2))
  else sayChecked(terminal, file, { rows, sample, unmarked })
  if (unmarked.length > 0) throw new EndedWith(exit.refused)
}

interface Checked {
  readonly rows: number
  readonly sample: readonly Readonly<Record<string, unknown>>[]
  readonly unmarked: readonly string[]
}

function sayChecked(terminal: Terminal, file: string, { rows, sample, unmarked }: Checked): void {
  const { say } = terminal
  terminal.out(tick(terminal, say({ th: `${file}: ${rows} แถว`, en: `${file}: ${counted(rows, 'row')}` })))
  for (const row of sample) terminal.out(`  ${JSON.stringify(row)}`)
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

async function runConnector(terminal: Terminal, file: string, port: string): Promise<void> {
  const mapping = await mappingOf(terminal, file)
  const tell = (problem: Problem) => {
    for (const line of failureLines(terminal, failureOf(terminal, problem))) terminal.note(line)
  }
  const csv = await CsvFile.open(sourceOf(file, mapping), mapping, tell)
  const server = connectorServer({
    mapping,
    table: () => csv.table,
    onError: () => terminal.note(cross(terminal, terminal.say({ th: 'ตอบไม่ได้', en: 'an answer failed' }))),
  })
  const listening = await listen(server, `127.0.0.1:${port}`, '--port')
  const looking = setInterval(() => void csv.refresh(), LOOK_MS)
  terminal.out(tick(terminal, `http://127.0.0.1:${listening.port}`))
  await untilStopped()
  clearInterval(looking)
  await listening.close(5000)
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

/** A source's path is meant from where the mapping lies. */
function sourceOf(file: string, { source }: Mapping): string {
  return resolve(dirname(file), source.csv)
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new Problem(problems['input-unreadable'], { detail: { th: file, en: file }, cause })
  }
}
