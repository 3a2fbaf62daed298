import { counted } from '@sapan/kernel'
import type { Command } from 'commander'
import { gatewayAdmins } from '../clients/gateways.ts'
import { type HomeOptions, homeOf } from '../clients/home.ts'
import { exit } from '../exit.ts'
import { addExample } from '../terminal/example.ts'
import { AnsweredProblem, EndedWith } from '../terminal/failure.ts'
import { cross, nextStep, tick } from '../terminal/lines.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cell, isRecord, rowsOf } from '../terminal/values.ts'

interface AuditOptions extends HomeOptions {
  readonly gateway?: string
  readonly member?: string
}

type Row = Readonly<Record<string, unknown>>

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  command
    .option(
      '--gateway <name>',
      say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' }),
    )
    .option('--member <member>', say({ th: 'เฉพาะบันทึกของสมาชิกนี้', en: 'only the log of this member' }))
    .action((options: AuditOptions) => audit(terminal, options))
  addExample(command, terminal, 'sapan audit --gateway DOPA')
}

async function audit(terminal: Terminal, options: AuditOptions): Promise<void> {
  const admins = await gatewayAdmins(homeOf(options, terminal), options.gateway ?? options.member)
  const body = JSON.stringify(options.member === undefined ? {} : { member: options.member })
  const reports: Row[] = []
  let problem: Row | undefined
  const take = (line: Row) => {
    if (isRecord(line.problem)) problem = line.problem
    else if (isRecord(line.report)) reports.push(line.report)
    else if (typeof line.done === 'number') drawProgress(terminal, line)
  }
  const headers = { 'content-type': 'application/json', accept: 'application/x-ndjson' }
  for (const { admin } of admins) {
    const onPiece = linesOf(take)
    await admin.raw('POST', '/v1/audit', { body, headers, onPiece: onPiece.piece })
    onPiece.end()
  }
  if (terminal.interactive) terminal.redraw('')
  if (problem !== undefined) throw new AnsweredProblem(problem)
  const sound = reports.length > 0 && reports.every((report) => report.sound === true)
  if (options.json) terminal.out(JSON.stringify({ sound, reports }, null, 2))
  else for (const report of reports) showReport(terminal, report)
  if (!sound) throw new EndedWith(exit.refused)
}

/** Pieces of NDJSON as objects, however they were cut on the way. */
function linesOf(take: (line: Row) => void): { piece(piece: Buffer): void; end(): void } {
  let rest = Buffer.alloc(0)
  const read = (line: Buffer) => {
    if (line.length === 0) return
    const value: unknown = JSON.parse(line.toString('utf8'))
    if (isRecord(value)) take(value)
  }
  return {
    piece: (piece) => {
      rest = Buffer.concat([rest, piece])
      for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10)) {
        read(rest.subarray(0, at))
        rest = rest.subarray(at + 1)
      }
    },
    end: () => read(rest),
  }
}

function drawProgress(terminal: Terminal, { member, done, total }: Row): void {
  if (!terminal.interactive) return
  const share = Number(total) === 0 ? 1 : Number(done) / Number(total)
  const filled = Math.round(share * 30)
  const bar = '█'.repeat(filled) + '░'.repeat(30 - filled)
  terminal.redraw(`${bar} ${Math.floor(share * 100)} % ${cell(member, terminal.language)}`)
}

function showReport(terminal: Terminal, report: Row): void {
  const member = cell(report.member, terminal.language)
  const entries = Number(report.entries ?? 0)
  if (report.sound === true) {
    terminal.out(
      tick(
        terminal,
        terminal.say({
          th: `${member}: ตรวจ ${entries} รายการ ไม่พบการแก้ไข ลบ หรือสลับลำดับ`,
          en: `${member}: ${counted(entries, 'entry', 'entries')} checked, none edited, removed or reordered`,
        }),
      ),
    )
  } else {
    const found = Number(report.found ?? 0)
    terminal.out(
      cross(
        terminal,
        terminal.say({ th: `${member}: พบสิ่งผิดปกติ ${found} แห่ง`, en: `${member}: ${found} found wrong` }),
      ),
    )
    const findings = rowsOf(report.findings, '')
    for (const finding of findings) terminal.out(`  ${cell(finding.text, terminal.language)}`)
    terminal.note(nextStep(terminal, findings.every(({ code }) => code === 'lost') ? putBack : keepAsItIs))
  }
  for (const note of Array.isArray(report.notes) ? report.notes : []) {
    terminal.out(`  ${cell(note, terminal.language)}`)
  }
}

const keepAsItIs = {
  th: 'เก็บฐานข้อมูลนี้ไว้เป็นหลักฐาน แล้วเทียบกับสำเนาสำรอง',
  en: 'keep this database as it is, as evidence, and compare it with a backup',
}
const putBack = {
  th: 'นำไฟล์ของคลังกลับมาจากสำเนาด้วยชื่อเดิม แล้ว sapan audit อีกครั้ง',
  en: 'put the archive’s files back from a copy, under the same names, then sapan audit again',
}
