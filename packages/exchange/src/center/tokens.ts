import { createHash, randomBytes } from 'node:crypto'
import type { PoolClient } from '@sapan/kernel'
import { formatJoinToken } from '../membership/token.ts'
import { exchangeProblem } from '../problems.ts'
import { change } from './change.ts'
import type { CenterGround } from './ground.ts'
import { checkHost, ownerOf } from './names.ts'
import { readGateway, readGateways } from './store/gateways.ts'
import { unknownMembers } from './store/members.ts'
import { insertToken } from './store/tokens.ts'

/** Only this is kept of a token's secret. The secret has 256 random bits, so a plain hash is enough. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

export interface TokenOrder {
  /** `TH/GOV/DOPA/gateway-1`. Its owner is among the members of one that joins. */
  readonly gateway: string
  readonly members: readonly string[]
  /** Hosts under which the gateway may be reached; without them, the one with which it joins. */
  readonly hosts?: readonly string[]
  readonly expiresInSeconds?: number
  /** For a gateway that has joined: to take these members in, and nothing else. */
  readonly hosting?: boolean
  /** For a gateway of a member's own, to which it moves: it waits until the present one hands over. */
  readonly moving?: boolean
}

/**
 * Makes a join token: shown once, used once, and then for this gateway and these members only. Throws Problem
 * `address-malformed`, `code-malformed`, `member-unknown` or `request-invalid`; for hosting also `gateway-unknown`, and
 * `already-registered` where the gateway speaks for one of the members already.
 */
export function makeToken(
  ground: CenterGround,
  actor: string,
  order: TokenOrder,
): Promise<{ token: string; expiresAt: string }> {
  const { config, authority } = ground
  const owner = ownerOf(config.instance, order.gateway)
  const { hosting = false, moving = false } = order
  const members = [...new Set(hosting ? order.members : [owner, ...order.members])]
  const hosts = order.hosts?.map(checkHost) ?? null
  return change(ground, async ({ client, now, auditQuietly }) => {
    if (moving) await checkMoving(client, order.gateway, members, owner)
    if (hosting) await checkHosting(client, order.gateway, members)
    const unknown = await unknownMembers(client, members)
    if (unknown.length > 0) throw unknownMember(unknown)
    const secret = randomBytes(32).toString('base64url')
    const expiresAt = now + (order.expiresInSeconds ?? config.tokenSeconds) * 1000
    await insertToken(
      client,
      { hash: secretHash(secret), gateway: order.gateway, members, hosts, hosting, moving },
      { now, expiresAt },
    )
    const expires = new Date(expiresAt).toISOString()
    await auditQuietly({
      actor,
      action: 'token.make',
      subject: order.gateway,
      details: {
        members,
        ...(hosting ? { hosting } : {}),
        ...(moving ? { moving } : {}),
        ...(hosts ? { hosts } : {}),
        expires,
      },
    })
    const token = formatJoinToken({
      center: config.publicUrl,
      fingerprint: authority.rootFingerprint,
      secret,
      gateway: order.gateway,
      members,
    })
    return { token, expiresAt: expires }
  })
}

async function checkHosting(client: PoolClient, id: string, members: readonly string[]): Promise<void> {
  const gateway = await readGateway(client, id)
  if (!gateway) throw exchangeProblem('gateway-unknown')
  if (members.length === 0) throw exchangeProblem('request-invalid')
  if (members.some((member) => gateway.members.includes(member))) throw exchangeProblem('already-registered')
}

/** A new gateway of one member, which another gateway speaks for now. */
async function checkMoving(
  client: PoolClient,
  id: string,
  members: readonly string[],
  owner: string,
): Promise<void> {
  if (members.length !== 1) throw exchangeProblem('request-invalid')
  const gateways = await readGateways(client)
  if (gateways.some((gateway) => gateway.id === id && !gateway.waiting.includes(owner))) {
    throw exchangeProblem('already-registered')
  }
  const speaks = gateways.some(({ members, waiting }) => members.includes(owner) && !waiting.includes(owner))
  if (!speaks) throw exchangeProblem('gateway-unknown')
}

function unknownMember(ids: readonly string[]) {
  const list = ids.join(', ').slice(0, 500)
  return exchangeProblem('member-unknown', {
    detail: { th: `ไม่ได้ลงทะเบียน: ${list}`, en: `Not registered: ${list}` },
  })
}
