import { randomBytes } from 'node:crypto'
import type { Clock } from '@sapan/kernel'
import { signJws } from '@sapan/trust'
import type { DirectoryLogKey, DirectoryService } from '../directory/document.ts'
import { readAnswer } from './answer.ts'
import type { CenterConnection } from './connection.ts'
import type { HeldCredential } from './membership.ts'

/** Who states something to the center, and how it gets there. */
export interface Speaker {
  readonly center: CenterConnection
  /** Lower-case hex SHA-256 of the root certificate: for this center and no other. */
  readonly rootFingerprint: string
  /** The member's signing credential. */
  readonly signing: HeldCredential
  readonly clock: Clock
}

/**
 * Sends a member's signed statement, fresh and with its own number, and returns the center's JSON answer. Throws what
 * the center refuses with, and what `CenterConnection.request` throws.
 */
export async function state(
  speaker: Speaker,
  statement: { readonly path: string; readonly type: string; readonly payload: object },
): Promise<unknown> {
  const { center, rootFingerprint, signing, clock } = speaker
  const frame = {
    iat: Math.floor(clock() / 1000),
    jti: randomBytes(16).toString('base64url'),
    aud: rootFingerprint,
  }
  const chain = [signing.certificate, ...signing.chain]
  const body = signJws(
    { ...statement.payload, ...frame },
    { signer: signing.signer, type: statement.type, chain },
  )
  const answer = await center.request({
    method: 'POST',
    path: statement.path,
    headers: { 'content-type': 'application/jose' },
    body,
  })
  return readAnswer(answer)
}

/** Registers services of the member's own subsystems, and withdraws others. Repeating is harmless. */
export async function publishServices(
  speaker: Speaker,
  services: { readonly register?: readonly DirectoryService[]; readonly withdraw?: readonly string[] },
): Promise<void> {
  const { register = [], withdraw = [] } = services
  await state(speaker, { path: '/v1/services', type: 'sapan-services+jws', payload: { register, withdraw } })
}

/** Publishes hashes of grants that the member gave (see `grantHash`), and withdraws others. Repeating is harmless. */
export async function publishGrants(
  speaker: Speaker,
  hashes: { readonly publish?: readonly string[]; readonly withdraw?: readonly string[] },
): Promise<void> {
  const { publish = [], withdraw = [] } = hashes
  await state(speaker, { path: '/v1/grants', type: 'sapan-grants+jws', payload: { publish, withdraw } })
}

/** Publishes the key of an epoch of the member's log. Repeating is harmless. Throws `log-key-conflict`. */
export async function publishLogKey(speaker: Speaker, key: DirectoryLogKey): Promise<void> {
  const { epoch, origin, vkey } = key
  await state(speaker, {
    path: '/v1/log-keys',
    type: 'sapan-log-key+jws',
    payload: { epoch, origin, vkey },
  })
}

/** Publishes a gateway's address and algorithms; the speaker is the gateway's owner. Repeating is harmless. */
export async function publishGateway(
  speaker: Speaker,
  gateway: { readonly gateway: string; readonly peer: string; readonly algorithms: readonly string[] },
): Promise<void> {
  await state(speaker, { path: '/v1/gateway', type: 'sapan-gateway+jws', payload: gateway })
}
