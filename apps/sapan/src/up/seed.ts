import { setTimeout as sleep } from 'node:timers/promises'
import type { AdminClient } from '../clients/admin.ts'
import { AnsweredProblem } from '../terminal/failure.ts'
import { isRecord, rowsOf } from '../terminal/values.ts'
import type { Agency } from './country.ts'
import type { BehindGateway } from './registers.ts'

/** Registers the members and their subsystems at the center; what is there already is left alone. */
export async function registerMembers(center: AdminClient, agencies: readonly Agency[]): Promise<void> {
  const known = new Set(
    rowsOf(await center.json('GET', '/v1/members'), 'members').flatMap((member) => [
      String(member.id),
      ...rowsOf(member, 'subsystems').map(({ code }) => `${String(member.id)}/${String(code)}`),
    ]),
  )
  for (const { id, memberClass, memberCode, name, subsystems } of agencies) {
    const member = { class: memberClass, code: memberCode, name }
    if (!known.has(id)) await center.json('POST', '/v1/members', member)
    for (const subsystem of subsystems) {
      const subsystemId = `${id}/${subsystem.code}`
      if (known.has(subsystemId)) continue
      await center.json('POST', '/v1/subsystems', { id: subsystemId, name: subsystem.name })
    }
  }
}

/** Opens a register's services at its agency's gateway; those that are open already are left alone. */
export async function offerServices(gateway: AdminClient, register: BehindGateway): Promise<void> {
  const known = new Set(rowsOf(await gateway.json('GET', '/v1/services'), 'services').map(({ id }) => id))
  for (const { service, base, openapi } of register.services) {
    if (known.has(service)) continue
    const subsystem = service.split('/').slice(0, 4).join('/')
    await gateway.json('POST', '/v1/services', { subsystem, openapi, url: register.origin + base })
  }
}

/**
 * Gives the agency's grants where there is none in force for the same consumer, service and purpose. Those of services that it
 * does not offer (yet) come back, as `consumer → service`.
 */
export async function giveGrants(
  gateway: AdminClient,
  agency: Agency,
  now: number,
): Promise<readonly string[]> {
  const waiting: string[] = []
  const live = new Set(
    rowsOf(await gateway.json('GET', '/v1/grants'), 'issued')
      .map(({ grant }) => grant)
      .filter(isRecord)
      .filter(({ expires }) => Date.parse(String(expires)) > now)
      .map(nameOf),
  )
  for (const order of agency.grants) {
    if (live.has(nameOf(order))) continue
    try {
      await gateway.json('POST', '/v1/grants', order)
    } catch (error) {
      if (!(error instanceof AnsweredProblem) || error.document.code !== 'service-unknown') throw error
      waiting.push(`${order.consumer} → ${order.service}`)
    }
  }
  return waiting
}

function nameOf({
  consumer,
  service,
  purpose,
}: {
  consumer?: unknown
  service?: unknown
  purpose?: unknown
}): string {
  return [consumer, service, purpose].map(String).join(' ')
}

/**
 * Has every gateway look at the directory until it holds the center's newest. They poll it anyway, so this gives up after
 * `atMostMs`: a gateway that is late catches up by itself.
 */
export async function directoryEverywhere(
  center: AdminClient,
  gateways: readonly AdminClient[],
  atMostMs: number,
): Promise<void> {
  const newest = versionIn(await center.json('GET', '/v1/directory'))
  const until = performance.now() + atMostMs
  const take = async (gateway: AdminClient): Promise<void> => {
    const looked = await gateway.json('POST', '/v1/directory/refresh')
    if (versionIn(isRecord(looked) ? looked.standing : undefined) >= newest) return
    if (performance.now() >= until) return
    await sleep(200)
    await take(gateway)
  }
  await Promise.all(gateways.map(take))
}

function versionIn(value: unknown): number {
  return isRecord(value) ? Number(value.version) : 0
}
