import type { Command } from 'commander'
import { type HomeOptions, homeOf } from '../../clients/home.ts'
import { writeWhole } from '../../home/files.ts'
import { addExample } from '../../terminal/example.ts'
import { nextStep, tick } from '../../terminal/lines.ts'
import { showDone } from '../../terminal/report.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { addSigningOptions, type SigningChoice } from './signing-options.ts'

interface SignOptions extends HomeOptions, SigningChoice {
  readonly out: string
}

export function configureSign(document: Command, terminal: Terminal): void {
  const { say } = terminal
  const command = document
    .command('sign')
    .argument('<pdf>', say({ th: 'ไฟล์ที่จะลงนาม', en: 'the file to sign' }))
    .description(
      say({
        th: 'ลงนาม PDF (PAdES) หากไม่ระบุกุญแจ ใช้ตราประทับสาธิต',
        en: 'sign a PDF (PAdES); without a key of your own, with a demonstration seal',
      }),
    )
    .requiredOption('--out <pdf>', say({ th: 'ไฟล์ที่จะเขียน', en: 'the file to write' }))
  addSigningOptions(command, terminal).action((pdf: string, options: SignOptions) =>
    sign(terminal, pdf, options),
  )
  addExample(
    command,
    terminal,
    'sapan document sign letter.pdf --out letter-signed.pdf',
    'sapan document sign letter.pdf --level B-T --key key.pem --certificate cert.pem \\',
    '  --chain issuer.pem --tsa http://tsa.example/ --out letter-signed.pdf',
    'SAPAN_PIN=… sapan document sign letter.pdf --level B-B --out letter-signed.pdf \\',
    '  --pkcs11 /usr/lib/softhsm/libsofthsm2.so --label seal',
  )
}

async function sign(terminal: Terminal, pdf: string, options: SignOptions): Promise<void> {
  const { readInput } = await import('../../documents/files.ts')
  const bytes = await readInput(pdf)
  const { signWith } = await import('../../documents/sign.ts')
  const signed = await signWith(bytes, options, homeOf(options, terminal), terminal)
  const { out, level } = options
  await writeWhole(out, signed)
  showDone(terminal, options.json, { out, level, bytes: signed.length }, [
    tick(terminal, `${out}  PAdES ${level}, ${signed.length.toLocaleString('en-US')} B`),
    nextStep(terminal, `sapan document check ${out}`),
  ])
}
