import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createGateway, type Gateway, openMembership } from '@sapan/exchange'
import { createPool, type Logger, type Pool, systemClock } from '@sapan/kernel'
import { KeyFolder } from '@sapan/trust'
import { publicPages } from '@sapan/ui'
import { type GatewayFile, settingsOf } from '../config/gateway.ts'
import { splitPlace } from '../config/place.ts'
import { type Listening, listen } from './listen.ts'

/** A gateway or center that answers. */
export interface Running {
  /** Ends in order: no new requests, those that run end, then the work in the background, then the database. */
  stop(): Promise<void>
}

const graceMs = 5_000

/** Runs a gateway on its database and opens its three doors: edge, peer and admin. */
export async function runGateway(
  file: GatewayFile,
  from: { readonly path: string; readonly databaseUrl: string; readonly log: Logger },
): Promise<Running> {
  const pool = createPool(from.databaseUrl, { max: 16, application_name: file.id })
  const opened: Listening[] = []
  let gateway: Gateway | undefined
  const stop = async () => {
    await Promise.all(opened.map((door) => door.close(graceMs)))
    await gateway?.stop()
    await pool.end()
  }
  try {
    gateway = await openGateway(file, pool, from.log)
    await gateway.start()
    // Beyond this machine, the agency's own systems reach the edge through TLS.
    const edge = isLoopback(file.listen.edge) ? gateway.edgeServer() : gateway.edgeTlsServer()
    opened.push(await listen(gateway.peerServer(), file.listen.peer, from.path))
    opened.push(await listen(gateway.adminServer(), file.listen.admin, from.path))
    opened.push(await listen(edge, file.listen.edge, from.path))
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function openGateway(file: GatewayFile, pool: Pool, log: Logger): Promise<Gateway> {
  const keys = new KeyFolder(file.keys)
  const membership = await openMembership({ keys, clock: systemClock, log, centerUrl: file.center.url })
  return createGateway({
    pool,
    keys,
    clock: systemClock,
    log,
    settings: settingsOf(file),
    membership,
    spillDirectory: await emptySpill(file.keys),
    pages: publicPages({ docs: new URL('../../../../docs/problems/', import.meta.url) }),
  })
}

/** A private folder beside the keys; what a killed run left in it belongs to nobody. */
async function emptySpill(keys: string): Promise<string> {
  const spill = join(keys, '..', 'spill')
  await rm(spill, { recursive: true, force: true })
  await mkdir(spill, { recursive: true, mode: 0o700 })
  return spill
}

export function isLoopback(place: string): boolean {
  const { host } = splitPlace(place)
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}
