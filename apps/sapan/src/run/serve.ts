import type { CenterFile } from '../config/center.ts'
import { databaseUrlOf } from '../config/database-url.ts'
import type { GatewayFile } from '../config/gateway.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { runCenter } from './center.ts'
import { type DatabasePlace, type OpenDatabase, openDatabase } from './database.ts'
import { runGateway } from './gateway.ts'
import { openLog } from './log.ts'
import type { Running } from './running.ts'
import { untilStopped } from './signals.ts'

/** Runs a center as a process of its own until it is told to stop. The log goes to standard output. */
export async function serveCenter(terminal: Terminal, path: string, file: CenterFile): Promise<void> {
  await serve(terminal, file.database, async (databaseUrl) => {
    const log = await openLog('center', file.logLevel)
    const running = await runCenter(file, { path, databaseUrl, log })
    terminal.note(tick(terminal, `center ${file.instance}: ${file.publicUrl}`))
    terminal.note(nextStep(terminal, { th: 'กด Ctrl-C เพื่อหยุด', en: 'Ctrl-C stops it' }))
    return running
  })
}

/** Runs a gateway as a process of its own until it is told to stop. The log goes to standard output. */
export async function serveGateway(terminal: Terminal, path: string, file: GatewayFile): Promise<void> {
  await serve(terminal, file.database, async (databaseUrl) => {
    const log = await openLog('gateway', file.logLevel)
    const running = await runGateway(file, { path, databaseUrl, log })
    terminal.note(
      tick(
        terminal,
        `${file.id}: edge ${file.listen.edge}, peer ${file.listen.peer}, admin ${file.listen.admin}`,
      ),
    )
    terminal.note(nextStep(terminal, { th: 'กด Ctrl-C เพื่อหยุด', en: 'Ctrl-C stops it' }))
    return running
  })
}

async function serve(
  terminal: Terminal,
  place: DatabasePlace,
  start: (databaseUrl: string) => Promise<Running>,
): Promise<void> {
  const stopped = untilStopped()
  const database: OpenDatabase = await openDatabase(place, databaseUrlOf(terminal.env))
  try {
    const running = await start(database.url)
    await stopped
    await running.stop()
  } finally {
    await database.close()
  }
}
