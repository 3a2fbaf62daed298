import { Problem } from '@sapan/kernel'
import type { Command } from 'commander'
import type { AdminClient } from '../clients/admin.ts'
import { listOfGateways } from '../clients/gateways.ts'
import { gatewayAdmin, type HomeOptions, homeOf, memberIn } from '../clients/home.ts'
import { problems } from '../problems.ts'
import { addExample } from '../terminal/example.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { showDone, showList, showTime } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cell, isRecord, rowsOf } from '../terminal/values.ts'
import { readYamlOrJson } from './service.ts'

interface GrantOptions extends HomeOptions {
  readonly gateway?: string
}

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const gateway = say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' })

  const list = command
    .command('list')
    .description(say({ th: 'สิทธิที่ให้ไว้และที่ได้รับ', en: 'grants that were given, and that are held' }))
    .option('--gateway <name>', gateway)
    .action((options: GrantOptions) => listGrants(terminal, options))
  addExample(list, terminal, 'sapan grant list --gateway DOPA')

  const add = command
    .command('add <file>')
    .description(say({ th: 'ให้สิทธิจากแฟ้ม (YAML หรือ JSON)', en: 'give a grant, from a file (YAML or JSON)' }))
    .option('--gateway <name>', gateway)
    .action((file: string, options: GrantOptions) => addGrant(terminal, file, options))
  addExample(
    add,
    terminal,
    'sapan grant add grant.yaml',
    '',
    'consumer: TH/GOV/RD/efiling',
    'service: TH/GOV/DOPA/population/person-v1',
    'operations:',
    '  getPerson: { fields: [name, address], query: [] }',
    'purpose: tax-assessment',
    'law: { act: { th: ประมวลรัษฎากร, en: Revenue Code }, section: "10" }',
    'rate: { calls: 100, seconds: 1 }',
    'notBefore: 2026-01-01T00:00:00Z',
    'expires: 2027-01-01T00:00:00Z',
    'consent: false',
  )

  const revoke = command
    .command('revoke <hash>')
    .description(say({ th: 'ถอนสิทธิ', en: 'withdraw a grant' }))
    .option('--gateway <name>', gateway)
    .action((hash: string, options: GrantOptions) => revokeGrant(terminal, hash, options))
  addExample(revoke, terminal, 'sapan grant revoke 9f86d081… --gateway DOPA')
}

async function listGrants(terminal: Terminal, options: GrantOptions): Promise<void> {
  const value = await listOfGateways(homeOf(options, terminal), options.gateway, '/v1/grants')
  const { language, say } = terminal
  const rows = [
    ...rowsOf(value, 'issued').map((row) => ({ row, way: say({ th: 'ให้', en: 'given' }) })),
    ...rowsOf(value, 'held').map((row) => ({ row, way: say({ th: 'ได้รับ', en: 'held' }) })),
  ]
  showList(terminal, options.json, value, {
    heading: [
      '',
      say({ th: 'ผู้ขอ', en: 'consumer' }),
      say({ th: 'บริการ', en: 'service' }),
      say({ th: 'วัตถุประสงค์', en: 'purpose' }),
      say({ th: 'กฎหมาย', en: 'law' }),
      say({ th: 'หมดอายุ', en: 'expires' }),
      say({ th: 'รหัส', en: 'hash' }),
    ],
    rows: rows.map(({ way, row }) => {
      const grant = isRecord(row.grant) ? row.grant : row
      const law = isRecord(grant.law) ? grant.law : {}
      return [
        way,
        cell(grant.consumer, language),
        cell(grant.service, language),
        cell(grant.purpose, language),
        `${cell(law.act, language)} ${cell(law.section, language)}`.trim(),
        showTime(terminal, typeof grant.expires === 'string' ? grant.expires : undefined),
        cell(row.hash, language).slice(0, 12),
      ]
    }),
    empty: {
      th: 'ยังไม่มีสิทธิ ให้ด้วย sapan grant add',
      en: 'There is no grant yet. Give one with sapan grant add.',
    },
    next: 'sapan call --as <consumer> <service>/…',
  })
}

async function addGrant(terminal: Terminal, file: string, options: GrantOptions): Promise<void> {
  const grant = await readYamlOrJson(file)
  const service = isRecord(grant) && typeof grant.service === 'string' ? grant.service : undefined
  if (service === undefined) {
    throw new Problem(problems['input-unreadable'], {
      detail: { th: `${file} ไม่ได้ระบุ service`, en: `${file} does not name a service` },
    })
  }
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway ?? memberIn(service))
  const value = await admin.json('POST', '/v1/grants', grant)
  const hash = isRecord(value) ? cell(value.hash, terminal.language) : ''
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `ลงนามและให้สิทธิแล้ว ${hash}`, en: `signed and given: ${hash}` })),
    nextStep(terminal, {
      th: 'ผู้ขอเรียกได้ภายใน 10 วินาที',
      en: 'the consumer can call within 10 seconds',
    }),
  ])
}

async function revokeGrant(terminal: Terminal, hash: string, options: GrantOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const value = await admin.json('DELETE', `/v1/grants/${encodeURIComponent(await wholeHash(admin, hash))}`)
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: 'ถอนสิทธิแล้ว', en: 'the grant is withdrawn' })),
  ])
}

/** The hash that begins as typed, where one grant alone does; else what was typed. */
async function wholeHash(admin: AdminClient, typed: string): Promise<string> {
  const hashes = rowsOf(await admin.json('GET', '/v1/grants'), 'issued').map(({ hash }) => String(hash))
  const [one, ...more] = hashes.filter((hash) => hash.startsWith(typed))
  return one !== undefined && more.length === 0 ? one : typed
}
