import { databaseUrlOf } from '../config/database-url.ts'
import type { IdentityFile } from '../config/identity.ts'
import { authorityOf } from '../identity/authority-from-file.ts'
import type { House } from '../identity/house.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { openSharedDatabase } from './database.ts'
import { openOperator, runDesk, runIssuer } from './identity.ts'
import { openLog } from './log.ts'
import type { Running } from './running.ts'
import { untilStopped } from './signals.ts'

/** Runs the issuer as a process of its own until it is told to stop. The log goes to standard output. */
export async function serveIssuer(terminal: Terminal, path: string, file: IdentityFile): Promise<void> {
  await serve(terminal, { file, name: 'identity', origin: file.issuer }, (house) => runIssuer(house, path))
}

/** Runs the officers' desk the same way. */
export async function serveDesk(terminal: Terminal, path: string, file: IdentityFile): Promise<void> {
  await serve(terminal, { file, name: 'desk', origin: file.desk }, (house) => runDesk(house, path))
}

/** Opens what an operator's processes share, does something with it, and closes it. */
export async function withOperator<T>(
  terminal: Terminal,
  file: IdentityFile,
  name: string,
  work: (house: House) => Promise<T>,
): Promise<T> {
  const database = await openSharedDatabase(file.database, databaseUrlOf(terminal.env))
  try {
    const log = await openLog(name, file.logLevel)
    const documents = await authorityOf(file)
    const house = await openOperator(file, {
      databaseUrl: database.url,
      log,
      ...(documents && { documents }),
    })
    try {
      return await work(house)
    } finally {
      await house.close()
    }
  } finally {
    await database.close()
  }
}

async function serve(
  terminal: Terminal,
  { file, name, origin }: { readonly file: IdentityFile; readonly name: string; readonly origin: string },
  start: (house: House) => Promise<Running>,
): Promise<void> {
  const stopped = untilStopped()
  await withOperator(terminal, file, name, async (house) => {
    const running = await start(house)
    terminal.note(tick(terminal, `${name}: ${origin}`))
    terminal.note(nextStep(terminal, { th: 'กด Ctrl-C เพื่อหยุด', en: 'Ctrl-C stops it' }))
    await stopped
    await running.stop()
  })
}
