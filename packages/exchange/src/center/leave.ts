import type { PoolClient } from '@sapan/kernel'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { exchangeProblem } from '../problems.ts'
import type { CenterGround } from './ground.ts'
import { changeOnStatement, notAllowed } from './statement.ts'
import { retireCertificates } from './store/certificates.ts'
import { endWaiting, readGateway, removeMember } from './store/gateways.ts'

/** The JWS `typ` of the statement with which a member leaves a gateway. */
export const leaveType = 'sapan-leave+jws'

const identifier = Type.String({ minLength: 1, maxLength: 256 })

const shape = Compile(
  Type.Object({ gateway: identifier, successor: Type.Optional(identifier) }, { additionalProperties: false }),
)

/**
 * Ends that a gateway speaks for the stating member: the directory names it no more, and the signing certificates that it has
 * of this member are retired, this statement's with them. A successor, which waits for the member, speaks for it from the same
 * directory on: at no moment do both. Throws `successor-not-waiting`, Problem `gateway-unknown`, `statement-not-allowed` where
 * the member is not hosted there, `gateway-owner-stays` for the member that owns the gateway, and as `changeOnStatement`.
 */
export function leave(ground: CenterGround, jws: string): Promise<void> {
  return changeOnStatement(ground, jws, { type: leaveType, shape }, async (current, { member, payload }) => {
    const { client, now } = current
    const gateway = await readGateway(client, payload.gateway)
    if (!gateway) throw exchangeProblem('gateway-unknown')
    if (!gateway.members.includes(member)) throw notAllowed(gateway.id)
    if (gateway.owner === member) throw exchangeProblem('gateway-owner-stays')
    await removeMember(client, gateway.id, member)
    if (payload.successor !== undefined) await handOver(client, payload.successor, member)
    await retireCertificates(client, { holder: member, gateway: gateway.id }, now)
    const { successor } = payload
    const details = { member, ...(successor === undefined ? {} : { successor }) }
    await current.audit({ actor: member, action: 'gateway.leave', subject: gateway.id, details })
  })
}

async function handOver(client: PoolClient, successor: string, member: string): Promise<void> {
  const gateway = await readGateway(client, successor)
  if (!gateway?.waiting.includes(member)) throw exchangeProblem('successor-not-waiting')
  await endWaiting(client, successor, member)
}
