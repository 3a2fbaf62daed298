import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createGateway } from '@sapan/exchange'
import { createPool, type Logger, systemClock } from '@sapan/kernel'
import { KeyFolder } from '@sapan/trust'
import { type GatewayFile, settingsOf } from '../config/gateway.ts'
import { splitPlace } from '../config/place.ts'
import { type Listening, listen } from './listen.ts'

/** A gateway or center that answers. */
export interface Running {
  /** Ends in order: no new requests, those that run end, then the work in the background, then the database. */
  stop(): Promise<void>
}

/** What one request may cost before it is whole: a slow sender holds a socket, not a gateway. */
const serverLimits = {
  headersTimeout: 15_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 30_000,
  maxHeaderSize: 32 * 1024,
} as const

const graceMs = 5_000

/** Runs a gateway on its database and opens its three doors: edge, peer and admin. */
export async function runGateway(
  file: GatewayFile,
  from: { readonly path: string; readonly databaseUrl: string; readonly log: Logger },
): Promise<Running> {
  const pool = createPool(from.databaseUrl, { max: 16, application_name: file.id })
  const gateway = await createGateway({
    pool,
    keys: new KeyFolder(file.keys),
    clock: systemClock,
    log: from.log,
    settings: settingsOf(file),
  })
  const opened: Listening[] = []
  const stop = async () => {
    await Promise.all(opened.map((door) => door.close(graceMs)))
    await gateway.stop()
    await pool.end()
  }
  try {
    await gateway.start()
    const peer = createTlsServer({ ...gateway.peerTls(), ...serverLimits }, gateway.peer)
    peer.on('secureConnection', (socket) => gateway.peerConnections.opened(socket))
    // Beyond this machine, the agency's own systems reach the edge through TLS as well.
    const edge = isLoopback(file.listen.edge)
      ? createServer(serverLimits, gateway.edge)
      : createTlsServer({ ...gateway.edgeTls(), ...serverLimits }, gateway.edge)
    gateway.onCertificates(() => {
      peer.setSecureContext(gateway.peerTls())
      if ('setSecureContext' in edge) edge.setSecureContext(gateway.edgeTls())
    })
    opened.push(await listen(peer, file.listen.peer, from.path))
    opened.push(await listen(createServer(serverLimits, gateway.admin), file.listen.admin, from.path))
    opened.push(await listen(edge, file.listen.edge, from.path))
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}

export function isLoopback(place: string): boolean {
  const { host } = splitPlace(place)
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}
