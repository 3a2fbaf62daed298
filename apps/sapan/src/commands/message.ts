import { readFile } from 'node:fs/promises'
import { type Language, Problem } from '@sapan/kernel'
import type { Command } from 'commander'
import { listOfGateways } from '../clients/gateways.ts'
import { gatewayAdmin, type HomeOptions, homeOf } from '../clients/home.ts'
import { problems } from '../problems.ts'
import { addExample } from '../terminal/example.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { writeOutput } from '../terminal/output-file.ts'
import { showDone, showList, showTime } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cell, isRecord, rowsOf } from '../terminal/values.ts'
import { openOption } from './open-option.ts'

interface MessageOptions extends HomeOptions {
  readonly gateway?: string
  readonly state?: string
  readonly received?: boolean
  readonly after?: string
  readonly body?: string
  readonly open?: string
}

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const gateway = say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' })

  const list = command
    .command('list')
    .description(say({ th: 'ข้อความรอส่ง และข้อความที่มาถึง', en: 'messages that wait, and those that came' }))
    .option(
      '--state <state>',
      say({ th: 'เฉพาะสถานะนี้ เช่น dead', en: 'only those in this state, such as dead' }),
    )
    .option(
      '--received',
      say({ th: 'ข้อความที่มาถึง แทนที่ส่งออก', en: 'those that came, not those that were sent' }),
    )
    .option('--after <number>', say({ th: 'ต่อจากเลขนี้', en: 'those after this number' }))
    .option('--gateway <name>', gateway)
    .action((options: MessageOptions) => listMessages(terminal, options))
  addExample(list, terminal, 'sapan message list --state dead')

  const show = command
    .command('show <number>')
    .description(
      say({ th: 'สถานะ เหตุผล และใบรับของข้อความ', en: 'where a message stands, why, and its receipts' }),
    )
    .addOption(openOption(terminal))
    .option(
      '--body <file>',
      say({ th: 'เขียนเนื้อหาลงแฟ้มนี้ ต้องมี --open', en: 'with --open: write what it says into this file' }),
    )
    .option('--gateway <name>', gateway)
    .action((number: string, options: MessageOptions) => {
      if (options.body !== undefined && options.open === undefined)
        show.error(say({ th: '--body ต้องมี --open <เหตุผล> ด้วย', en: '--body needs --open <reason>' }))
      return showMessage(terminal, number, options)
    })
  addExample(
    show,
    terminal,
    'sapan message show 17 --gateway RD',
    'sapan message show 17 --gateway RD --open "Complaint 66/2569" --body letter.json',
  )

  const resend = command
    .command('resend <number>')
    .description(say({ th: 'ส่งข้อความที่ส่งไม่สำเร็จอีกครั้ง', en: 'send a dead letter again, mended or as it was' }))
    .option('--body <file>', say({ th: 'เนื้อหาที่แก้แล้ว', en: 'the mended body' }))
    .option('--gateway <name>', gateway)
    .action((number: string, options: MessageOptions) => resendMessage(terminal, number, options))
  addExample(resend, terminal, 'sapan message resend 17 --gateway RD --body letter.json')

  const drop = command
    .command('drop <number>')
    .description(say({ th: 'ทิ้งข้อความที่ส่งไม่สำเร็จ', en: 'give up a dead letter, body and all' }))
    .option('--gateway <name>', gateway)
    .action((number: string, options: MessageOptions) => dropMessage(terminal, number, options))
  addExample(drop, terminal, 'sapan message drop 17 --gateway RD')

  const followed = command
    .command('followed')
    .description(
      say({
        th: 'ข่าวที่เกตเวย์อ่านให้ระบบของสมาชิก อ่านถึงไหน และเหตุที่หยุด',
        en: 'topics that are read for own systems: how far, and why one does not go on',
      }),
    )
    .option('--gateway <name>', gateway)
    .action((options: MessageOptions) => listFollowed(terminal, options))
  addExample(followed, terminal, 'sapan message followed --gateway RD')
}

async function listMessages(terminal: Terminal, options: MessageOptions): Promise<void> {
  const query = new URLSearchParams({
    ...(options.state === undefined ? {} : { state: options.state }),
    ...(options.after === undefined ? {} : { after: options.after }),
  })
  const path = `${options.received ? '/v1/messages-received' : '/v1/messages'}?${query}`
  const value = await listOfGateways(homeOf(options, terminal), options.gateway, path)
  const { language, say } = terminal
  const rows = rowsOf(value, 'messages')
  const several = rows.some((row) => row.gateway !== undefined)
  showList(terminal, options.json, value, {
    heading: [
      ...(several ? [say({ th: 'เกตเวย์', en: 'gateway' })] : []),
      say({ th: 'เลข', en: 'number' }),
      say({ th: 'สถานะ', en: 'state' }),
      say({ th: 'จาก', en: 'from' }),
      say({ th: 'ถึง', en: 'to' }),
      say({ th: 'เมื่อ', en: 'at' }),
      say({ th: 'เหตุผล', en: 'why' }),
    ],
    rows: rows.map((row) => [
      ...(several ? [cell(row.gateway, language)] : []),
      cell(row.number, language),
      cell(row.state, language),
      cell(row.client, language),
      `${cell(row.service, language)} ${cell(row.operation, language)}`,
      showTime(terminal, String(row.queuedAt ?? row.deliveredAt)),
      why(row, language),
    ]),
    empty: { th: 'ไม่มีข้อความ', en: 'There are no such messages.' },
    next: say({ th: 'ดูข้อความ: sapan message show <เลข>', en: 'see one: sapan message show <number>' }),
  })
}

async function listFollowed(terminal: Terminal, options: MessageOptions): Promise<void> {
  const value = await listOfGateways(homeOf(options, terminal), options.gateway, '/v1/followed')
  const { language, say } = terminal
  const rows = rowsOf(value, 'followed')
  const several = rows.some((row) => row.gateway !== undefined)
  showList(terminal, options.json, value, {
    heading: [
      ...(several ? [say({ th: 'เกตเวย์', en: 'gateway' })] : []),
      say({ th: 'ผู้ติดตาม', en: 'subscriber' }),
      say({ th: 'หัวข้อข่าว', en: 'topic' }),
      say({ th: 'ถึงข่าวที่', en: 'until' }),
      say({ th: 'รับล่าสุด', en: 'last taken' }),
      say({ th: 'เหตุที่หยุด', en: 'why it waits' }),
    ],
    rows: rows.map((row) => [
      ...(several ? [cell(row.gateway, language)] : []),
      cell(row.client, language),
      `${cell(row.service, language)} ${cell(row.operation, language)}`,
      cell(row.place ?? undefined, language),
      row.takenAt === undefined ? '' : showTime(terminal, String(row.takenAt)),
      cell(row.problem, language),
    ]),
    empty: { th: 'เกตเวย์นี้ไม่ได้อ่านข่าวให้ระบบใด', en: 'No topics are read for own systems.' },
  })
}

async function showMessage(terminal: Terminal, number: string, options: MessageOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const value = await admin.json('GET', pathOf(number))
  const opened =
    options.open === undefined
      ? undefined
      : await admin.json('POST', `${pathOf(number)}/opening`, { reason: options.open })
  if (opened !== undefined && options.body !== undefined) await writeOutput(options.body, bodyOf(opened))
  const { language, say } = terminal
  const message = isRecord(value) ? value : {}
  const shown = isRecord(value) && opened !== undefined ? { ...value, opened } : value
  const receipts = Object.keys(isRecord(message.receipts) ? message.receipts : {})
  const line = (name: string, of: unknown) => (of === undefined ? [] : [`  ${name}  ${cell(of, language)}`])
  showDone(terminal, options.json, shown, [
    `${cell(message.message, language)}: ${cell(message.state, language)}`,
    ...line(say({ th: 'จาก   ', en: 'from    ' }), message.client),
    ...line(
      say({ th: 'ถึง    ', en: 'to      ' }),
      `${cell(message.service, language)} ${cell(message.operation, language)}`,
    ),
    ...line(say({ th: 'เหตุผล ', en: 'why     ' }), why(message, language) || undefined),
    ...line(say({ th: 'ลองแล้ว', en: 'tries   ' }), message.attempts),
    ...line(say({ th: 'แทนเลข ', en: 'in place of' }), message.resendOf),
    ...line(say({ th: 'ใบรับ  ', en: 'receipts' }), receipts.join(', ')),
    ...(opened === undefined || options.body !== undefined ? [] : ['', bodyOf(opened).toString('utf8')]),
    ...(message.state === 'dead' || message.state === 'rejected'
      ? [
          nextStep(terminal, {
            th: `แก้แล้วส่งใหม่: sapan message resend ${number}`,
            en: `mend it, then: sapan message resend ${number}`,
          }),
        ]
      : []),
  ])
}

/** What an opened message says, as it was sent. */
function bodyOf(opened: unknown): Buffer {
  const { text, base64 } = isRecord(opened) && isRecord(opened.body) ? opened.body : {}
  return typeof text === 'string' ? Buffer.from(text) : Buffer.from(String(base64 ?? ''), 'base64')
}

async function resendMessage(terminal: Terminal, number: string, options: MessageOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const body = options.body === undefined ? {} : { body: (await bytesOf(options.body)).toString('base64') }
  const value = await admin.json('POST', `${pathOf(number)}/resend`, body)
  const sent = cell(isRecord(value) ? value.number : undefined, terminal.language)
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `ส่งใหม่เป็นเลข ${sent}`, en: `sent again as ${sent}` })),
  ])
}

async function dropMessage(terminal: Terminal, number: string, options: MessageOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const value = await admin.json('DELETE', pathOf(number))
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `ทิ้งข้อความ ${number} แล้ว`, en: `${number} was dropped` })),
  ])
}

/** `message-expired: gateway-unreachable`, or what the receiver said. */
function why({ problem, reason }: Record<string, unknown>, language: Language): string {
  return [problem, reason].flatMap((one) => (one === undefined ? [] : [cell(one, language)])).join(': ')
}

function pathOf(number: string): string {
  return `/v1/messages/${encodeURIComponent(number)}`
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new Problem(problems['input-unreadable'], {
      detail: { th: `เปิด ${file} ไม่ได้`, en: `${file} cannot be opened` },
      cause: error,
    })
  }
}
