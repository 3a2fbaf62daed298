import { counted } from '@sapan/kernel'
import { type Command, Option } from 'commander'
import { type HomeOptions, homeOf } from '../../clients/home.ts'
import { addExample } from '../../terminal/example.ts'
import { nextStep, tick } from '../../terminal/lines.ts'
import { showDone } from '../../terminal/report.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { misuse } from './misuse.ts'
import { addSigningOptions, type SigningChoice } from './signing-options.ts'

interface BuildOptions extends HomeOptions, SigningChoice {
  readonly data?: string
  readonly sample?: boolean
  readonly out: string
  readonly draft?: boolean
  readonly sign?: boolean
  readonly emblem?: string
  readonly checkAddress?: string
}

export function configureBuild(document: Command, terminal: Terminal): void {
  const { say } = terminal
  const command = document
    .command('build')
    .argument('<template>', say({ th: 'แบบเอกสาร (ดู sapan document templates)', en: 'the template' }))
    .description(
      say({ th: 'สร้างเอกสาร PDF/A-3 จากแบบและข้อมูล', en: 'build a PDF/A-3 from a template and data' }),
    )
    .addOption(
      new Option('--data <file>', say({ th: 'ข้อมูล (JSON)', en: 'the data (JSON)' })).conflicts('sample'),
    )
    .option('--sample', say({ th: 'ใช้ข้อมูลสมมติของแบบ', en: "use the template's made-up data" }))
    .requiredOption('--out <pdf>', say({ th: 'ไฟล์ที่จะสร้าง', en: 'the file to write' }))
    .option('--draft', say({ th: 'พิมพ์คำว่า ร่าง ทุกหน้า', en: 'mark every page as a draft' }))
    .option(
      '--emblem <file>',
      say({ th: 'ตราของหน่วยงาน (PNG, JPEG)', en: "the agency's emblem (PNG, JPEG)" }),
    )
    .option(
      '--check-address <url>',
      say({ th: 'ที่อยู่สำหรับตรวจเอกสาร พิมพ์เป็น QR', en: 'where it can be checked; printed as a QR code' }),
    )
    .option('--sign', say({ th: 'ลงนามด้วย', en: 'sign it too' }))
  addSigningOptions(command, terminal).action((template: string, options: BuildOptions) =>
    build(terminal, template, options),
  )
  addExample(
    command,
    terminal,
    'sapan document build receipt --sample --out receipt.pdf',
    'sapan document build certificate-letter --data letter.json --out letter.pdf --sign --level B-LTA',
  )
}

async function build(terminal: Terminal, name: string, options: BuildOptions): Promise<void> {
  if (options.data === undefined && !options.sample) {
    throw misuse({ th: 'ระบุ --data FILE หรือ --sample', en: 'give --data FILE or --sample' })
  }
  const { issueFromTemplate } = await import('../../documents/issue.ts')
  const issued = await issueFromTemplate(name, options)
  const field = issued.fields[0]?.name
  const bytes = options.sign ? await signed(terminal, issued.bytes, field, options) : issued.bytes
  const { writeOutput } = await import('../../terminal/output-file.ts')
  await writeOutput(options.out, bytes)
  const { out, level } = options
  const pages = terminal.say({
    th: `${issued.pages} หน้า`,
    en: counted(issued.pages, 'page'),
  })
  const kind = options.sign ? `PDF/A-3a, PAdES ${level}` : 'PDF/A-3a'
  showDone(terminal, options.json, { out, bytes: bytes.length, pages: issued.pages, fields: issued.fields }, [
    tick(terminal, `${out}  ${kind}, ${pages}, ${bytes.length.toLocaleString('en-US')} B`),
    nextStep(
      terminal,
      options.sign ? `sapan document check ${out}` : `sapan document sign ${out} --out ${signedName(out)}`,
    ),
  ])
}

async function signed(
  terminal: Terminal,
  pdf: Uint8Array,
  field: string | undefined,
  options: BuildOptions,
): Promise<Uint8Array> {
  const { signWith } = await import('../../documents/sign.ts')
  const named = options.field ?? field
  return signWith(pdf, { ...options, ...(named && { field: named }) }, homeOf(options, terminal), terminal)
}

function signedName(file: string): string {
  return file.replace(/(\.pdf)?$/i, '-signed.pdf')
}
