import type { Notices } from '@sapan/notices'
import type { Command } from 'commander'
import { addExample } from '../terminal/example.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { showDone } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { configFile } from './config-file.ts'

interface Options {
  readonly config: string
  readonly json?: boolean
}

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
    .addOption(configFile(terminal))
    .action((options: Options) => showOutbox(terminal, options))
  addExample(outbox, terminal, 'sapan notices outbox --config identity.yaml')
  const revive = command
    .command('revive')
    .description(say({ th: 'ลองส่งสิ่งที่เลิกส่งแล้วอีกรอบ', en: 'try once more what was given up' }))
    .addOption(configFile(terminal))
    .action((options: Options) => reviveAll(terminal, options))
  addExample(revive, terminal, 'sapan notices revive --config identity.yaml')
}

async function withNotices<T>(
  terminal: Terminal,
  config: string,
  work: (notices: Notices) => Promise<T>,
): Promise<T> {
  const [{ readIdentityFile }, { withOperator }] = await Promise.all([
    import('../config/identity.ts'),
    import('../run/serve-identity.ts'),
  ])
  return withOperator(
    terminal,
    { ...(await readIdentityFile(config)), logLevel: 'error' },
    'notices',
    ({ notices }) => work(notices),
  )
}

async function showOutbox(terminal: Terminal, { config, json }: Options): Promise<void> {
  const state = await withNotices(terminal, config, (notices) => notices.outbox())
  const { say } = terminal
  const minutes = Math.floor(state.oldestMillis / 60_000)
  showDone(terminal, json, state, [
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

async function reviveAll(terminal: Terminal, { config, json }: Options): Promise<void> {
  const revived = await withNotices(terminal, config, (notices) => notices.revive())
  const said = { th: `ส่งใหม่ ${revived} ฉบับ`, en: `tried again: ${revived}` }
  showDone(terminal, json, { revived }, [tick(terminal, terminal.say(said))])
}
