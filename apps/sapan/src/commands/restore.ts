import type { Command } from 'commander'
import type { ToRecover } from '../backup/filling.ts'
import type { SecretOptions } from '../backup/secrets.ts'
import { type HomeOptions, homeOf } from '../clients/home.ts'
import { databaseUrlOf } from '../config/database-url.ts'
import { addExample } from '../terminal/example.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { showingProgress } from '../terminal/progress.ts'
import { showDone, showTime } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { identityFile, passphraseFile } from './backup.ts'

interface RestoreOptions extends HomeOptions, SecretOptions {}

export function configure(command: Command, terminal: Terminal): void {
  command
    .argument('<file>')
    .addOption(identityFile(terminal))
    .addOption(passphraseFile(terminal))
    .action((file: string, options: RestoreOptions) => restore(terminal, file, options))
  addExample(
    command,
    terminal,
    'sapan restore gateway.age --identity backup.key --home /srv/gateway',
    'DATABASE_URL=postgres://… sapan restore gateway.age --identity backup.key --home /srv/gateway',
  )
}

async function restore(terminal: Terminal, file: string, options: RestoreOptions): Promise<void> {
  const [{ restoreBackup }, { openedWith }] = await Promise.all([
    import('../backup/restore.ts'),
    import('../backup/secrets.ts'),
  ])
  const how = await openedWith(options, terminal)
  const progress = showingProgress(terminal)
  const done = await restoreBackup({
    file,
    how,
    home: homeOf(options, terminal),
    databaseUrl: databaseUrlOf(terminal.env),
    onProgress: progress.show,
  }).finally(progress.end)
  const { home, databases, recover } = done
  const at = showTime(terminal, done.made)
  showDone(terminal, options.json, done, [
    tick(
      terminal,
      terminal.say({
        th: `กู้คืนแล้วใน ${home} ตามที่เป็นเมื่อ ${at}: ${databases.join(', ')}`,
        en: `restored in ${home}, as it was at ${at}: ${databases.join(', ')}`,
      }),
    ),
    ...(recover.center || recover.members.length > 0 ? [nextStep(terminal, recoverThem(recover))] : []),
  ])
}

function recoverThem({ center, members }: ToRecover): { th: string; en: string } {
  const commands = [
    ...(center ? ['sapan center recover --directory newest.json'] : []),
    ...(members.length > 0 ? ['sapan gateway recover --all'] : []),
  ].join('; ')
  return {
    th: `เปิดใหม่ แล้วตรวจว่าไม่มีสำเนาที่ใหม่กว่านี้ จากนั้นสั่ง: ${commands}`,
    en: `start it, make sure that no newer copy runs or can be had, then: ${commands}`,
  }
}
