import { readFile } from 'node:fs/promises'
import { Problem } from '@sapan/kernel'
import type { Command } from 'commander'
import type { AdminClient } from '../clients/admin.ts'
import { listOfGateways } from '../clients/gateways.ts'
import { gatewayAdmin, type HomeOptions, homeOf, memberIn } from '../clients/home.ts'
import { problems } from '../problems.ts'
import { addExample } from '../terminal/example.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { showDone, showList } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cell, isRecord, rowsOf } from '../terminal/values.ts'

interface CredentialOptions extends HomeOptions {
  readonly gateway?: string
  readonly name?: string
  readonly for?: readonly string[]
  readonly certificate?: string
}

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const gateway = say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' })

  const list = command
    .command('list')
    .description(say({ th: 'ระบบที่เรียกเกตเวย์ได้ และพูดแทนใครได้', en: 'clients, and for whom they may speak' }))
    .option('--gateway <name>', gateway)
    .action((options: CredentialOptions) => listCredentials(terminal, options))
  addExample(list, terminal, 'sapan credential list --gateway RD')

  const add = command
    .command('add <name>')
    .description(say({ th: 'ให้ระบบหนึ่งพูดแทนระบบย่อย', en: 'let a client speak for subsystems' }))
    .requiredOption(
      '--for <subsystem...>',
      say({ th: 'ระบบย่อยที่พูดแทนได้', en: 'the subsystems it may speak for' }),
    )
    .option(
      '--certificate <file>',
      say({
        th: 'ใบรับรอง TLS ของระบบนั้น (PEM)',
        en: "the client's TLS certificate (PEM), in place of a secret",
      }),
    )
    .option('--gateway <name>', gateway)
    .action((name: string, options: CredentialOptions) => addCredential(terminal, name, options))
  addExample(add, terminal, 'sapan credential add efiling-web --for TH/GOV/RD/efiling')

  const remove = command
    .command('remove <id-or-name>')
    .description(say({ th: 'เลิกให้ระบบนั้นพูดแทน', en: 'take a credential back' }))
    .option('--gateway <name>', gateway)
    .action((id: string, options: CredentialOptions) => removeCredential(terminal, id, options))
  addExample(remove, terminal, 'sapan credential remove efiling-web --gateway RD')
}

async function listCredentials(terminal: Terminal, options: CredentialOptions): Promise<void> {
  const value = await listOfGateways(homeOf(options, terminal), options.gateway, '/v1/credentials')
  const { language, say } = terminal
  showList(terminal, options.json, value, {
    heading: [
      say({ th: 'ชื่อ', en: 'name' }),
      say({ th: 'รหัส', en: 'id' }),
      say({ th: 'ชนิด', en: 'kind' }),
      say({ th: 'พูดแทน', en: 'speaks for' }),
    ],
    rows: rowsOf(value, 'credentials').map((row) => [
      cell(row.name, language),
      cell(row.id, language),
      cell(row.kind, language),
      cell(row.subsystems, language),
    ]),
    empty: {
      th: 'ยังไม่มีระบบใด เพิ่มด้วย sapan credential add',
      en: 'No client is known yet. Add one with sapan credential add.',
    },
  })
}

async function addCredential(terminal: Terminal, name: string, options: CredentialOptions): Promise<void> {
  const subsystems = options.for ?? []
  const named = options.gateway ?? (subsystems[0] === undefined ? undefined : memberIn(subsystems[0]))
  const admin = await gatewayAdmin(homeOf(options, terminal), named)
  const value = await admin.json('POST', '/v1/credentials', {
    name,
    subsystems,
    ...(options.certificate === undefined
      ? { kind: 'oauth' }
      : { kind: 'certificate', certificate: await textOf(options.certificate) }),
  })
  const made = isRecord(value) ? value : {}
  const { language, say } = terminal
  const secret = cell(made.secret, language)
  showDone(terminal, options.json, value, [
    tick(
      terminal,
      say({
        th: `${name} พูดแทน ${subsystems.join(', ')} ได้`,
        en: `${name} may speak for ${subsystems.join(', ')}`,
      }),
    ),
    `  client_id      ${cell(made.id, language)}`,
    ...(secret === '' ? [] : [`  client_secret  ${secret}`]),
    ...(secret === ''
      ? []
      : [
          nextStep(terminal, {
            th: 'เก็บ client_secret ไว้ในที่ปลอดภัย จะไม่แสดงอีก แล้วขอโทเคนแบบ OAuth 2 (client_credentials) ที่ /oauth/token ของ edge',
            en: 'keep the client_secret safe: it is not shown again. Ask for a token (OAuth 2, client_credentials) at the edge',
          }),
        ]),
  ])
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new Problem(problems['input-unreadable'], {
      detail: { th: `เปิด ${file} ไม่ได้`, en: `${file} cannot be opened` },
      cause: error,
    })
  }
}

async function removeCredential(terminal: Terminal, id: string, options: CredentialOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const value = await admin.json('DELETE', `/v1/credentials/${encodeURIComponent(await idOf(admin, id))}`)
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `${id} เรียกไม่ได้อีก`, en: `${id} can no longer call` })),
  ])
}

/** The id of the one credential with this id or name. Throws `misuse` where there is none, or more than one. */
async function idOf(admin: AdminClient, typed: string): Promise<string> {
  const known = rowsOf(await admin.json('GET', '/v1/credentials'), 'credentials')
  const [one, ...more] = known.filter(({ id, name }) => id === typed || name === typed)
  if (one !== undefined && more.length === 0) return String(one.id)
  throw new Problem(problems.misuse, {
    detail:
      one === undefined
        ? {
            th: `ไม่มี ${typed} ดูด้วย sapan credential list`,
            en: `there is no ${typed}; see sapan credential list`,
          }
        : { th: `มีหลายรายการชื่อ ${typed} ระบุด้วยรหัส`, en: `several are named ${typed}: give the id of one` },
  })
}
