import { basename } from 'node:path'
import type { CheckOptions, Report, RevocationFetcher, TrustAnchors } from '@sapan/documents/check'
import { Problem } from '@sapan/kernel'
import type { Command } from 'commander'
import { type HomeOptions, homeOf } from '../../clients/home.ts'
import { exit } from '../../exit.ts'
import { moment } from '../../terminal/arguments.ts'
import { addExample } from '../../terminal/example.ts'
import { EndedWith, printFailure } from '../../terminal/failure.ts'
import { cross } from '../../terminal/lines.ts'
import { writeOutput } from '../../terminal/output-file.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { misuse } from './misuse.ts'

interface CheckCommandOptions extends HomeOptions {
  readonly anchor?: readonly string[]
  readonly trustedList?: readonly string[]
  readonly trustedListSigner?: readonly string[]
  readonly unqualified?: boolean
  readonly online?: boolean
  readonly allowHost?: readonly string[]
  readonly at?: string
  readonly password?: string
  readonly detached?: string
  readonly report?: string
}

export function configureCheck(document: Command, terminal: Terminal): void {
  const { say } = terminal
  const command = document
    .command('check')
    .argument('<file>', say({ th: 'PDF, ASiC หรือลายมือชื่อ', en: 'a PDF, ASiC, or signature' }))
    .description(
      say({
        th: 'ตรวจว่าใครลงนาม เมื่อไร และถูกแก้ไขหรือไม่ โดยไม่ใช้เครือข่าย เว้นแต่สั่ง --online',
        en: 'see who signed a file, when, and whether it was changed; without a network, unless --online',
      }),
    )
    .option(
      '--anchor <file...>',
      say({
        th: 'ใบรับรองของรากที่ท่านเชื่อถือด้วย',
        en: 'certificates of roots that you trust as well',
      }),
    )
    .option(
      '--at <time>',
      say({ th: 'ตรวจ ณ เวลานั้น (ISO 8601)', en: 'judge as of then (ISO 8601)' }),
      moment(terminal),
    )
    .option('--password <password>', say({ th: 'รหัสผ่านของไฟล์', en: "the file's password" }))
    .option(
      '--detached <file>',
      say({ th: 'ไฟล์ต้นฉบับของลายมือชื่อแยก', en: 'the original that a detached signature is over' }),
    )
    .option(
      '--online',
      say({
        th: 'ถามสถานะใบรับรองที่ขาดจากเครือข่าย (เฉพาะที่อยู่สาธารณะ)',
        en: 'ask the network for what the file lacks (public addresses only)',
      }),
    )
    .option(
      '--allow-host <host...>',
      say({
        th: 'กับ --online: ถามเครื่องนี้ได้ แม้อยู่ในเครือข่ายภายใน',
        en: 'with --online: hosts that may be asked, wherever they are',
      }),
    )
    .option('--report <pdf>', say({ th: 'เขียนรายงานเป็น PDF', en: 'write the report as a PDF' }))
    .action((file: string, options: CheckCommandOptions) => check(terminal, file, options))
  addListOptions(command, terminal)
  addExample(
    command,
    terminal,
    'sapan document check letter.pdf',
    'sapan document check letter.pdf --anchor national-root.pem --report report.pdf',
    'sapan document check letter.pdf --online',
    'sapan document check letter.pdf --trusted-list list.xml --trusted-list-signer list-signer.pem',
  )
}

function addListOptions(command: Command, { say }: Terminal): void {
  command
    .option(
      '--trusted-list <file...>',
      say({
        th: 'บัญชีรายชื่อผู้ให้บริการที่เชื่อถือได้ (TS 119 612)',
        en: 'trusted lists (TS 119 612): their services are trusted',
      }),
    )
    .option(
      '--trusted-list-signer <file...>',
      say({ th: 'ใบรับรองของผู้ลงนามบัญชี', en: 'certificates of which one must have signed each list' }),
    )
    .option(
      '--unqualified',
      say({
        th: 'รวมบริการในบัญชีที่ไม่ใช่ระดับ qualified',
        en: 'also services of the lists that are not qualified',
      }),
    )
}

async function check(terminal: Terminal, file: string, options: CheckCommandOptions): Promise<void> {
  const report = await unlessUnreadable(terminal, options.json === true, () =>
    checked(terminal, file, options),
  )
  if (options.report !== undefined) {
    const { reportPdf } = await import('@sapan/portal')
    await writeOutput(options.report, await reportPdf(report, terminal.language, Date.now()))
  }
  if (options.json) terminal.out(JSON.stringify(report, null, 2))
  else (await import('../../documents/show-report.ts')).showReport(terminal, report, options)
  const { conclusion, document } = report
  if (conclusion !== 'TOTAL-PASSED' || document?.embedded?.agrees === false)
    throw new EndedWith(isUnread(report) ? exit.misuse : exit.refused)
}

/** No signature was found because the file, or the part that would hold one, cannot be read. */
function isUnread({ signatures, conclusion }: Report): boolean {
  return signatures.length === 0 && conclusion === 'INDETERMINATE'
}

async function checked(terminal: Terminal, file: string, options: CheckCommandOptions): Promise<Report> {
  const [{ readInput }, { checkFile }] = await Promise.all([
    import('../../documents/files.ts'),
    import('@sapan/documents/check'),
  ])
  const online = await fetcherOf(options)
  const bytes = await readInput(file)
  const { at, password, detached } = options
  const checkOptions: CheckOptions = {
    anchors: await anchorsOf(terminal, options),
    name: basename(file),
    ...(online && { online }),
    ...(at === undefined ? {} : { at: Date.parse(at) }),
    ...(password === undefined ? {} : { password }),
  }
  const others =
    detached === undefined ? [] : [{ name: basename(detached), bytes: await readInput(detached) }]
  const report = await checkFile(bytes, checkOptions, others)
  const [{ withAgreement }, { loadCountry }] = await Promise.all([
    import('@sapan/portal'),
    import('@sapan/thailand'),
  ])
  return withAgreement(report, bytes, loadCountry().documentWords, password)
}

/** The country's anchors, the demonstration's root where the home has one, and what was named. */
async function anchorsOf(terminal: Terminal, options: CheckCommandOptions): Promise<TrustAnchors> {
  const { anchor, trustedList = [], trustedListSigner = [], unqualified = false } = options
  if (trustedList.length > 0 !== trustedListSigner.length > 0) {
    throw misuse({
      th: '--trusted-list กับ --trusted-list-signer ใช้คู่กัน: บัญชีที่ไม่รู้ว่าใครลงนามเชื่อถือไม่ได้',
      en: '--trusted-list goes with --trusted-list-signer: a list is worth as much as who signed it',
    })
  }
  const [{ trustOf }, { demonstrationRoot }] = await Promise.all([
    import('../../documents/anchors.ts'),
    import('../../documents/demonstration.ts'),
  ])
  const { anchors, warnings } = await trustOf({
    ...(anchor && { anchors: anchor }),
    lists: trustedList.map((file) => ({ file, signers: trustedListSigner, unqualified })),
    demonstration: await demonstrationRoot(homeOf(options, terminal)),
  })
  for (const warning of warnings) terminal.note(cross(terminal, terminal.say(warning)))
  return anchors
}

async function fetcherOf({ online, allowHost }: CheckCommandOptions): Promise<RevocationFetcher | undefined> {
  if (allowHost !== undefined && !online)
    throw misuse({ th: '--allow-host ใช้คู่กับ --online', en: '--allow-host goes with --online' })
  if (!online) return undefined
  const { CheckNetwork } = await import('@sapan/documents')
  return new CheckNetwork({ public: true, ...(allowHost && { hosts: allowHost }) }).forFile()
}

/** What was named and cannot be used. It ends with 2: nothing is said about the signatures. */
const unusable = new Set([
  'document-unreadable',
  'document-password-needed',
  'input-unreadable',
  'trusted-list-unusable',
])

async function unlessUnreadable<T>(terminal: Terminal, json: boolean, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { CheckError } = await import('@sapan/documents/check')
    const { unreadable } = await import('@sapan/portal')
    const problem = error instanceof CheckError ? unreadable(error.code, error.text, error) : error
    if (!(problem instanceof Problem)) throw problem
    if (!unusable.has(problem.code)) throw problem
    printFailure(terminal, problem, json)
    throw new EndedWith(exit.misuse)
  }
}
