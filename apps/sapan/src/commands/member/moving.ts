import { access } from 'node:fs/promises'
import { Problem } from '@sapan/kernel'
import type { Command } from 'commander'
import { fetchFile, sendFile } from '../../clients/files.ts'
import { gatewayAdmin, gatewayNamed, type HomeOptions, homeOf } from '../../clients/home.ts'
import { problems } from '../../problems.ts'
import { addressOf } from '../../terminal/arguments.ts'
import { addExample } from '../../terminal/example.ts'
import { nextStep, tick } from '../../terminal/lines.ts'
import { showDone } from '../../terminal/report.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { isRecord } from '../../terminal/values.ts'
import { noteMembers } from '../gateway/hosting.ts'

interface MovingOptions extends HomeOptions {
  readonly gateway?: string
  readonly key: string
  readonly file: string
}

/** `sapan member moving-key`, `move-out`, `move-in`, `stay`, `forget`: a member moves to a gateway of its own. */
export function configureMoving(member: Command, terminal: Terminal): void {
  const { say } = terminal
  const which = say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' })
  const named = (command: Command) =>
    command
      .argument('<member>', '', addressOf(3, 'TH/LOC/DONKAEO', terminal))
      .option('--gateway <name>', which)

  const key = member
    .command('moving-key')
    .description(
      say({ th: 'กุญแจของเกตเวย์ใหม่ ที่ใช้เข้ารหัสแฟ้มย้าย', en: 'the new gateway’s key, for the file that moves' }),
    )
    .option('--gateway <name>', which)
    .action((options: MovingOptions) => showKey(terminal, options))
  addExample(key, terminal, 'sapan member moving-key --home /srv/donkaeo')

  const out = named(member.command('move-out'))
    .description(
      say({
        th: 'ที่เกตเวย์เดิม: ทำแฟ้มของสมาชิก แล้วส่งมอบ',
        en: 'at the old gateway: make the member’s file, and hand over',
      }),
    )
    .requiredOption('--key <key>', say({ th: 'กุญแจจาก moving-key', en: 'what moving-key showed' }))
    .requiredOption('--file <file>', say({ th: 'แฟ้มที่จะเขียน', en: 'the file to write' }))
    .action((id: string, options: MovingOptions) => moveOut(terminal, id, options))
  addExample(
    out,
    terminal,
    'sapan member move-out TH/LOC/DONKAEO --key sapan-moving.… --file donkaeo.sapan-member',
  )

  const into = named(member.command('move-in'))
    .description(say({ th: 'ที่เกตเวย์ใหม่: รับแฟ้มของสมาชิก', en: 'at the new gateway: take the member’s file' }))
    .requiredOption('--file <file>', say({ th: 'แฟ้มจาก move-out', en: 'the file that move-out wrote' }))
    .action((id: string, options: MovingOptions) => moveIn(terminal, id, options))
  addExample(into, terminal, 'sapan member move-in TH/LOC/DONKAEO --file donkaeo.sapan-member')

  const stay = named(member.command('stay'))
    .description(say({ th: 'ยกเลิกการย้ายที่ยังไม่ส่งมอบ', en: 'call a move off that was not handed over yet' }))
    .action((id: string, options: MovingOptions) => callOff(terminal, id, options))
  addExample(stay, terminal, 'sapan member stay TH/LOC/DONKAEO')

  const gone = named(member.command('forget'))
    .description(
      say({
        th: 'ที่เกตเวย์เดิม: ลบหลักฐานของสมาชิกที่ย้ายไปแล้ว',
        en: 'at the old gateway: remove the evidence of a member that has moved',
      }),
    )
    .action((id: string, options: MovingOptions) => forget(terminal, id, options))
  addExample(gone, terminal, 'sapan member forget TH/LOC/DONKAEO --gateway MAERIM')
}

async function forget(terminal: Terminal, member: string, options: MovingOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const value = await admin.json('DELETE', pathOf(member, 'evidence'))
  showDone(terminal, options.json, value, [
    tick(
      terminal,
      terminal.say({ th: `ลบหลักฐานของ ${member} ที่นี่แล้ว`, en: `the evidence of ${member} is gone here` }),
    ),
  ])
}

async function showKey(terminal: Terminal, options: MovingOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const value = await admin.json('GET', '/v1/moving-key')
  showDone(terminal, options.json, value, [
    isRecord(value) ? String(value.key) : '',
    nextStep(terminal, 'sapan member move-out … --key …'),
  ])
}

async function moveOut(terminal: Terminal, member: string, options: MovingOptions): Promise<void> {
  const home = homeOf(options, terminal)
  const name = options.gateway ?? member
  const { code } = await gatewayNamed(home, name)
  const admin = await gatewayAdmin(home, name)
  const { key, file } = options
  const path = pathOf(member, 'move-out')
  const sha256 = await fetchFile({ origin: admin.origin, token: admin.token, path, body: { key }, file })
  await admin.json('POST', pathOf(member, 'hand-over'), { key, sha256 })
  await noteMembers(home, code)
  showDone(terminal, options.json, { member, file, sha256 }, [
    tick(terminal, terminal.say({ th: `ทำแฟ้ม ${file} แล้ว`, en: `${file} is written` })),
    tick(
      terminal,
      terminal.say({
        th: `ส่งมอบ ${member} แล้ว เกตเวย์นี้ทำแทนไม่ได้อีก`,
        en: `${member} is handed over: this gateway can act for it no more`,
      }),
    ),
    nextStep(terminal, `sapan member move-in ${member} --file …`),
  ])
}

async function moveIn(terminal: Terminal, member: string, options: MovingOptions): Promise<void> {
  const { file } = options
  await access(file).catch((cause: unknown) => {
    throw new Problem(problems['input-unreadable'], {
      detail: { th: `เปิด ${file} ไม่ได้`, en: `${file} cannot be opened` },
      cause,
    })
  })
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway ?? member)
  const { origin, token } = admin
  const value = await sendFile({ origin, token, path: pathOf(member, 'move-in'), file })
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `${member} ย้ายเข้าแล้ว`, en: `${member} has moved in` })),
    nextStep(terminal, `sapan audit --member ${member}`),
  ])
}

async function callOff(terminal: Terminal, member: string, options: MovingOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway ?? member)
  const value = await admin.json('POST', pathOf(member, 'stay'), {})
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `${member} อยู่ที่เดิม`, en: `${member} stays` })),
  ])
}

function pathOf(member: string, action: string): string {
  return `/v1/members/${encodeURIComponent(member)}/${action}`
}
