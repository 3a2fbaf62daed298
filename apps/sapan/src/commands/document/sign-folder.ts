import { type HomeOptions, homeOf } from '../../clients/home.ts'
import { type BatchReport, signBatch } from '../../documents/batch.ts'
import { withSigning } from '../../documents/sign.ts'
import { exit } from '../../exit.ts'
import { EndedWith, failureOf } from '../../terminal/failure.ts'
import { cross, nextStep, tick } from '../../terminal/lines.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import type { SigningChoice } from './signing-options.ts'

/** Signs several PDFs into a folder. Ends with 1 where not all of them were signed. */
export async function signFolder(
  terminal: Terminal,
  files: readonly string[],
  folder: string,
  options: HomeOptions & SigningChoice,
): Promise<void> {
  const progress = (done: number) => {
    if (terminal.interactive && !options.json) terminal.redraw(`${done}/${files.length}`)
  }
  const report = await withSigning(options, homeOf(options, terminal), terminal, (signing) =>
    signBatch(files, folder, signing, progress),
  )
  if (terminal.interactive && !options.json) terminal.redraw('')
  if (options.json) terminal.out(JSON.stringify(asJson(terminal, report), null, 2))
  else showBatch(terminal, report, folder, options.level)
  if (report.failed.length + report.left.length > 0) throw new EndedWith(exit.refused)
}

function asJson(terminal: Terminal, { signed, failed, left }: BatchReport) {
  return {
    signed,
    failed: failed.map(({ file, error }) => ({ file, problem: failureOf(terminal, error) })),
    left,
  }
}

function showBatch(
  terminal: Terminal,
  { signed, failed, left }: BatchReport,
  folder: string,
  level: string,
): void {
  const { say } = terminal
  const count = say({ th: `ลงนามแล้ว ${signed.length} ไฟล์`, en: `${signed.length} signed` })
  if (signed.length > 0) terminal.out(tick(terminal, `${folder}  PAdES ${level}, ${count}`))
  for (const { file, error } of failed) {
    const { title, detail, code } = failureOf(terminal, error)
    const why = detail === undefined || detail === title ? title : `${title}: ${detail}`
    terminal.note(cross(terminal, `${file}  ${why} (${code})`))
  }
  if (left.length > 0) {
    terminal.note(
      cross(
        terminal,
        say({
          th: `ยังไม่ได้ลอง ${left.length} ไฟล์`,
          en: `${left.length} not tried, since none could be signed`,
        }),
      ),
    )
  }
  const last = failed.at(-1)
  if (last) terminal.note(nextStep(terminal, failureOf(terminal, last.error).next ?? ''))
  else terminal.out(nextStep(terminal, `sapan document check ${signed[0]?.out ?? ''}`))
}
