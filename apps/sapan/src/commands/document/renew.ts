import type { Command } from 'commander'
import { type HomeOptions, homeOf } from '../../clients/home.ts'
import { addExample } from '../../terminal/example.ts'
import { nextStep, tick } from '../../terminal/lines.ts'
import { showDone } from '../../terminal/report.ts'
import type { Terminal } from '../../terminal/terminal.ts'

interface RenewOptions extends HomeOptions {
  readonly out: string
  readonly tsa?: string
  readonly detached?: string
}

export function configureRenew(document: Command, terminal: Terminal): void {
  const { say } = terminal
  const command = document
    .command('renew')
    .argument(
      '<file>',
      say({ th: 'PDF ที่ลงนามแล้ว ซอง ASiC หรือลายมือชื่อ', en: 'a signed PDF, a container, or a signature' }),
    )
    .description(
      say({
        th: 'ต่ออายุลายมือชื่อ: เก็บหลักฐานที่ยังขอได้ แล้วประทับเวลาใหม่ทั้งหมด',
        en: 'renew signatures: keep the evidence while it can be had, and stamp all of it anew',
      }),
    )
    .requiredOption('--out <file>', say({ th: 'ไฟล์ที่จะเขียน', en: 'the file to write' }))
    .option(
      '--tsa <url>',
      say({
        th: 'ผู้ให้บริการประทับเวลา (RFC 3161) หากไม่ระบุ ใช้ของสาธิต',
        en: "a time-stamp authority (RFC 3161); without it, the demonstration's",
      }),
    )
    .option(
      '--detached <file>',
      say({ th: 'ไฟล์ต้นฉบับของลายมือชื่อแยก', en: 'the original that a detached signature is over' }),
    )
    .action((file: string, options: RenewOptions) => renew(terminal, file, options))
  addExample(
    command,
    terminal,
    'sapan document renew letter-signed.pdf --tsa http://tsa.example/ --out letter-renewed.pdf',
    'sapan document renew papers.asice --tsa http://tsa.example/ --out papers.asice',
  )
}

async function renew(terminal: Terminal, file: string, options: RenewOptions): Promise<void> {
  const { renewFile } = await import('../../documents/renew.ts')
  const { bytes, format } = await renewFile(file, options, homeOf(options, terminal))
  const { out, detached, tsa } = options
  const { writeOutput } = await import('../../terminal/output-file.ts')
  await writeOutput(out, bytes)
  const by = tsa ?? terminal.say({ th: 'ตราประทับเวลาสาธิต', en: 'demonstration time-stamp' })
  const check = `sapan document check ${out}${detached === undefined ? '' : ` --detached ${detached}`}`
  showDone(terminal, options.json, { out, format, bytes: bytes.length }, [
    tick(terminal, `${out}  ${format} B-LTA, ${by}, ${bytes.length.toLocaleString('en-US')} B`),
    nextStep(terminal, check),
  ])
}
