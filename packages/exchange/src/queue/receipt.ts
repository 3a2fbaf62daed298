import type { KeyObject } from 'node:crypto'
import { readJws, signJws } from '@sapan/trust'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { MemberSigner } from '../gateway/member-signers.ts'
import { exchangeProblem } from '../problems.ts'

/** `typ` of a message receipt's JWS. */
const receiptType = 'sapan-message-receipt+jws'

const MessageReceipt = Type.Object({
  state: Type.Union([
    Type.Literal('queued'),
    Type.Literal('delivered'),
    Type.Literal('accepted'),
    Type.Literal('rejected'),
    Type.Literal('expired'),
  ]),
  message: Type.String({ minLength: 1, maxLength: 64 }),
  /** The subsystem that sends. */
  sender: Type.String({ maxLength: 300 }),
  service: Type.String({ maxLength: 300 }),
  operation: Type.String({ maxLength: 64 }),
  /** SHA-256 of the body, hex. */
  digest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  /** SHA-256 over what is said of the attachments, hex; absent where the message has none. */
  attachments: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
  /** RFC 3339, UTC. */
  at: Type.String({ format: 'date-time' }),
  /** Why the receiver's system rejected it. */
  reason: Type.Optional(Type.String({ maxLength: 500 })),
})

/** What happened to a message, as the member says it that did it: the sender `queued`, the receiver all others. */
export type MessageReceipt = Type.Static<typeof MessageReceipt>

const receipt = Compile(MessageReceipt)

export interface ReadReceipt {
  readonly receipt: MessageReceipt
  /** DER, the signer's certificate first. */
  readonly chain: readonly Buffer[]
  verify(publicKey: KeyObject): boolean
}

/** What a receipt says of a message's attachments. */
export function receiptOfAttachments(manifest: Buffer | null): Pick<MessageReceipt, 'attachments'> {
  return manifest === null ? {} : { attachments: manifest.toString('hex') }
}

/** The receipt as a compact JWS under the member's signing key, its certificates with it (`x5c`). */
export function signReceipt(said: MessageReceipt, { signer, certificate, chain }: MemberSigner): string {
  return signJws(said, { signer, type: receiptType, chain: [certificate, ...chain] })
}

/**
 * Reads a receipt without trusting it: whoever relies on it checks `verify` with the key of the member that it must come
 * from. Throws Problem `jws-malformed` or `message-receipt-invalid`.
 */
export function readReceipt(jws: string): ReadReceipt {
  const { payload, chain, verify } = readJws(jws, { type: receiptType })
  if (!receipt.Check(payload)) throw exchangeProblem('message-receipt-invalid')
  return { receipt: payload, chain, verify }
}
