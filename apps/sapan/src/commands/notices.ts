import type { Notices } from '@sapan/notices'
import type { Command } from 'commander'
import { addExample } from '../terminal/example.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { showDone } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { configFileOrHome, type OperatorOptions, operatorFile } from './config-file.ts'

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const outbox = command
    .command('outbox')
    .description(
      say({
        th: 'อีเมลและข้อความที่รอส่งหรือเลิกส่งแล้ว',
        en: 'letters and pushes that wait, and that were given up',
      }),
    )
    .addOption(configFileOrHome(terminal))
    .action((options: OperatorOptions) => showOutbox(terminal, options))
  addExample(outbox, terminal, 'sapan notices outbox')
  const revive = command
    .command('revive')
    .description(say({ th: 'ลองส่งสิ่งที่เลิกส่งแล้วอีกรอบ', en: 'try once more what was given up' }))
    .addOption(configFileOrHome(terminal))
    .action((options: OperatorOptions) => reviveAll(terminal, options))
  addExample(revive, terminal, 'sapan notices revive')
}

async function withNotices<T>(
  terminal: Terminal,
  options: OperatorOptions,
  work: (notices: Notices) => Promise<T>,
): Promise<T> {
  const [{ readIdentityFile }, { withOperator }] = await Promise.all([
    import('../config/identity.ts'),
    import('../run/serve-identity.ts'),
  ])
  return withOperator(
    terminal,
    { ...(await readIdentityFile(operatorFile(options, terminal))), logLevel: 'error' },
    'notices',
    ({ notices }) => work(notices),
  )
}

async function showOutbox(terminal: Terminal, options: OperatorOptions): Promise<void> {
  const state = await withNotices(terminal, options, (notices) => notices.outbox())
  const { say } = terminal
  const minutes = Math.floor(state.oldestMillis / 60_000)
  showDone(terminal, options.json, state, [
    `${say({ th: 'รอส่ง', en: 'waiting' })}: ${state.waiting}`,
    `${say({ th: 'รอนานสุด (นาที)', en: 'longest wait, in minutes' })}: ${minutes}`,
    `${say({ th: 'เลิกส่งแล้ว', en: 'given up' })}: ${state.dead}`,
    ...(state.dead === 0
      ? []
      : [
          nextStep(terminal, {
            th: 'เมื่อระบบอีเมลใช้ได้แล้ว: sapan notices revive',
            en: 'once the mail system works: sapan notices revive',
          }),
        ]),
  ])
}

async function reviveAll(terminal: Terminal, options: OperatorOptions): Promise<void> {
  const revived = await withNotices(terminal, options, (notices) => notices.revive())
  const said = { th: `ส่งใหม่ ${revived} ฉบับ`, en: `tried again: ${revived}` }
  showDone(terminal, options.json, { revived }, [tick(terminal, terminal.say(said))])
}
