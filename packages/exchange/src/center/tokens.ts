import { createHash, randomBytes } from 'node:crypto'
import type { PoolClient } from '@sapan/kernel'
import { formatJoinToken } from '../membership/token.ts'
import { exchangeProblem } from '../problems.ts'
import { change } from './change.ts'
import type { CenterGround } from './ground.ts'
import { checkHost, ownerOf } from './names.ts'
import { readGateway } from './store/gateways.ts'
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
  const hosting = order.hosting ?? false
  const members = [...new Set(hosting ? order.members : [owner, ...order.members])]
  const hosts = order.hosts?.map(checkHost) ?? null
  return change(ground, async ({ client, now, auditQuietly }) => {
    if (hosting) await checkHosting(client, order.gateway, members)
    const unknown = await unknownMembers(client, members)
    if (unknown.length > 0) throw unknownMember(unknown)
    const secret = randomBytes(32).toString('base64url')
    const expiresAt = now + (order.expiresInSeconds ?? config.tokenSeconds) * 1000
    await insertToken(
      client,
      { hash: secretHash(secret), gateway: order.gateway, members, hosts, hosting },
      { now, expiresAt },
    )
    const expires = new Date(expiresAt).toISOString()
    await auditQuietly({
      actor,
      action: 'token.make',
      subject: order.gateway,
      details: { members, ...(hosting ? { hosting } : {}), ...(hosts ? { hosts } : {}), expires },
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

function unknownMember(ids: readonly string[]) {
  const list = ids.join(', ').slice(0, 500)
  return exchangeProblem('member-unknown', {
    detail: { th: `ไม่ได้ลงทะเบียน: ${list}`, en: `Not registered: ${list}` },
  })
}
