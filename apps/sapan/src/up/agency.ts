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

/** A gateway with the agencies that it hosts: one, or several that share it. */
export interface AgencyGateway {
  /** The key in endpoints.json, and the name of its folder: `DOPA`. */
  readonly code: string
  /** `TH/GOV/DOPA/gateway-1`: the first of its agencies owns it. */
  readonly id: string
  readonly agencies: readonly Agency[]
}

/** The gateways of a country, in the order of its agencies. */
export function gatewaysOf(agencies: readonly Agency[]): readonly AgencyGateway[] {
  const hosted = Map.groupBy(agencies, ({ gateway }) => gateway)
  return [...hosted].map(([code, list]) => ({ code, id: `${list[0]?.id}/gateway-1`, agencies: list }))
}

export function databaseNameOf({ code }: AgencyGateway): string {
  return `gateway_${code.toLowerCase()}`
}

/** The doors of a gateway, as origins. */
export function doorsOf(code: string, ports: Ports): { edge: string; peer: string; admin: string } {
  const at = (scheme: string, door: string) => `${scheme}://127.0.0.1:${ports[`${code}.${door}`]}`
  return { edge: at('http', 'edge'), peer: at('https', 'peer'), admin: at('http', 'admin') }
}

/** Of one process that opens a whole country, while it makes its people: seconds that its center may take to answer. */
const patience = 120

/**
 * Brings a gateway of agencies into the country as its operator would: with a token from the center, over the wire,
 * making its keys in its own folder. Does nothing where it has joined before.
 */
export async function joinAgencies(
  layout: Layout,
  gateway: AgencyGateway,
  ports: Ports,
  center: AdminClient,
): Promise<void> {
  const { code, id, agencies } = gateway
  const path = layout.gatewayConfig(code)
  if (existsSync(path)) return
  const members = agencies.map((agency) => agency.id)
  const made = await center.json('POST', '/v1/tokens', { gateway: id, members })
  const token = isRecord(made) ? String(made.token) : ''
  const keys = new KeyFolder(join(layout.gateway(code), 'keys'))
  const doors = doorsOf(code, ports)
  const joined = await joinGateway({ token, keys, peerAddress: doors.peer, timeoutSeconds: patience })
  await writeGatewayFile(path, {
    id,
    center: { url: joined.center, rootFingerprint: joined.rootFingerprint },
    peerAddress: doors.peer,
    edgeOrigin: doors.edge,
    unusual: { casePurposes: [...new Set(agencies.flatMap(({ casePurposes }) => casePurposes))] },
    withoutCredential: agencies.flatMap(({ id: member, subsystems }) =>
      subsystems.map((subsystem) => `${member}/${subsystem.code}`),
    ),
    listen: {
      edge: new URL(doors.edge).host,
      peer: new URL(doors.peer).host,
      admin: new URL(doors.admin).host,
    },
    keys: 'keys',
    database: { embedded: '../../postgres', name: databaseNameOf(gateway) },
  })
}
