import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGateway, keyFolderLock, loadMembership, openMembership } from '@sapan/exchange'
import { createPool, type Logger, systemClock, WorkingDays } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import { KeyFolder } from '@sapan/trust'
import { type Phase, publicPages } from '@sapan/ui'
import { type GatewayFile, settingsOf } from '../config/gateway.ts'
import { isLoopback } from '../config/place.ts'
import { checkJoined } from './check-joined.ts'
import { type Listening, listen } from './listen.ts'
import { lookAtMachine } from './look-at-machine.ts'
import { operatorMailer } from './operator-mailer.ts'
import { operatorPages } from './operator-pages.ts'
import { problemPages } from './pages.ts'
import type { Running } from './running.ts'
import { s3Access } from './s3-access.ts'

const graceMs = 5_000

/** Runs a gateway on its database and opens its three doors: edge, peer and admin. */
export async function runGateway(
  file: GatewayFile,
  from: { readonly path: string; readonly databaseUrl: string; readonly log: Logger; readonly phase?: Phase },
): Promise<Running> {
  const { log, path } = from
  const keys = new KeyFolder(file.keys)
  const clock = systemClock
  const joined = await loadMembership(keys)
  if (joined !== undefined) checkJoined(file, joined, path)
  const pool = createPool(from.databaseUrl, { max: 16, application_name: file.id })
  const lock = keyFolderLock(pool, file.id)
  const { url: centerUrl, alsoAt } = file.center
  const membership = await openMembership({ keys, clock, log, lock, centerUrl, alsoAt })
  const spillDirectory = await makeSpillDirectory()
  const opened: Listening[] = []
  const closing = [() => rm(spillDirectory, { recursive: true, force: true }), () => pool.end()]
  const stop = async () => {
    log.info({ gateway: file.id }, 'gateway closing')
    await Promise.all(opened.map((door) => door.close(graceMs)))
    for (const close of closing.reverse()) await close()
  }
  try {
    const pages = publicPages({ docs: problemPages })
    const settings = settingsOf(file)
    const country = loadCountry()
    const days = new WorkingDays(country.calendar)
    const notices = country.identity.accessNotices
    const mailer = await operatorMailer(file, process.env)
    closing.push(async () => mailer?.close())
    const gateway = await createGateway({
      pool,
      keys,
      clock,
      log,
      settings,
      membership,
      spillDirectory,
      pages,
      mayTell: (purpose) => notices.some((notice) => notice.purpose === purpose && notice.tell),
      s3Access: await s3Access(file, process.env),
      lookAtMachine: lookAtMachine(file, { config: path, depth: 2 }),
      ...(mailer && { tellOperator: mailer.tellOperator }),
      isHoliday: (at) => days.holiday(days.dateOf(at)) !== undefined,
    })
    // It ends its membership as well.
    closing.push(() => gateway.stop())
    await gateway.start()
    const operators = await operatorPages({
      kind: 'gateway',
      name: file.id,
      place: file.listen.admin,
      keys,
      pool,
      log,
      inject: (request) => gateway.adminApp.inject(request),
      pages,
      signIn: file.operator,
      phase: from.phase,
    })
    closing.push(() => operators.close())
    // Beyond this machine, the agency's own systems reach the edge through mutual TLS.
    const edge = isLoopback(file.listen.edge) ? gateway.edgeServer() : gateway.edgeTlsServer()
    opened.push(await listen(gateway.peerServer(), file.listen.peer, path))
    opened.push(await listen(gateway.adminServer(operators.handler), file.listen.admin, path))
    opened.push(await listen(edge, file.listen.edge, path))
    log.info({ gateway: file.id, listen: file.listen }, 'gateway open')
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Large bodies pass through it, and nobody else on the machine may read them. */
async function makeSpillDirectory(): Promise<string> {
  await mkdir(tmpdir(), { recursive: true })
  return mkdtemp(join(tmpdir(), 'sapan-bodies-'))
}
