import { readFile } from 'node:fs/promises'
import { Problem } from '@sapan/kernel'
import type { Command } from 'commander'
import { gatewayAdmin, type HomeOptions, homeOf, memberIn } from '../clients/home.ts'
import { problems } from '../problems.ts'
import { addExample } from '../terminal/example.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { showDone } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cell, isRecord } from '../terminal/values.ts'
import { listGdx } from './gdx/list.ts'
import { addRoutes } from './gdx/routes.ts'

interface ConsumerOptions extends HomeOptions {
  readonly gateway?: string
  readonly for?: string
  readonly key?: string
  readonly secretFile?: string
}

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const gateway = say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' })

  const list = command
    .command('list')
    .description(
      say({ th: 'ใครยังเรียกแบบ GDX และจุดอ่อน', en: 'who still calls as GDX does, and its weak points' }),
    )
    .option('--gateway <name>', gateway)
    .action((options: ConsumerOptions) => listGdx(terminal, options))
  addExample(list, terminal, 'sapan gdx list --gateway RD')

  const add = command
    .command('add <name>')
    .description(
      say({ th: 'ให้ระบบที่เรียกแบบ GDX พูดแทนระบบย่อย', en: 'let a caller of GDX speak for a subsystem' }),
    )
    .requiredOption(
      '--for <subsystem>',
      say({ th: 'ระบบย่อยที่พูดแทน', en: 'the subsystem for which it speaks' }),
    )
    .option(
      '--key <key>',
      say({ th: 'Consumer-Key ที่ระบบมีอยู่แล้ว', en: 'the Consumer-Key that it has already' }),
    )
    .option(
      '--secret-file <file>',
      say({
        th: 'แฟ้มที่มี ConsumerSecret ที่ระบบมีอยู่แล้ว',
        en: 'a file with the ConsumerSecret that it has already',
      }),
    )
    .option('--gateway <name>', gateway)
    .action((name: string, options: ConsumerOptions) => addConsumer(terminal, name, options))
  addExample(add, terminal, 'sapan gdx add old-efiling --for TH/GOV/RD/efiling')

  const remove = command
    .command('remove <id>')
    .description(say({ th: 'เลิกตอบระบบนั้น พร้อมโทเคนทั้งหมด', en: 'answer it no more; its tokens end at once' }))
    .option('--gateway <name>', gateway)
    .action((id: string, options: ConsumerOptions) => removeConsumer(terminal, id, options))
  addExample(remove, terminal, 'sapan gdx remove 6f1c… --gateway RD')

  addRoutes(command, terminal, gateway)
}

async function addConsumer(terminal: Terminal, name: string, options: ConsumerOptions): Promise<void> {
  const subsystem = options.for ?? ''
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway ?? memberIn(subsystem))
  const value = await admin.json('POST', '/v1/gdx/consumers', {
    name,
    subsystem,
    ...(options.key === undefined ? {} : { key: options.key }),
    ...(options.secretFile === undefined ? {} : { secret: await secretIn(options.secretFile) }),
  })
  const made = isRecord(value) ? value : {}
  const { language, say } = terminal
  const secret = cell(made.secret, language)
  const shown = [`  Consumer-Key    ${cell(made.key, language)}`]
  if (secret !== '') shown.push(`  ConsumerSecret  ${secret}`)
  const keep = nextStep(terminal, {
    th: 'เก็บ ConsumerSecret ไว้ในที่ปลอดภัย จะไม่แสดงอีก',
    en: 'keep the ConsumerSecret safe: it is not shown again',
  })
  showDone(terminal, options.json, value, [
    tick(terminal, say({ th: `${name} พูดแทน ${subsystem} ได้`, en: `${name} may speak for ${subsystem}` })),
    ...shown,
    ...(secret === '' ? [] : [keep]),
  ])
}

async function secretIn(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '')
  } catch (error) {
    throw new Problem(problems['input-unreadable'], {
      detail: { th: `เปิด ${file} ไม่ได้`, en: `${file} cannot be opened` },
      cause: error,
    })
  }
}

async function removeConsumer(terminal: Terminal, id: string, options: ConsumerOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const value = await admin.json('DELETE', `/v1/gdx/consumers/${encodeURIComponent(id)}`)
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `${id} เรียกไม่ได้อีก`, en: `${id} can no longer call` })),
  ])
}
