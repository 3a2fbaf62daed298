import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { joinGateway } from '@sapan/exchange'
import { KeyFolder } from '@sapan/trust'
import type { AdminClient } from '../clients/admin.ts'
import { writeGatewayFile } from '../config/gateway.ts'
import type { Layout } from '../home/layout.ts'
import { isRecord } from '../terminal/values.ts'
import type { Ports } from './choices.ts'
import type { Agency } from './country.ts'

export function gatewayIdOf(agency: Agency): string {
  return `${agency.id}/gateway-1`
}

export function databaseNameOf(agency: Agency): string {
  return `gateway_${agency.code.toLowerCase()}`
}

/** The doors of an agency's gateway, as origins. */
export function doorsOf(code: string, ports: Ports): { edge: string; peer: string; admin: string } {
  const at = (scheme: string, door: string) => `${scheme}://127.0.0.1:${ports[`${code}.${door}`]}`
  return { edge: at('http', 'edge'), peer: at('https', 'peer'), admin: at('http', 'admin') }
}

/**
 * Brings an agency's gateway into the country as its operator would: with a token from the center, over the wire,
 * making its keys in its own folder. Does nothing where it has joined before.
 */
export async function joinAgency(
  layout: Layout,
  agency: Agency,
  ports: Ports,
  center: AdminClient,
): Promise<void> {
  const path = layout.gatewayConfig(agency.code)
  if (existsSync(path)) return
  const id = gatewayIdOf(agency)
  const made = await center.json('POST', '/v1/tokens', { gateway: id, members: [agency.id] })
  const token = isRecord(made) ? String(made.token) : ''
  const keys = new KeyFolder(join(layout.gateway(agency.code), 'keys'))
  const doors = doorsOf(agency.code, ports)
  const joined = await joinGateway({ token, keys, peerAddress: doors.peer })
  await writeGatewayFile(path, {
    id,
    members: [agency.id],
    center: { url: joined.center, rootFingerprint: joined.rootFingerprint },
    peerAddress: doors.peer,
    edgeOrigin: doors.edge,
    unusual: { casePurposes: [...agency.casePurposes] },
    withoutCredential: agency.subsystems.map(({ code }) => `${agency.id}/${code}`),
    listen: {
      edge: new URL(doors.edge).host,
      peer: new URL(doors.peer).host,
      admin: new URL(doors.admin).host,
    },
    keys: 'keys',
    database: { embedded: '../../postgres', name: databaseNameOf(agency) },
  })
}
