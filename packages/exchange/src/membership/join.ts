import { createHash } from 'node:crypto'
import { type Clock, systemClock } from '@sapan/kernel'
import {
  createRequest,
  type KeyFolder,
  readCertificate,
  type SignatureAlgorithm,
  type Signer,
} from '@sapan/trust'
import { Compile } from 'typebox/compile'
import { type JoinAnswer, joinAnswerSchema } from '../center/join.ts'
import { exchangeProblem } from '../problems.ts'
import { readAnswer } from './answer.ts'
import { mergedChain } from './chain.ts'
import { type CenterConnection, connectCenter } from './connection.ts'
import { loadMembership, type Membership, memberKeyName, saveMembership } from './membership.ts'
import { type JoinToken, openJoinToken } from './token.ts'

export interface JoinOptions {
  /** `sapan-join.…`, as the center gave it. */
  readonly token: string
  readonly keys: KeyFolder
  /** Where other gateways will reach this one: `https://host:port`. */
  readonly peerAddress: string
  readonly clock?: Clock
  /** The center's address, where it differs from the token's. Pinned all the same. */
  readonly centerUrl?: string
  /** What members sign with; P-256 by default. */
  readonly algorithm?: SignatureAlgorithm
  /** In place of the network. */
  readonly center?: CenterConnection
  /** How long the center may take to answer; 10 by default. */
  readonly timeoutSeconds?: number
}

const answerShape = Compile(joinAnswerSchema)

/**
 * Joins a gateway: makes its keys, has them certified, and keeps the membership in the key folder. May be repeated
 * after a crash or a lost answer: with the keys made before, the token counts once. A folder that has joined as this
 * gateway already is renewed by a new token. Throws Problem `join-token-…`, `center-…` and what the center refuses with.
 */
export async function joinGateway(options: JoinOptions): Promise<Membership> {
  const token = openJoinToken(options.token)
  const center = options.center ?? connectCenter(centerOf(options, token))
  try {
    return await join(options, token, center)
  } finally {
    if (!options.center) await center.close()
  }
}

function centerOf({ centerUrl, timeoutSeconds }: JoinOptions, { center, fingerprint }: JoinToken) {
  const place = { url: centerUrl ?? center, rootFingerprint: fingerprint }
  return timeoutSeconds === undefined ? place : { ...place, timeoutSeconds }
}

/** A token for some of the members does not end that the gateway speaks for the others. */
function withOthers(joined: Membership, held: Membership): Membership {
  const named = new Set(joined.members.map(({ id }) => id))
  const others = held.members.filter(({ id }) => !named.has(id))
  return { ...joined, chain: mergedChain(held.chain, joined.chain), members: [...joined.members, ...others] }
}

/** The keys of one attempt to join. A later token gets keys of its own. */
interface JoinKeys {
  readonly tls: { readonly name: string; readonly signer: Signer }
  readonly members: readonly { readonly id: string; readonly name: string; readonly signer: Signer }[]
}

async function join(options: JoinOptions, token: JoinToken, center: CenterConnection): Promise<Membership> {
  const { keys, clock = systemClock, peerAddress } = options
  const held = await loadMembership(keys)
  if (held && held.gateway !== token.gateway) throw exchangeProblem('join-token-for-another')
  const made = await makeKeys(options, token)
  const answer = await center.request({
    method: 'POST',
    path: '/v1/join',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(requestOf(token, made, peerAddress)),
  })
  const value = readAnswer(answer)
  if (!answerShape.Check(value)) throw exchangeProblem('center-answer-invalid')
  checkAnswer(value, token, made)
  const joined = membershipOf(value, token, made, { center: center.url, now: clock() })
  const membership = held ? withOthers(joined, held) : joined
  await saveMembership(keys, membership)
  return membership
}

/** Named after the token, so that the same token finds the same keys, and another one never the old ones. */
async function makeKeys(
  { keys, algorithm = 'ecdsa-p256-sha256' }: JoinOptions,
  token: JoinToken,
): Promise<JoinKeys> {
  const mark = `j${createMark(token)}`
  const tls = `tls.${mark}`
  const members = []
  for (const id of token.members) {
    const name = memberKeyName(id, `signing.${mark}`)
    members.push({ id, name, signer: await keys.loadOrCreate(name, algorithm) })
  }
  return { tls: { name: tls, signer: await keys.loadOrCreate(tls, 'ecdsa-p256-sha256') }, members }
}

/** Tells tokens apart without telling the secret: the first bytes of a hash over it. */
export function createMark(token: JoinToken): string {
  return createHash('sha256').update(`sapan key ${token.secret}`).digest('hex').slice(0, 12)
}

function requestOf(token: JoinToken, made: JoinKeys, peer: string): object {
  return {
    secret: token.secret,
    gateway: token.gateway,
    peer,
    algorithms: ['ecdsa-p256-sha256', 'ed25519'],
    tls: createRequest(made.tls.signer, { subject: { commonName: token.gateway.slice(-64) } }),
    members: made.members.map(({ id, signer }) => ({
      id,
      signing: createRequest(signer, { subject: { commonName: id.slice(-64) } }),
    })),
  }
}

/** The connection is the center's; this finds a center that mixes things up before a gateway relies on it. */
function checkAnswer(answer: JoinAnswer, token: JoinToken, made: JoinKeys): void {
  const holds = (certificate: string | undefined, signer: Signer) =>
    certificate !== undefined &&
    readCertificate(Buffer.from(certificate, 'base64')).publicKey.equals(signer.publicKey)
  const root = readCertificate(Buffer.from(answer.root, 'base64')).fingerprint
  const fits =
    root === token.fingerprint &&
    answer.gateway === token.gateway &&
    holds(answer.tls, made.tls.signer) &&
    made.members.every(({ id, signer }) =>
      holds(answer.members.find((member) => member.id === id)?.signing, signer),
    )
  if (!fits) throw exchangeProblem('center-answer-invalid')
}

function membershipOf(
  answer: JoinAnswer,
  token: JoinToken,
  made: JoinKeys,
  { center, now }: { readonly center: string; readonly now: number },
): Membership {
  const signing = new Map(answer.members.map((member) => [member.id, member.signing]))
  return {
    instance: answer.instance,
    center,
    rootFingerprint: token.fingerprint,
    root: answer.root,
    gateway: answer.gateway,
    peer: answer.peer,
    chain: answer.chain,
    tls: [{ key: made.tls.name, certificate: answer.tls, activeFrom: now }],
    members: made.members.map(({ id, name }) => ({
      id,
      signing: [{ key: name, certificate: signing.get(id) ?? '', activeFrom: now }],
      ...(answer.moving ? { moving: 'in' as const } : {}),
    })),
  }
}
