import type { Command } from 'commander'
import { gatewayAdmin, type HomeOptions, homeOf } from '../clients/home.ts'
import { readEndpoints } from '../home/endpoints.ts'
import { addExample } from '../terminal/example.ts'
import { cross, tick } from '../terminal/lines.ts'
import { showTime } from '../terminal/report.ts'
import { table } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cell, isRecord, rowsOf } from '../terminal/values.ts'

interface DirectoryOptions extends HomeOptions {
  readonly gateway?: string
  readonly refresh?: boolean
}

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  command
    .option(
      '--gateway <name>',
      say({ th: 'ตามที่เกตเวย์นี้ถืออยู่', en: 'as this gateway holds it: its short name, or a member' }),
    )
    .option(
      '--refresh',
      say({
        th: 'ให้เกตเวย์ถามศูนย์กลางเดี๋ยวนี้ก่อน',
        en: 'have the gateway ask the center now, before it is shown',
      }),
    )
    .action((options: DirectoryOptions) => showDirectory(terminal, options))
  addExample(command, terminal, 'sapan directory --gateway DOPA')
}

/** Without a gateway named, the first of the home: all of them hold the same signed document. */
async function showDirectory(terminal: Terminal, options: DirectoryOptions): Promise<void> {
  const home = homeOf(options, terminal)
  const named = options.gateway ?? Object.keys((await readEndpoints(home)).gateways)[0]
  const admin = await gatewayAdmin(home, named)
  if (options.refresh) await admin.json('POST', '/v1/directory/refresh')
  const value = await admin.json('GET', '/v1/directory')
  if (options.json) return terminal.out(JSON.stringify(value, null, 2))
  const directory = isRecord(value) && isRecord(value.directory) ? value.directory : value
  if (isRecord(directory)) for (const line of directoryLines(terminal, directory)) terminal.out(line)
  const grade = isRecord(value) && isRecord(value.standing) ? value.standing.grade : undefined
  if (typeof grade === 'string' && grade !== 'fresh') {
    terminal.note(
      cross(
        terminal,
        terminal.say({
          th: `ศูนย์กลางยังไม่ได้ยืนยันสารบบนี้ตามเวลา (${grade})`,
          en: `the center has not confirmed it in time (${grade})`,
        }),
      ),
    )
  }
}

function directoryLines(terminal: Terminal, directory: Readonly<Record<string, unknown>>): string[] {
  const { language, say } = terminal
  const until = showTime(terminal, String(directory.validUntil))
  const version = cell(directory.version, language)
  return [
    tick(
      terminal,
      say({ th: `รุ่น ${version} ใช้ได้ถึง ${until}`, en: `version ${version}, good until ${until}` }),
    ),
    '',
    ...table(
      [
        say({ th: 'สมาชิก', en: 'member' }),
        say({ th: 'ชื่อ', en: 'name' }),
        say({ th: 'ระบบย่อย', en: 'subsystems' }),
      ],
      rowsOf(directory, 'members').map((row) => [
        cell(row.id, language),
        cell(row.name, language),
        rowsOf(row, 'subsystems')
          .map(({ code }) => cell(code, language))
          .join(', '),
      ]),
    ),
    '',
    ...table(
      [say({ th: 'บริการ', en: 'service' }), say({ th: 'ชื่อ', en: 'title' })],
      rowsOf(directory, 'services').map((row) => [cell(row.id, language), cell(row.title, language)]),
    ),
    '',
    ...table(
      [say({ th: 'เกตเวย์', en: 'gateway' }), say({ th: 'ที่อยู่', en: 'address' })],
      rowsOf(directory, 'gateways').map((row) => [cell(row.id, language), cell(row.peer, language)]),
    ),
  ]
}
