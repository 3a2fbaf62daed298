import { type Command, Option } from 'commander'
import { listOfGateways } from '../clients/gateways.ts'
import { centerAdmin, gatewayAdmin, type HomeOptions, homeOf } from '../clients/home.ts'
import { addExample } from '../terminal/example.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { showDone, showList, showTime } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cell, isRecord, rowsOf } from '../terminal/values.ts'

interface CertOptions extends HomeOptions {
  readonly gateway?: string
  readonly center?: boolean
  readonly reason?: string
}

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const gateway = say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' })

  const list = command
    .command('list')
    .description(say({ th: 'ใบรับรองและวันหมดอายุ', en: 'certificates, and how long they are good' }))
    .option('--gateway <name>', gateway)
    .option('--center', say({ th: 'ทุกใบที่ศูนย์กลางออก', en: 'every one that the center issued' }))
    .action((options: CertOptions) => listCertificates(terminal, options))
  addExample(list, terminal, 'sapan cert list --gateway DOPA')

  const renew = command
    .command('renew')
    .description(say({ th: 'ต่ออายุเดี๋ยวนี้ (ปกติต่อเอง)', en: 'renew now (they renew by themselves)' }))
    .option('--gateway <name>', gateway)
    .action((options: CertOptions) => renewCertificates(terminal, options))
  addExample(renew, terminal, 'sapan cert renew --gateway DOPA')

  const revoke = command
    .command('revoke <fingerprint>')
    .description(say({ th: 'เพิกถอน (ผู้ดูแลศูนย์กลาง)', en: 'revoke one (the center’s operator)' }))
    .addOption(
      new Option('--reason <reason>', say({ th: 'เหตุผล', en: 'why' }))
        .choices([
          'unspecified',
          'key-compromise',
          'affiliation-changed',
          'superseded',
          'cessation-of-operation',
        ])
        .default('unspecified'),
    )
    .action((fingerprint: string, options: CertOptions) => revokeCertificate(terminal, fingerprint, options))
  addExample(revoke, terminal, 'sapan cert revoke 3b7c… --reason key-compromise')
}

async function listCertificates(terminal: Terminal, options: CertOptions): Promise<void> {
  const home = homeOf(options, terminal)
  const value = options.center
    ? await (await centerAdmin(home)).json('GET', '/v1/certificates')
    : await listOfGateways(home, options.gateway, '/v1/certificates')
  const { language, say } = terminal
  showList(terminal, options.json, value, {
    heading: [
      say({ th: 'ใช้เพื่อ', en: 'use' }),
      say({ th: 'ผู้ถือ', en: 'holder' }),
      say({ th: 'หมดอายุ', en: 'good until' }),
      say({ th: 'เหลือ (วัน)', en: 'days left' }),
      say({ th: 'เพิกถอน', en: 'revoked' }),
      say({ th: 'ลายนิ้วมือ', en: 'fingerprint' }),
    ],
    rows: rowsOf(value, 'certificates').map((row) => [
      cell(row.use, language),
      cell(row.holder ?? row.member ?? row.gateway, language),
      showTime(terminal, timeIn(row.notAfter)),
      daysUntil(timeIn(row.notAfter)),
      isRecord(row.revoked) ? showTime(terminal, timeIn(row.revoked.at)) : '',
      cell(row.fingerprint, language),
    ]),
    empty: { th: 'ยังไม่มีใบรับรอง', en: 'There is no certificate yet.' },
  })
}

function timeIn(value: unknown): string | number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

function daysUntil(at: string | number | undefined): string {
  return at === undefined ? '' : String(Math.floor((new Date(at).getTime() - Date.now()) / 86_400_000))
}

async function renewCertificates(terminal: Terminal, options: CertOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const value = await admin.json('POST', '/v1/certificates/renew', {})
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: 'ต่ออายุแล้ว', en: 'renewed' })),
    nextStep(terminal, 'sapan cert list'),
  ])
}

async function revokeCertificate(
  terminal: Terminal,
  fingerprint: string,
  options: CertOptions,
): Promise<void> {
  const admin = await centerAdmin(homeOf(options, terminal))
  const path = `/v1/certificates/${encodeURIComponent(fingerprint)}/revoke`
  const value = await admin.json('POST', path, { reason: options.reason })
  showDone(terminal, options.json, value, [
    tick(
      terminal,
      terminal.say({
        th: 'เพิกถอนแล้ว เกตเวย์ทุกแห่งที่ติดต่อศูนย์กลางได้จะรู้ภายใน 60 วินาที',
        en: 'revoked: every gateway that reaches the center knows within 60 seconds',
      }),
    ),
  ])
}
