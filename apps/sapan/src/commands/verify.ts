import { readFile } from 'node:fs/promises'
import { Problem } from '@sapan/kernel'
import type { Command } from 'commander'
import { type HomeOptions, homeOf } from '../clients/home.ts'
import { exit } from '../exit.ts'
import { readEndpoints } from '../home/endpoints.ts'
import { problems } from '../problems.ts'
import { wholeNumber } from '../terminal/arguments.ts'
import { addExample } from '../terminal/example.ts'
import { EndedWith } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'

interface VerifyOptions extends HomeOptions {
  readonly anchor?: string
  readonly witnesses?: string
}

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  command
    .argument('<file>', say({ th: 'แฟ้มหลักฐาน (.asice)', en: 'the evidence file (.asice)' }))
    .option(
      '--anchor <fingerprint|file>',
      say({
        th: 'ลายนิ้วมือ SHA-256 หรือใบรับรองของรากที่ท่านเชื่อถือ',
        en: 'SHA-256 fingerprint or certificate of the root that you trust',
      }),
    )
    .option(
      '--witnesses <number>',
      say({
        th: 'พยานกี่รายต้องลงนามล็อก น้อยกว่านี้ถือว่าใช้ไม่ได้',
        en: 'how many witnesses must have cosigned the log; with fewer the file does not hold',
      }),
      wholeNumber(terminal),
    )
    .action((file: string, options: VerifyOptions) => verify(terminal, file, options))
  addExample(
    command,
    terminal,
    'sapan verify out.asice',
    'sapan verify out.asice --anchor root.pem --witnesses 2',
  )
}

async function verify(terminal: Terminal, file: string, options: VerifyOptions): Promise<void> {
  const roots = await anchorOf(terminal, options)
  const bytes = await readInput(file)
  const { verifyExport } = await import('@sapan/exchange')
  const asked = options.witnesses === undefined ? {} : { witnesses: Number(options.witnesses) }
  const report = await verifyExport(bytes, { roots, ...asked })
  const { showReport } = await import('../terminal/findings.ts')
  if (options.json) terminal.out(JSON.stringify({ file, roots, ...report }, null, 2))
  else showReport(terminal, report)
  if (!report.valid) throw new EndedWith(exit.refused)
}

/** The fingerprints that the reader trusts: named, read from a certificate, or those of the home. */
async function anchorOf(terminal: Terminal, options: VerifyOptions): Promise<string[]> {
  const named = options.anchor
  if (named === undefined) return [(await readEndpoints(homeOf(options, terminal))).rootFingerprint]
  const hex = named.replaceAll(':', '').toLowerCase()
  if (/^[0-9a-f]{64}$/.test(hex)) return [hex]
  const { X509Certificate } = await import('node:crypto')
  const certificate = await readInput(named)
  try {
    return [new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase()]
  } catch (error) {
    throw new Problem(problems['input-unreadable'], {
      detail: { th: `${named} ไม่ใช่ใบรับรอง`, en: `${named} is not a certificate` },
      cause: error,
    })
  }
}

async function readInput(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new Problem(problems['input-unreadable'], {
      detail: { th: `เปิด ${file} ไม่ได้`, en: `${file} cannot be opened` },
      cause: error,
    })
  }
}
