import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { besidePages, type Center, createCenter } from '@sapan/exchange'
import { createPool, type Logger, systemClock } from '@sapan/kernel'
import { KeyFolder } from '@sapan/trust'
import { type Phase, publicPages } from '@sapan/ui'
import type { CenterFile } from '../config/center.ts'
import { type Listening, listen } from './listen.ts'
import { lookAtMachine } from './look-at-machine.ts'
import { operatorMailer } from './operator-mailer.ts'
import { type OperatorPages, operatorPages } from './operator-pages.ts'
import { problemPages } from './pages.ts'
import type { Running } from './running.ts'

/** Whoever says nothing before TLS begins is waited for no longer. */
const handshakeMs = 20_000
const graceMs = 3_000

export interface RunningCenter extends Running {
  readonly center: Center
}

/** Runs the center on its database and opens its two doors: public (TLS) and admin. */
export async function runCenter(
  file: CenterFile,
  from: { readonly path: string; readonly databaseUrl: string; readonly log: Logger; readonly phase?: Phase },
): Promise<RunningCenter> {
  const { listen: places, keys, database: _database, logLevel: _logLevel, ...config } = file
  const pool = createPool(from.databaseUrl, { application_name: 'sapan-center' })
  const folder = new KeyFolder(keys)
  const pages = publicPages({ docs: problemPages })
  const mailer = await operatorMailer(file, process.env)
  const center = await createCenter({
    pool,
    keys: folder,
    clock: systemClock,
    log: from.log,
    config,
    pages,
    ...(mailer && { tellOperator: mailer.tellOperator }),
    lookAtMachine: lookAtMachine(file, { config: from.path, depth: 1 }),
  })
  const opened: Listening[] = []
  let operators: OperatorPages | undefined
  const stop = async () => {
    from.log.info({ instance: file.instance }, 'center closing')
    await Promise.all(opened.map((door) => door.close(graceMs)))
    await operators?.close()
    await center.stop()
    mailer?.close()
    await pool.end()
  }
  try {
    await center.start()
    const open = createTlsServer({ ...center.tls(), handshakeTimeout: handshakeMs }, center.publicHandler)
    center.onTlsRenewed((options) => open.setSecureContext(options))
    opened.push(await listen(open, places.public, from.path))
    operators = await operatorPages({
      kind: 'center',
      name: file.instance,
      place: places.admin,
      keys: folder,
      pool,
      log: from.log,
      inject: (request) => center.adminApp.inject(request),
      pages,
      phase: from.phase,
    })
    const admin = createServer(besidePages(center.adminHandler, operators.handler))
    opened.push(await listen(admin, places.admin, from.path))
    from.log.info({ instance: file.instance, listen: places }, 'center open')
    return { center, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
