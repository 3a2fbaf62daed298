import type { Clock } from '@sapan/kernel'
import { createRequest, type KeyFolder, readCertificate } from '@sapan/trust'
import { Compile } from 'typebox/compile'
import { hostAnswerSchema, hostType } from '../center/host.ts'
import { leaveType } from '../center/leave.ts'
import { memberOf } from '../identifier.ts'
import { exchangeProblem } from '../problems.ts'
import { mergedChain } from './chain.ts'
import type { CenterConnection } from './connection.ts'
import { createMark } from './join.ts'
import { loadCredentials, type Membership, type Moving, memberKeyName } from './membership.ts'
import { type Speaker, state } from './statements.ts'
import { type JoinToken, openJoinToken } from './token.ts'

export interface HostingOptions {
  readonly keys: KeyFolder
  readonly center: CenterConnection
  readonly clock: Clock
}

const answerShape = Compile(hostAnswerSchema)

/**
 * Takes the members of a hosting token in: makes their keys, has them certified, and gives the membership with them. May be
 * repeated after a crash or a lost answer. Throws Problem `join-token-…`, `center-…` and what the center refuses with.
 */
export async function hostMembers(
  options: HostingOptions,
  held: Membership,
  text: string,
): Promise<Membership> {
  const token = openJoinToken(text)
  if (token.gateway !== held.gateway || token.fingerprint !== held.rootFingerprint) {
    throw exchangeProblem('join-token-for-another')
  }
  const made = await makeKeys(options.keys, token)
  const { gateway, secret } = token
  const members = made.map(({ id, signer }) => ({
    id,
    signing: createRequest(signer, { subject: { commonName: id.slice(-64) } }),
  }))
  const speaker = await speakerOf(options, held, memberOf(held.gateway))
  const answer = await state(speaker, {
    path: '/v1/host',
    type: hostType,
    payload: { secret, gateway, members },
  })
  if (!answerShape.Check(answer)) throw exchangeProblem('center-answer-invalid')
  const signing = new Map(answer.members.map((member) => [member.id, member.signing]))
  const taken = made.map(({ id, name, signer }) => {
    const certificate = signing.get(id) ?? ''
    if (!readCertificate(Buffer.from(certificate, 'base64')).publicKey.equals(signer.publicKey)) {
      throw exchangeProblem('center-answer-invalid')
    }
    return { id, signing: [{ key: name, certificate, activeFrom: options.clock() }] }
  })
  const others = held.members.filter(({ id }) => !signing.has(id))
  return { ...held, chain: mergedChain(held.chain, answer.chain), members: [...others, ...taken] }
}

/** Named after the token, as in joining: the same token finds the same keys. */
async function makeKeys(keys: KeyFolder, token: JoinToken) {
  const made = []
  for (const id of token.members) {
    const name = memberKeyName(id, `signing.j${createMark(token)}`)
    made.push({ id, name, signer: await keys.loadOrCreate(name, 'ecdsa-p256-sha256') })
  }
  return made
}

/** Which member leaves, and where it goes. */
export interface Leaving {
  readonly member: string
  /** The center was told before, and only its answer was lost. */
  readonly stated: boolean
  /** The gateway that waits for the member. */
  readonly successor?: string
}

/**
 * Has the center end that this gateway speaks for a member, by the member's own statement, and gives the membership without
 * it. Throws Problem `member-unknown`, `gateway-owner-stays`, and what the center refuses with.
 */
export async function leaveGateway(
  options: HostingOptions,
  held: Membership,
  { member, stated, successor }: Leaving,
): Promise<Membership> {
  if (!held.members.some(({ id }) => id === member)) throw exchangeProblem('member-unknown')
  if (memberOf(held.gateway) === member) throw exchangeProblem('gateway-owner-stays')
  if (!stated) {
    const speaker = await speakerOf(options, held, member)
    const payload = { gateway: held.gateway, ...(successor === undefined ? {} : { successor }) }
    await state(speaker, { path: '/v1/leave', type: leaveType, payload })
  }
  return { ...held, members: held.members.filter(({ id }) => id !== member) }
}

async function speakerOf(
  { keys, center, clock }: HostingOptions,
  held: Membership,
  member: string,
): Promise<Speaker> {
  const signing = (await loadCredentials(keys, held, clock())).signing.get(member)
  if (!signing) throw exchangeProblem('membership-corrupt')
  return { center, rootFingerprint: held.rootFingerprint, signing, clock }
}

/** The membership with a member that begins to move, or has ended to. Throws `member-unknown`. */
export function withMoving(held: Membership, member: string, moving: Moving | null): Membership {
  if (!held.members.some(({ id }) => id === member)) throw exchangeProblem('member-unknown')
  const members = held.members.map(({ moving: before, ...each }) => {
    const now = each.id === member ? moving : before
    return now ? { ...each, moving: now } : each
  })
  return { ...held, members }
}
