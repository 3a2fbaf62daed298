import type { PdfFile } from '@sapan/documents/check'
import type { Command } from 'commander'
import type { HomeOptions } from '../../clients/home.ts'
import { wholeNumber } from '../../terminal/arguments.ts'
import { addExample } from '../../terminal/example.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { misuse } from './misuse.ts'

interface ShowOptions extends HomeOptions {
  readonly page?: string
  readonly attachment?: string
  readonly out?: string
  readonly password?: string
}

export function configureShow(document: Command, terminal: Terminal): void {
  const { say } = terminal
  const command = document
    .command('show')
    .argument('<file>', say({ th: 'PDF หรือซอง ASiC', en: 'a PDF or an ASiC container' }))
    .description(
      say({
        th: 'ดูข้างใน PDF: หน้า ข้อความ ไฟล์แนบ การบันทึกแต่ละครั้ง; ข้างในซอง: ไฟล์ บัญชีไฟล์ ลายมือชื่อ',
        en: 'look inside a PDF: pages, text, attached files, each save; or a container: files, manifests, signatures',
      }),
    )
    .option(
      '--page <number>',
      say({ th: 'ข้อความของหน้านี้', en: 'the text of this page' }),
      wholeNumber(terminal),
    )
    .option('--attachment <name>', say({ th: 'เนื้อหาของไฟล์นี้ที่อยู่ข้างใน', en: 'what this file inside holds' }))
    .option('--out <file>', say({ th: 'เขียนไฟล์ข้างในออกมาที่นี่', en: 'write the file inside here' }))
    .option('--password <password>', say({ th: 'รหัสผ่านของไฟล์', en: "the file's password" }))
    .action((file: string, options: ShowOptions) => show(terminal, file, options))
  addExample(
    command,
    terminal,
    'sapan document show letter.pdf',
    'sapan document show letter.pdf --page 1',
    'sapan document show letter.pdf --attachment data.json',
    'sapan document show files.asice --attachment plan.pdf --out plan.pdf',
  )
}

async function show(terminal: Terminal, file: string, options: ShowOptions): Promise<void> {
  const { openInput } = await import('../../documents/open-input.ts')
  const input = await openInput(file, options.password)
  if (input.kind === 'pdf') return showPdf(terminal, input.pdf, file, options)
  const { extract, showContainer } = await import('../../documents/inside-container.ts')
  const { page, attachment, out, json } = options
  if (page !== undefined) {
    throw misuse({
      th: 'ซองไม่มีหน้า นำไฟล์ออกมาก่อนด้วย --attachment NAME --out FILE',
      en: 'a container has no pages: take a file out first, with --attachment NAME --out FILE',
    })
  }
  if (attachment !== undefined) await extract(terminal, input.opened, attachment, out)
  else await showContainer(terminal, input.bytes, input.opened, { file, json })
}

async function showPdf(terminal: Terminal, pdf: PdfFile, file: string, options: ShowOptions): Promise<void> {
  const { showInside, showPage, showAttachment } = await import('../../documents/inside.ts')
  const { page, attachment, out, json } = options
  if (page !== undefined) showPage(terminal, pdf, Number(page), json)
  else if (attachment !== undefined) await showAttachment(terminal, pdf, attachment, out)
  else showInside(terminal, pdf, json, file)
}
