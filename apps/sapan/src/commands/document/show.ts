import type { Command } from 'commander'
import type { HomeOptions } from '../../clients/home.ts'
import { wholeNumber } from '../../terminal/arguments.ts'
import { addExample } from '../../terminal/example.ts'
import type { Terminal } from '../../terminal/terminal.ts'

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
    .argument('<pdf>', say({ th: 'ไฟล์ PDF', en: 'a PDF' }))
    .description(
      say({
        th: 'ดูข้างใน: หน้า ข้อความ ไฟล์แนบ ข้อมูลที่ฝังมา การบันทึกแต่ละครั้ง',
        en: 'look inside: pages, text, attached files, embedded data, each time that it was saved',
      }),
    )
    .option(
      '--page <number>',
      say({ th: 'ข้อความของหน้านี้', en: 'the text of this page' }),
      wholeNumber(terminal),
    )
    .option('--attachment <name>', say({ th: 'เนื้อหาของไฟล์แนบนี้', en: 'what this attached file holds' }))
    .option('--out <file>', say({ th: 'เขียนไฟล์แนบลงไฟล์', en: 'write the attached file here' }))
    .option('--password <password>', say({ th: 'รหัสผ่านของไฟล์', en: "the file's password" }))
    .action((file: string, options: ShowOptions) => show(terminal, file, options))
  addExample(
    command,
    terminal,
    'sapan document show letter.pdf',
    'sapan document show letter.pdf --page 1',
    'sapan document show letter.pdf --attachment data.json',
  )
}

async function show(terminal: Terminal, file: string, options: ShowOptions): Promise<void> {
  const { openInput, showInside, showPage, showAttachment } = await import('../../documents/inside.ts')
  const pdf = await openInput(file, options.password)
  if (options.page !== undefined) showPage(terminal, pdf, Number(options.page), options.json)
  else if (options.attachment !== undefined)
    await showAttachment(terminal, pdf, options.attachment, options.out)
  else showInside(terminal, pdf, options.json, file)
}
