import { counted } from '@sapan/kernel'
import { type Command, Option } from 'commander'
import { listOfGateways, ofGatewayThatKnows } from '../clients/gateways.ts'
import { gatewayAdmin, type HomeOptions, homeOf } from '../clients/home.ts'
import { asJson } from '../clients/http.ts'
import { exchangeNumber, moment, sideOption, wholeNumber } from '../terminal/arguments.ts'
import { addExample } from '../terminal/example.ts'
import { cross, nextStep, tick } from '../terminal/lines.ts'
import { writeOutput } from '../terminal/output-file.ts'
import { showDone, showList, showTime } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cell, isRecord, queryOf, rowsOf } from '../terminal/values.ts'
import { openOption } from './open-option.ts'

interface EvidenceOptions extends HomeOptions {
  readonly gateway?: string
  readonly client?: string
  readonly service?: string
  readonly outcome?: string
  readonly since?: string
  readonly until?: string
  readonly limit?: string
  readonly member?: string
  readonly side?: string
  readonly out?: string
  readonly law?: string
  readonly open?: string
}

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const gateway = say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' })

  const list = command
    .command('list')
    .description(say({ th: 'การแลกเปลี่ยนที่เกตเวย์บันทึกไว้', en: 'exchanges that a gateway has recorded' }))
    .option('--gateway <name>', gateway)
    .option('--client <subsystem>', say({ th: 'เฉพาะผู้ขอนี้', en: 'only those that it asked' }))
    .option('--service <service>', say({ th: 'เฉพาะบริการนี้', en: 'only those of this service' }))
    .addOption(
      new Option('--outcome <outcome>', say({ th: 'เฉพาะที่จบเช่นนี้', en: 'only those that ended so' })).choices([
        'answered',
        'refused',
        'failed',
      ]),
    )
    .option(
      '--since <time>',
      say({ th: 'ตั้งแต่เวลา (ISO 8601)', en: 'from this time (ISO 8601)' }),
      moment(terminal),
    )
    .option(
      '--until <time>',
      say({ th: 'ถึงเวลา (ISO 8601)', en: 'before this time (ISO 8601)' }),
      moment(terminal),
    )
    .option('--limit <number>', say({ th: 'จำนวนสูงสุด', en: 'at most so many' }), wholeNumber(terminal), '20')
    .action((options: EvidenceOptions) => listExchanges(terminal, options))
  addExample(list, terminal, 'sapan evidence list --gateway RD --limit 5')

  const show = command
    .command('show')
    .argument('<exchange>', '', exchangeNumber(terminal))
    .description(say({ th: 'ทุกสิ่งที่รู้ของการแลกเปลี่ยนหนึ่ง', en: 'everything that is known of one exchange' }))
    .option('--gateway <name>', gateway)
    .option('--member <member>', say({ th: 'ของสมาชิกนี้', en: 'as this member keeps it' }))
    .addOption(sideOption(terminal))
    .addOption(openOption(terminal))
    .action((exchange: string, options: EvidenceOptions) => showExchange(terminal, exchange, options))
  addExample(show, terminal, 'sapan evidence show 0199c1a2-5b1e-7cc3-98c4-dc0c0c07398f --gateway RD')

  const exported = command
    .command('export')
    .argument('<exchange>', '', exchangeNumber(terminal))
    .description(say({ th: 'ส่งออกเป็นแฟ้มหลักฐาน (ASiC-E)', en: 'write the evidence file (ASiC-E)' }))
    .option('--gateway <name>', gateway)
    .option('--member <member>', say({ th: 'ของสมาชิกนี้', en: 'as this member keeps it' }))
    .addOption(sideOption(terminal))
    .addOption(openOption(terminal))
    .option('-o, --out <file>', say({ th: 'แฟ้มปลายทาง', en: 'the file to write' }))
    .action((exchange: string, options: EvidenceOptions) => exportExchange(terminal, exchange, options))
  addExample(
    exported,
    terminal,
    'sapan evidence export 0199c1a2-5b1e-7cc3-98c4-dc0c0c07398f --gateway RD -o out.asice',
  )

  const reconcile = command
    .command('reconcile')
    .description(say({ th: 'สะสางการแลกเปลี่ยนที่มีหลักฐานข้างเดียว', en: 'settle now what a crash left one-sided' }))
    .option('--gateway <name>', gateway)
    .action((options: EvidenceOptions) => reconcileExchanges(terminal, options))
  addExample(reconcile, terminal, 'sapan evidence reconcile --gateway RD')

  const archive = command
    .command('archive')
    .description(
      say({
        th: 'ย้ายเนื้อหาที่เก่าพอเข้าคลังเดี๋ยวนี้ และบอกว่าคลังเป็นอย่างไร',
        en: 'put what is old enough into the archive now, and tell how that stands',
      }),
    )
    .option('--gateway <name>', gateway)
    .action((options: EvidenceOptions) => archiveContents(terminal, options))
  addExample(archive, terminal, 'sapan evidence archive --gateway RD')

  const erase = command
    .command('erase')
    .argument('<exchange>', '', exchangeNumber(terminal))
    .description(
      say({
        th: 'ลบเนื้อหาตามกฎหมาย หลักฐานยังพิสูจน์ได้',
        en: 'erase what was said, by law; that it was said stays provable',
      }),
    )
    .requiredOption('--law <law>', say({ th: 'กฎหมายที่ให้ลบ', en: 'the law that requires it' }))
    .option('--gateway <name>', gateway)
    .option('--member <member>', say({ th: 'ของสมาชิกนี้', en: 'as this member keeps it' }))
    .addOption(sideOption(terminal))
    .action((exchange: string, options: EvidenceOptions) => eraseExchange(terminal, exchange, options))
  addExample(
    erase,
    terminal,
    'sapan evidence erase 0199c1a2-5b1e-7cc3-98c4-dc0c0c07398f --gateway RD --law "PDPA s. 33"',
  )
}

async function reconcileExchanges(terminal: Terminal, options: EvidenceOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const value = await admin.json('POST', '/v1/reconcile')
  const settled = rowsOf(value, 'settled').length
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `สะสางแล้ว ${settled} รายการ`, en: `${settled} settled` })),
  ])
}

async function archiveContents(terminal: Terminal, options: EvidenceOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const value = await admin.json('POST', '/v1/archive')
  const { place, records, segments, bytes, behind, restored } = isRecord(value) ? value : {}
  const waiting = Array.isArray(restored) ? restored.map(String) : []
  const mebibytes = Math.ceil(Number(bytes) / 2 ** 20)
  const { language, say } = terminal
  const where = cell(place, language)
  showDone(terminal, options.json, value, [
    tick(
      terminal,
      say({
        th: `${where} มี ${Number(records)} ข้อความ ใน ${Number(segments)} ไฟล์ ${mebibytes} MiB`,
        en: `${where} has ${counted(Number(records), 'message')} in ${counted(Number(segments), 'file')}, ${mebibytes} MiB`,
      }),
    ),
    ...(waiting.length > 0 ? restoredLines(terminal, waiting) : []),
    ...(waiting.length === 0 && Number(behind) > 0 ? [nextStep(terminal, 'sapan evidence archive')] : []),
  ])
}

/** Nothing was moved, and why. */
function restoredLines(terminal: Terminal, members: readonly string[]): string[] {
  const names = members.join(', ')
  return [
    cross(
      terminal,
      terminal.say({
        th: `ยังไม่แตะต้องคลัง: ล็อกหลักฐานของ ${names} กู้คืนจากแฟ้มสำรอง`,
        en: `the archive was left alone: the log of ${names} came out of a backup`,
      }),
    ),
    ...members.map((member) => nextStep(terminal, `sapan gateway recover --member ${member}`)),
  ]
}

async function eraseExchange(terminal: Terminal, exchange: string, options: EvidenceOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const { law, member, side } = options
  const order = { law, ...(member === undefined ? {} : { member }), ...(side === undefined ? {} : { side }) }
  const value = await admin.json('POST', `/v1/evidence/${encodeURIComponent(exchange)}/erase`, order)
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: 'ลบเนื้อหาแล้ว', en: 'what was said is erased' })),
    nextStep(terminal, 'sapan audit'),
  ])
}

async function listExchanges(terminal: Terminal, options: EvidenceOptions): Promise<void> {
  const { client, service, outcome, since, until, limit, member } = options
  const path = `/v1/evidence${queryOf({ client, service, outcome, since, until, limit, member })}`
  const answered = await listOfGateways(homeOf(options, terminal), options.gateway, path)
  const value = newest(answered, Number(limit))
  const { language, say } = terminal
  showList(terminal, options.json, value, {
    heading: [
      say({ th: 'เวลา', en: 'time' }),
      say({ th: 'การแลกเปลี่ยน', en: 'exchange' }),
      say({ th: 'ผู้ขอ', en: 'client' }),
      say({ th: 'บริการ', en: 'service' }),
      say({ th: 'วัตถุประสงค์', en: 'purpose' }),
      say({ th: 'สถานะ', en: 'state' }),
    ],
    rows: rowsOf(value, 'exchanges').map((row) => [
      showTime(terminal, timeIn(row.at)),
      cell(row.exchange, language),
      cell(row.client, language),
      `${cell(row.service, language)} ${cell(row.operation, language)}`.trim(),
      cell(row.purpose, language),
      `${cell(row.state, language)} ${cell(row.status, language)}`.trim(),
    ]),
    empty: {
      th: 'ยังไม่มีการแลกเปลี่ยนที่ตรงกับที่ถาม ลองเรียกด้วย sapan call',
      en: 'No exchange fits yet. Make one with sapan call.',
    },
    next: 'sapan evidence show <exchange>',
  })
}

/** The lists of several gateways, one behind the other, as one list: so many, newest first. */
function newest(value: unknown, limit: number): unknown {
  const rows = rowsOf(value, 'exchanges').toSorted((a, b) => (String(a.at) < String(b.at) ? 1 : -1))
  return { ...(isRecord(value) ? value : {}), exchanges: rows.slice(0, limit) }
}

function timeIn(value: unknown): string | number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

async function showExchange(terminal: Terminal, exchange: string, options: EvidenceOptions): Promise<void> {
  const { member, side, open } = options
  const path = `/v1/evidence/${encodeURIComponent(exchange)}`
  const value = await ofGatewayThatKnows(homeOf(options, terminal), options.gateway, (admin) =>
    open === undefined
      ? admin.json('GET', path + queryOf({ member, side }))
      : admin.json('POST', `${path}/opening`, { reason: open, member, side }),
  )
  if (options.json) return terminal.out(JSON.stringify(value, null, 2))
  for (const line of linesOf(terminal, value, '')) terminal.out(line)
  terminal.note(nextStep(terminal, `sapan evidence export ${exchange} -o ${exchange}.asice`))
}

/** A value as indented `name: value` lines; long binary texts are cut. */
function linesOf(terminal: Terminal, value: unknown, indent: string): string[] {
  if (!isRecord(value)) return [`${indent}${cell(value, terminal.language)}`]
  return Object.entries(value).flatMap(([name, item]) => {
    if (item === null || item === undefined || item === '') return []
    if (Array.isArray(item) && item.some(isRecord)) {
      return [`${indent}${name}:`, ...item.flatMap((one) => [...linesOf(terminal, one, `${indent}  `), ''])]
    }
    if (isRecord(item) && typeof item.th !== 'string') {
      return [`${indent}${name}:`, ...linesOf(terminal, item, `${indent}  `)]
    }
    const text = cell(item, terminal.language)
    return [`${indent}${name}: ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`]
  })
}

async function exportExchange(terminal: Terminal, exchange: string, options: EvidenceOptions): Promise<void> {
  const { member, side, open, out = `${exchange}.asice` } = options
  const path = `/v1/evidence/${encodeURIComponent(exchange)}/export`
  const { headers, body } = await ofGatewayThatKnows(homeOf(options, terminal), options.gateway, (admin) =>
    open === undefined
      ? admin.raw('GET', path + queryOf({ member, side }))
      : admin.raw('POST', path, asJson({ reason: open, member, side })),
  )
  await writeOutput(out, body)
  const pending = headers['sapan-pending']
  showDone(terminal, options.json, { file: out, bytes: body.length, pending: pending ?? null }, [
    tick(terminal, terminal.say({ th: `เก็บหลักฐานไว้ที่ ${out}`, en: `evidence kept in ${out}` })),
    ...(pending ? [`  ${terminal.say({ th: 'ยังรอ', en: 'still pending' })}: ${String(pending)}`] : []),
    nextStep(terminal, `sapan verify ${out}`),
  ])
}
