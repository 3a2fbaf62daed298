import { type JsonObject, readJws } from '@sapan/trust'
import type { SignedMessage } from '../signature/message.ts'
import { type Actor, actorTokenType, readActor } from '../tokens/actor-token.ts'
import { consentReceiptType } from '../tokens/consent-receipt.ts'
import type { EvidenceSide } from './record.ts'

/** Who acted, as a token said that the issuer signed. `proven`: the gateway that keeps this has verified it. */
export interface ShownActor extends Actor {
  readonly proven: boolean
}

/** The person's consent under which something was done. */
export interface ShownConsent {
  /** The receipt's number. */
  readonly id: string
}

/** What a request carried of people: its headers are kept as they were signed, so nothing else need be. */
export interface Vouched {
  readonly actor: ShownActor | null
  readonly consent: ShownConsent | null
}

export const nothingVouched: Vouched = { actor: null, consent: null }

/**
 * Reads actor and consent out of a request's head. The gateway refused what did not hold; so in what it did not refuse, they
 * are proven. In a refused one they are only what was said, and a consent is not shown.
 */
export function vouchedIn(head: SignedMessage | null, refused: boolean): Vouched {
  if (head?.kind !== 'request') return nothingVouched
  const actor = readActor(payloadOf(head, 'sapan-actor', actorTokenType))
  const id = payloadOf(head, 'sapan-consent', consentReceiptType)?.jti
  return {
    actor: actor ? { ...actor, proven: !refused } : null,
    consent: typeof id === 'string' && !refused ? { id } : null,
  }
}

/** A consumer's gateway keeps nothing that its own steps refused; a provider's keeps what it refused as well. */
export function isRefused({ side, problem }: { side: EvidenceSide; problem: string | null }): boolean {
  return side === 'provider' && problem !== null
}

/** The token in a header, as a compact JWS; undefined where there is none. */
export function tokenIn({ fields }: SignedMessage, name: string): string | undefined {
  return fields.find(([key]) => key === name)?.[1]
}

function payloadOf(head: SignedMessage, name: string, type: string): JsonObject | undefined {
  const jws = tokenIn(head, name)
  if (jws === undefined) return undefined
  try {
    return readJws(jws, { type }).payload
  } catch {
    return undefined
  }
}
