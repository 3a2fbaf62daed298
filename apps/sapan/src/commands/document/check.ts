import { basename } from 'node:path'
import type { CheckOptions, Report } from '@sapan/documents/check'
import { Problem } from '@sapan/kernel'
import type { Command } from 'commander'
import { type HomeOptions, homeOf } from '../../clients/home.ts'
import { exit } from '../../exit.ts'
import { writeWhole } from '../../home/files.ts'
import { moment } from '../../terminal/arguments.ts'
import { addExample } from '../../terminal/example.ts'
import { EndedWith, printFailure } from '../../terminal/failure.ts'
import type { Terminal } from '../../terminal/terminal.ts'

interface CheckCommandOptions extends HomeOptions {
  readonly anchor?: readonly string[]
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
        th: 'ตรวจว่าใครลงนาม เมื่อไร และถูกแก้ไขหรือไม่ โดยไม่ใช้เครือข่าย',
        en: 'see who signed a file, when, and whether it was changed; without a network',
      }),
    )
    .option(
      '--anchor <file...>',
      say({ th: 'ใบรับรองของรากที่ท่านเชื่อถือ', en: 'certificates of the roots that you trust' }),
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
    .option('--report <pdf>', say({ th: 'เขียนรายงานเป็น PDF', en: 'write the report as a PDF' }))
    .action((file: string, options: CheckCommandOptions) => check(terminal, file, options))
  addExample(
    command,
    terminal,
    'sapan document check letter.pdf',
    'sapan document check letter.pdf --anchor national-root.pem --report report.pdf',
  )
}

async function check(terminal: Terminal, file: string, options: CheckCommandOptions): Promise<void> {
  const report = await unlessUnreadable(terminal, options.json === true, () =>
    checked(terminal, file, options),
  )
  if (options.report !== undefined) {
    const { reportPdf } = await import('@sapan/portal')
    await writeWhole(options.report, await reportPdf(report, terminal.language, Date.now()))
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
  const [{ readInput }, { anchorsOf }, { checkFile }] = await Promise.all([
    import('../../documents/files.ts'),
    import('../../documents/anchors.ts'),
    import('@sapan/documents/check'),
  ])
  const bytes = await readInput(file)
  const { at, password, detached } = options
  const checkOptions: CheckOptions = {
    anchors: await anchorsOf(homeOf(options, terminal), options.anchor),
    name: basename(file),
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

/** A file that cannot be read at all ends with 2: nothing is said about its signatures. */
async function unlessUnreadable<T>(terminal: Terminal, json: boolean, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { CheckError } = await import('@sapan/documents/check')
    const { portalProblems } = await import('@sapan/portal')
    const problem =
      error instanceof CheckError
        ? new Problem(portalProblems['document-unreadable'], {
            detail: error.text,
            extensions: { reason: error.code },
          })
        : error
    if (!(problem instanceof Problem)) throw problem
    if (problem.code !== 'document-unreadable' && problem.code !== 'input-unreadable') throw problem
    printFailure(terminal, problem, json)
    throw new EndedWith(exit.misuse)
  }
}
