import { createHash } from 'node:crypto'
import { readRequest } from '@sapan/trust'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { exchangeProblem } from '../problems.ts'
import { type Change, change } from './change.ts'
import type { CenterGround } from './ground.ts'
import { issue } from './issue.ts'
import { keyHash } from './key-hash.ts'
import { checkPeer, ownerOf } from './names.ts'
import { hostsAtJoin } from './peer-hosts.ts'
import { saveGateway } from './store/gateways.ts'
import { findToken, type TokenRow, useToken } from './store/tokens.ts'
import { secretHash } from './tokens.ts'

const csr = Type.String({ minLength: 1, maxLength: 8192 })
const identifier = Type.String({ minLength: 1, maxLength: 256 })

/** What a joiner sends: its token's secret, its keys (as certificate requests), and where it will be reached. */
export const joinSchema = Type.Object(
  {
    secret: Type.String({ minLength: 1, maxLength: 128 }),
    gateway: identifier,
    peer: Type.String({ minLength: 1, maxLength: 512 }),
    algorithms: Type.Array(Type.Union([Type.Literal('ecdsa-p256-sha256'), Type.Literal('ed25519')]), {
      minItems: 1,
      maxItems: 2,
    }),
    tls: csr,
    members: Type.Array(Type.Object({ id: identifier, signing: csr }, { additionalProperties: false }), {
      minItems: 1,
      maxItems: 1000,
    }),
  },
  { additionalProperties: false },
)

export type JoinRequest = Static<typeof joinSchema>

/** What the center answers; certificates are DER in base64. */
export const joinAnswerSchema = Type.Object({
  instance: Type.String(),
  gateway: Type.String(),
  peer: Type.String(),
  root: Type.String(),
  /** The issuer, then the root. */
  chain: Type.Array(Type.String()),
  tls: Type.String(),
  members: Type.Array(Type.Object({ id: Type.String(), signing: Type.String() })),
  /** Set where the member moves here, and is still spoken for by another gateway. */
  moving: Type.Optional(Type.Boolean()),
})

export type JoinAnswer = Static<typeof joinAnswerSchema>

const answerShape = Compile(joinAnswerSchema)

/**
 * Takes a gateway in. The token is used up in the same transaction; the same keys with the same token are answered
 * the same again while the token is valid, so that a joiner who lost the answer loses nothing. Throws Problem
 * `join-token-unknown`, `-expired`, `-used`, `-for-another`, `peer-host-not-allowed`, `certificate-request-refused`,
 * `key-taken`, `request-invalid`.
 */
export async function join(ground: CenterGround, request: JoinRequest): Promise<JoinAnswer> {
  const peer = checkPeer(request.peer)
  const hash = secretHash(request.secret)
  // First without the lock: for who has no token, neither a thousand requests are verified nor does anyone wait.
  checkToken(await findToken(ground.pool, hash), request, ground.clock())
  const usedBy = keysOf(request)
  return change(ground, async (current) => {
    const token = checkToken(await findToken(current.client, hash), request, current.now)
    if (token.usedBy) return sameAnswer(ground, token, usedBy)
    const answer = await takeIn(ground, current, { ...request, peer }, token)
    await useToken(current.client, hash, { usedBy, answer }, current.now)
    return answer
  })
}

function checkToken(token: TokenRow | undefined, request: JoinRequest, now: number): TokenRow {
  if (!token || token.hosting) throw exchangeProblem('join-token-unknown')
  if (now >= token.expiresAt) throw exchangeProblem('join-token-expired')
  const asked = new Set(request.members.map((member) => member.id))
  const fits = asked.size === request.members.length && asked.size === token.members.length
  if (request.gateway !== token.gateway || !fits || !token.members.every((member) => asked.has(member))) {
    throw exchangeProblem('join-token-for-another')
  }
  return token
}

function sameAnswer(ground: CenterGround, token: TokenRow, usedBy: Buffer): JoinAnswer {
  if (token.usedBy?.equals(usedBy) && answerShape.Check(token.answer)) return token.answer
  ground.log.warn({ gateway: token.gateway }, 'a used join token came again with other keys')
  throw exchangeProblem('join-token-used')
}

/** SHA-256 over the request's public keys in a fixed order. Also refuses requests without proof of possession. */
function keysOf(request: JoinRequest): Buffer {
  const members = [...request.members].sort((a, b) => (a.id < b.id ? -1 : 1))
  const requests = [request.tls, ...members.map((member) => member.signing)]
  const keys = requests.map((text) => keyHash(readRequest(text).publicKey))
  if (new Set(keys.map((key) => key.toString('hex'))).size !== keys.length) throw exchangeProblem('key-taken')
  return createHash('sha256').update(Buffer.concat(keys)).digest()
}

async function takeIn(
  ground: CenterGround,
  current: Change,
  request: JoinRequest,
  { hosts: named, moving }: Pick<TokenRow, 'hosts' | 'moving'>,
): Promise<JoinAnswer> {
  const { client, now, audit } = current
  const { gateway, peer, algorithms } = request
  const owner = ownerOf(ground.config.instance, gateway)
  const ids = request.members.map((member) => member.id)
  const hosts = await hostsAtJoin(client, { gateway, peer, named })
  await saveGateway(client, { id: gateway, owner, peer, hosts, algorithms, members: ids }, now, moving)
  const tls = await issue(ground, client, now, { use: 'tls', gateway, peer, request: request.tls })
  const members = []
  for (const { id, signing } of request.members) {
    const { der } = await issue(ground, client, now, {
      use: 'signing',
      gateway,
      member: id,
      request: signing,
    })
    members.push({ id, signing: der.toString('base64') })
  }
  await audit({ actor: gateway, action: 'gateway.join', subject: gateway, details: { peer, members: ids } })
  const chain = ground.authority.chain.map((der) => der.toString('base64'))
  return {
    instance: ground.config.instance,
    gateway,
    peer,
    root: ground.authority.root.toString('base64'),
    chain,
    tls: tls.der.toString('base64'),
    members,
    ...(moving ? { moving } : {}),
  }
}
