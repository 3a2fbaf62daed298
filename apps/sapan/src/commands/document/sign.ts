import type { Command } from 'commander'
import { type HomeOptions, homeOf } from '../../clients/home.ts'
import { isContainer } from '../../documents/container-kind.ts'
import { addExample } from '../../terminal/example.ts'
import { nextStep, tick } from '../../terminal/lines.ts'
import { showDone } from '../../terminal/report.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { type SignOptions as Asked, refuseLook, type SignTarget, signTarget } from './sign-target.ts'
import { addSigningOptions } from './signing-options.ts'

interface SignOptions extends HomeOptions, Asked {}

export function configureSign(document: Command, terminal: Terminal): void {
  const { say } = terminal
  const command = document
    .command('sign')
    .argument('<file...>', say({ th: 'ไฟล์ที่จะลงนาม', en: 'what is to be signed' }))
    .description(
      say({
        th: 'ลงนาม PDF (PAdES) หรือไฟล์ใด ๆ ในซอง (ASiC) หากไม่ระบุกุญแจ ใช้ตราประทับสาธิต',
        en: 'sign PDFs (PAdES), or any files in a container (ASiC); without a key, with a demonstration seal',
      }),
    )
    .option(
      '--out <file>',
      say({
        th: 'ไฟล์ที่จะเขียน: .pdf, ซอง .asice หรือ .asics, ลายมือชื่อแยกไฟล์ .p7s',
        en: 'the file to write: .pdf, a container (.asice, .asics), a signature of its own (.p7s)',
      }),
    )
    .option(
      '--out-folder <folder>',
      say({ th: 'ลงนาม PDF หลายไฟล์ลงโฟลเดอร์นี้', en: 'sign several PDFs into this folder' }),
    )
    .option(
      '--container',
      say({ th: 'ใส่ซองใหม่เสมอ แม้ไฟล์จะเป็นซองอยู่แล้ว', en: 'pack into a new container, containers too' }),
    )
  addSigningOptions(command, terminal).action((files: string[], options: SignOptions) =>
    sign(terminal, files, options),
  )
  addExample(
    command,
    terminal,
    'sapan document sign letter.pdf --out letter-signed.pdf',
    'sapan document sign letter.pdf --page 1 --rect 350,80,550,150 --out letter-signed.pdf',
    'sapan document sign form.pdf --field dean --certify forms --out form-signed.pdf',
    'sapan document sign plan.docx budget.xlsx --out papers.asice',
    'sapan document sign letters/*.pdf --out-folder signed',
    'sapan document sign letter.pdf --level B-T --key key.pem --certificate cert.pem \\',
    '  --chain issuer.pem --tsa http://tsa.example/ --out letter-signed.pdf',
    'SAPAN_PIN=… sapan document sign letter.pdf --level B-B --out letter-signed.pdf \\',
    '  --pkcs11 /usr/lib/softhsm/libsofthsm2.so --label seal',
  )
}

async function sign(terminal: Terminal, files: readonly string[], options: SignOptions): Promise<void> {
  const target = signTarget(files, options)
  if (target.kind === 'batch') {
    const { signFolder } = await import('./sign-folder.ts')
    return signFolder(terminal, files, target.folder, options)
  }
  const { bytes, form } = await signOne(terminal, files, target, options)
  const { level } = options
  const { out } = target
  const { writeOutput } = await import('../../terminal/output-file.ts')
  await writeOutput(out, bytes)
  const check =
    target.kind === 'detached'
      ? `sapan document check ${out} --detached ${target.file}`
      : `sapan document check ${out}`
  showDone(terminal, options.json, { out, form, level, bytes: bytes.length }, [
    tick(terminal, `${out}  ${form} ${level}, ${bytes.length.toLocaleString('en-US')} B`),
    nextStep(terminal, check),
  ])
}

interface Made {
  readonly bytes: Uint8Array
  readonly form: 'PAdES' | 'CAdES' | 'ASiC-E' | 'ASiC-S' | 'ASiC'
}

async function signOne(
  terminal: Terminal,
  files: readonly string[],
  target: Exclude<SignTarget, { kind: 'batch' }>,
  options: SignOptions,
): Promise<Made> {
  const [{ withSigning }, { signContainer }, { readInput }, { signAsice, signCades, signPdf }] =
    await Promise.all([
      import('../../documents/sign.ts'),
      import('../../documents/container.ts'),
      import('../../documents/files.ts'),
      import('@sapan/documents'),
    ])
  const input = target.kind === 'container' ? Buffer.alloc(0) : await readInput(target.file)
  const isMore = target.kind === 'file' && isContainer(input)
  if (isMore) refuseLook(options)
  return withSigning(options, homeOf(options, terminal), terminal, async (signing): Promise<Made> => {
    if (target.kind === 'container')
      return { bytes: await signContainer(target.type, files, signing()), form: target.type }
    if (target.kind === 'detached') return { bytes: await signCades(input, signing()), form: 'CAdES' }
    if (isMore) return { bytes: await signAsice(input, signing()), form: 'ASiC' }
    return { bytes: await signPdf(input, signing(input)), form: 'PAdES' }
  })
}
