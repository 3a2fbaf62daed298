import type { PoolClient } from '@sapan/kernel'
import { exchangeProblem } from '../problems.ts'
import { change } from './change.ts'
import type { CenterGround } from './ground.ts'
import { checkHost, hostOf } from './names.ts'
import { readGateway, saveHosts } from './store/gateways.ts'

/** Throws Problem `peer-host-not-allowed` unless the address is at one of the hosts. */
export function requireHost(hosts: readonly string[], peer: string): void {
  if (!hosts.includes(hostOf(peer))) throw exchangeProblem('peer-host-not-allowed')
}

/**
 * The hosts to which a gateway is bound as it joins: those that its token names; else what it is bound to already,
 * where the address fits; else the address's own. Throws Problem `peer-host-not-allowed`.
 */
export async function hostsAtJoin(
  client: PoolClient,
  { gateway, peer, named }: { gateway: string; peer: string; named: readonly string[] | null },
): Promise<readonly string[]> {
  if (named) requireHost(named, peer)
  if (named) return named
  const host = hostOf(peer)
  const held = (await readGateway(client, gateway))?.hosts
  return held?.includes(host) ? held : [host]
}

/**
 * Binds a gateway to other hosts, on the word of the center's operator. Where it is at none of them, its address stays
 * published until it moves, but its TLS certificate is not renewed. Throws Problem `gateway-unknown` or `request-invalid`.
 */
export function setHosts(
  ground: CenterGround,
  actor: string,
  { gateway, hosts }: { readonly gateway: string; readonly hosts: readonly string[] },
): Promise<string[]> {
  const checked = hosts.map(checkHost)
  return change(ground, async ({ client, auditQuietly }) => {
    if (!(await readGateway(client, gateway))) throw exchangeProblem('gateway-unknown')
    await saveHosts(client, gateway, checked)
    await auditQuietly({ actor, action: 'gateway.hosts', subject: gateway, details: { hosts: checked } })
    return checked
  })
}
