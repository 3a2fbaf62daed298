import { createHash, randomBytes } from 'node:crypto'
import { formatJoinToken } from '../membership/token.ts'
import { exchangeProblem } from '../problems.ts'
import { change } from './change.ts'
import type { CenterGround } from './ground.ts'
import { checkHost, ownerOf } from './names.ts'
import { unknownMembers } from './store/members.ts'
import { insertToken } from './store/tokens.ts'

/** Only this is kept of a token's secret. The secret has 256 random bits, so a plain hash is enough. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

export interface TokenOrder {
  /** `TH/GOV/DOPA/gateway-1`. Its owner is always among the members. */
  readonly gateway: string
  readonly members: readonly string[]
  /** Hosts under which the gateway may be reached; without them, the one with which it joins. */
  readonly hosts?: readonly string[]
  readonly expiresInSeconds?: number
}

/**
 * Makes a join token: shown once, used once, and then for this gateway and these members only. Throws Problem
 * `address-malformed`, `code-malformed`, `member-unknown` or `request-invalid`.
 */
export function makeToken(
  ground: CenterGround,
  actor: string,
  order: TokenOrder,
): Promise<{ token: string; expiresAt: string }> {
  const { config, authority } = ground
  const owner = ownerOf(config.instance, order.gateway)
  const members = [...new Set([owner, ...order.members])]
  const hosts = order.hosts?.map(checkHost) ?? null
  return change(ground, async ({ client, now, auditQuietly }) => {
    const unknown = await unknownMembers(client, members)
    if (unknown.length > 0) throw unknownMember(unknown)
    const secret = randomBytes(32).toString('base64url')
    const expiresAt = now + (order.expiresInSeconds ?? config.tokenSeconds) * 1000
    await insertToken(
      client,
      { hash: secretHash(secret), gateway: order.gateway, members, hosts },
      { now, expiresAt },
    )
    const expires = new Date(expiresAt).toISOString()
    await auditQuietly({
      actor,
      action: 'token.make',
      subject: order.gateway,
      details: { members, ...(hosts ? { hosts } : {}), expires },
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

function unknownMember(ids: readonly string[]) {
  const list = ids.join(', ').slice(0, 500)
  return exchangeProblem('member-unknown', {
    detail: { th: `ไม่ได้ลงทะเบียน: ${list}`, en: `Not registered: ${list}` },
  })
}
