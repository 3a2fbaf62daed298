import { createHash } from 'node:crypto'
import { readRequest } from '@sapan/trust'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { exchangeProblem } from '../problems.ts'
import type { Change } from './change.ts'
import type { CenterGround } from './ground.ts'
import { issue } from './issue.ts'
import { keyHash } from './key-hash.ts'
import { changeOnStatement, notAllowed } from './statement.ts'
import { addMembers, readGateway } from './store/gateways.ts'
import { findToken, type TokenRow, useToken } from './store/tokens.ts'
import { secretHash } from './tokens.ts'

/** The JWS `typ` of the statement with which a gateway takes members in. */
export const hostType = 'sapan-host+jws'

const strict = { additionalProperties: false } as const
const identifier = Type.String({ minLength: 1, maxLength: 256 })

const shape = Compile(
  Type.Object(
    {
      secret: Type.String({ minLength: 1, maxLength: 128 }),
      gateway: identifier,
      members: Type.Array(
        Type.Object({ id: identifier, signing: Type.String({ minLength: 1, maxLength: 8192 }) }, strict),
        { minItems: 1, maxItems: 1000 },
      ),
    },
    strict,
  ),
)

/** What the center answers; certificates are DER in base64. */
export const hostAnswerSchema = Type.Object({
  members: Type.Array(Type.Object({ id: Type.String(), signing: Type.String() })),
  /** The issuer, then the root. */
  chain: Type.Array(Type.String(), { minItems: 2 }),
})

const answerShape = Compile(hostAnswerSchema)

interface HostAnswer {
  readonly members: readonly { readonly id: string; readonly signing: string }[]
  readonly chain: readonly string[]
}

/**
 * Lets a gateway that has joined speak for further members: on its owner's statement, with a token that the center gave for
 * these members. The same keys with the same token are answered the same again. Throws Problem `join-token-unknown`,
 * `-expired`, `-used`, `-for-another`, `gateway-unknown`, `statement-not-allowed`, and as `changeOnStatement` and `issue`.
 */
export function host(ground: CenterGround, jws: string): Promise<HostAnswer> {
  const kind = { type: hostType, shape }
  return changeOnStatement(ground, jws, kind, async (current, { member: owner, payload }) => {
    const { client, now } = current
    const gateway = await readGateway(client, payload.gateway)
    if (!gateway) throw exchangeProblem('gateway-unknown')
    if (gateway.owner !== owner) throw notAllowed(gateway.id)
    const hash = secretHash(payload.secret)
    const token = checkToken(await findToken(client, hash), payload, now)
    const usedBy = keysOf(payload.members)
    if (token.usedBy) {
      if (token.usedBy.equals(usedBy) && answerShape.Check(token.answer)) return token.answer
      throw exchangeProblem('join-token-used')
    }
    const answer = await takeMembers(ground, current, payload)
    await useToken(client, hash, { usedBy, answer }, now)
    return answer
  })
}

interface Wanted {
  readonly gateway: string
  readonly members: readonly { readonly id: string; readonly signing: string }[]
}

function checkToken(token: TokenRow | undefined, { gateway, members }: Wanted, now: number): TokenRow {
  if (!token?.hosting) throw exchangeProblem('join-token-unknown')
  if (now >= token.expiresAt) throw exchangeProblem('join-token-expired')
  const asked = members.map(({ id }) => id).sort()
  if (gateway !== token.gateway || asked.join() !== [...token.members].sort().join()) {
    throw exchangeProblem('join-token-for-another')
  }
  return token
}

function keysOf(members: Wanted['members']): Buffer {
  const sorted = [...members].sort((a, b) => (a.id < b.id ? -1 : 1))
  const keys = sorted.map(({ signing }) => keyHash(readRequest(signing).publicKey))
  if (new Set(keys.map((key) => key.toString('hex'))).size !== keys.length) throw exchangeProblem('key-taken')
  return createHash('sha256').update(Buffer.concat(keys)).digest()
}

async function takeMembers(ground: CenterGround, current: Change, wanted: Wanted): Promise<HostAnswer> {
  const { client, now, audit } = current
  const { gateway } = wanted
  const ids = wanted.members.map(({ id }) => id)
  await addMembers(client, gateway, ids)
  const members = []
  for (const { id, signing: request } of wanted.members) {
    const { der } = await issue(ground, client, now, { use: 'signing', gateway, member: id, request })
    members.push({ id, signing: der.toString('base64') })
  }
  await audit({ actor: gateway, action: 'gateway.host', subject: gateway, details: { members: ids } })
  return { members, chain: ground.authority.chain.map((der) => der.toString('base64')) }
}
