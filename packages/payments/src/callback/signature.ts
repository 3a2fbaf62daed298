import { Problem } from '@sapan/kernel'
import { createLocalJWKSet, flattenedVerify, type JSONWebKeySet } from 'jose'
import { paymentsProblems } from '../problems.ts'

/** The header in which the bank's signature comes: a JWS whose payload is the body (RFC 7515, appendix F). */
export const signatureHeader = 'bank-signature'

/** The `typ` of the signature: no other signature of the bank's is one. */
export const signatureType = 'bank-message+jws'

/** Seconds that a signature may be older than now, or ahead of it. */
const longest = { old: 300, ahead: 60 }

/** What a good signature says beside who signed. */
export interface BankSignature {
  readonly nonce: string
  /** When it would be too old in any case; milliseconds since 1970. */
  readonly expiresAt: number
}

/**
 * Holds a signature (`<protected header>..<signature>`, ES256 with `kid`, `iat` in seconds since 1970 and `nonce`) against
 * the bank's keys. Throws `bank-signature-invalid` and `bank-message-stale`.
 */
export type SignatureCheck = (
  body: Uint8Array,
  signature: string | undefined,
  now: number,
) => Promise<BankSignature>

export function signatureCheck(keys: JSONWebKeySet): SignatureCheck {
  const key = createLocalJWKSet(keys)
  return async (body, signature, now) => {
    const [head = '', payload, sum = '', ...more] = (signature ?? '').split('.')
    if (payload !== '' || more.length > 0) throw new Problem(paymentsProblems['bank-signature-invalid'])
    const jws = { protected: head, payload: Buffer.from(body).toString('base64url'), signature: sum }
    const { protectedHeader } = await flattenedVerify(jws, key, { algorithms: ['ES256'] }).catch((cause) => {
      throw new Problem(paymentsProblems['bank-signature-invalid'], { cause })
    })
    const { typ, iat, nonce } = protectedHeader ?? {}
    // What would have to be understood is not (RFC 7515 §4.1.11): the body is signed in one way alone.
    const isPlain = protectedHeader?.crit === undefined && typ === signatureType
    const isWhole = isPlain && Number.isSafeInteger(iat) && /^[\w-]{16,64}$/.test(String(nonce))
    if (!isWhole) throw new Problem(paymentsProblems['bank-signature-invalid'])
    const signedAt = Number(iat) * 1000
    if (signedAt < now - longest.old * 1000 || signedAt > now + longest.ahead * 1000) {
      throw new Problem(paymentsProblems['bank-message-stale'])
    }
    return { nonce: String(nonce), expiresAt: signedAt + longest.old * 1000 }
  }
}
