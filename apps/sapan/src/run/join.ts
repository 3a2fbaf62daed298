import { existsSync } from 'node:fs'
import { hostname as machineName } from 'node:os'
import { join } from 'node:path'
import { joinGateway, openJoinToken } from '@sapan/exchange'
import { Problem } from '@sapan/kernel'
import { KeyFolder } from '@sapan/trust'
import { writeGatewayFile } from '../config/gateway.ts'
import { checkLoopback, checkPlace, isLoopback } from '../config/place.ts'
import { writeEndpoints } from '../home/endpoints.ts'
import { makeFolder } from '../home/files.ts'
import { problems } from '../problems.ts'

export interface JoinOrder {
  readonly token: string
  readonly center?: string
  /** Where other gateways reach it; its port is also the one it listens at. */
  readonly peer?: string
  readonly edge: string
  readonly admin: string
}

export interface Joined {
  readonly gateway: string
  readonly members: readonly string[]
  /** Where other gateways reach it. */
  readonly peer: string
  readonly config: string
  readonly keys: string
}

/**
 * Joins a country on an empty machine: makes the keys in `folder`, gets certificates from the center that the token
 * names, and writes a configuration that `sapan gateway --config` takes as it is.
 */
export async function joinCountryWithToken(folder: string, order: JoinOrder): Promise<Joined> {
  const config = join(folder, 'gateway.yaml')
  if (existsSync(config)) throw misuse(`มี ${config} อยู่แล้ว`, `${config} is there already`)
  const token = openJoinToken(order.token)
  const peer = peerOf(order.peer ?? usualPeer(order.center ?? token.center))
  // Before the center is asked: a token that was used can't be used again.
  checkPlace('--edge', order.edge)
  checkLoopback('--admin', order.admin)
  await makeFolder(folder)
  const keys = join(folder, 'keys')
  const joined = await joinGateway({
    token: order.token,
    keys: new KeyFolder(keys),
    peerAddress: peer.origin,
    ...(order.center === undefined ? {} : { centerUrl: order.center }),
  })
  const members = [...token.members]
  const edge = `${isLoopback(order.edge) ? 'http' : 'https'}://${order.edge}`
  await writeGatewayFile(config, {
    id: token.gateway,
    center: { url: joined.center, rootFingerprint: joined.rootFingerprint },
    peerAddress: peer.origin,
    edgeOrigin: edge,
    // Add here the subsystems that programs on this machine may speak for; others need a credential.
    withoutCredential: [],
    listen: { edge: order.edge, peer: listenFor(peer), admin: order.admin },
    keys: 'keys',
    database: { embedded: 'postgres', name: 'gateway' },
  })
  await writeEndpoints(folder, {
    center: joined.center,
    centerAdmin: '',
    centerKeys: '',
    rootFingerprint: joined.rootFingerprint,
    gateways: {
      [token.gateway.split('/')[2] ?? 'gateway']: {
        id: token.gateway,
        members,
        edge,
        peer: peer.origin,
        admin: `http://${order.admin}`,
        keys,
      },
    },
  })
  return { gateway: token.gateway, members, peer: peer.origin, config, keys }
}

/** Where nothing is said: this machine's name; loopback where the center is on it. */
function usualPeer(center: string): string {
  const { hostname } = new URL(center)
  return isLoopback(`${hostname}:0`) ? 'https://127.0.0.1:4102' : `https://${machineName()}:4102`
}

function peerOf(url: string): URL {
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
    throw misuse('ที่อยู่ใน --peer ต้องเป็น https://โฮสต์:พอร์ต', 'the address in --peer must be https://host:port')
  }
  return new URL(url)
}

/** On loopback for a machine of its own; else at every address, since the public name may be behind a router. */
function listenFor(peer: URL): string {
  const port = peer.port || '443'
  return isLoopback(`${peer.hostname}:${port}`) ? `127.0.0.1:${port}` : `0.0.0.0:${port}`
}

function misuse(th: string, en: string): Problem {
  return new Problem(problems.misuse, { detail: { th, en } })
}
