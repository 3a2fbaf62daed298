import type { KeyObject } from 'node:crypto'
import { randomUUID } from 'node:crypto'
import {
  type Actor,
  type ActorToken,
  type ConsentReceipt,
  keyThumbprint,
  longestActorLife,
  type SubjectTokenIssuer,
  signActorToken,
  signConsentReceipt,
  signHintsToken,
  signSubjectToken,
} from '@sapan/exchange'
import type { Clock } from '@sapan/kernel'
import { agreementJwk, type Signer } from '@sapan/trust'

export interface TokenOptions {
  /** The provider's origin, which the directory names as issuer. */
  readonly issuer: string
  readonly clock: Clock
  /** Signs from now on. */
  readonly signer: Signer
  /**
   * Public keys that hold beside it: the one that signed before, until the last receipt under it has run out, and the one
   * to come, which the directory must have named before it signs.
   */
  readonly alsoHold?: readonly KeyObject[]
  /** The key to whose public half gateways encrypt hints (X25519); without one none come. */
  readonly hintKey?: KeyObject
  /** Where the status lists lie. */
  readonly statusLists: string
}

/** An actor, and on what their token rests. */
export type ActorClaims = Actor & Pick<ActorToken, 'status' | 'session'>

/** What the issuer signs for gateways to check. */
export interface Tokens {
  /** Signs with its name: the key's thumbprint (RFC 7638). For status lists too. */
  readonly signer: Signer
  /** The issuer as the center's directory has to publish it. */
  directoryEntry(): SubjectTokenIssuer
  /** Who acts, for one consumer's systems; `seconds` at most 600, by default 300. */
  actor(token: ActorClaims & { audience: string; seconds?: number }): string
  /** By which one person asks one gateway, once, who looked at their data. */
  subject(token: { subject: string; audience: string }): string
  /** By which the house fetches from one gateway, once, the hints that are for it. */
  hints(token: { audience: string; tokenId: string }): string
  /** What a person has consented to. */
  consent(receipt: Omit<ConsentReceipt, 'issuer'>): string
}

export function createTokens({
  issuer,
  clock,
  alsoHold = [],
  statusLists,
  hintKey,
  ...options
}: TokenOptions): Tokens {
  const signer = named(options.signer)
  return {
    signer,
    directoryEntry: () => ({
      issuer,
      jwk: jwkOf(signer.publicKey),
      ...(alsoHold.length === 0 ? {} : { keys: alsoHold.map(jwkOf) }),
      statusLists,
      ...(hintKey === undefined ? {} : { hints: agreementJwk(hintKey) }),
    }),
    actor: ({ audience, status, seconds = 300, ...actor }) => {
      const issuedAt = clock()
      const expires = issuedAt + Math.min(seconds, longestActorLife) * 1000
      const token: ActorToken = {
        ...actor,
        issuer,
        audience,
        status,
        tokenId: randomUUID(),
        issuedAt,
        expires,
      }
      return signActorToken(token, signer)
    },
    subject: (token) =>
      signSubjectToken({ issuer, ...token, tokenId: randomUUID() }, { signer, now: clock() }),
    hints: (token) => signHintsToken({ issuer, ...token }, { signer, now: clock() }),
    consent: (receipt) => signConsentReceipt({ ...receipt, issuer }, signer),
  }
}

function named(signer: Signer): Signer {
  return {
    algorithm: signer.algorithm,
    publicKey: signer.publicKey,
    keyId: keyThumbprint(signer.publicKey),
    sign: (data) => signer.sign(data),
  }
}

function jwkOf(key: KeyObject): SubjectTokenIssuer['jwk'] {
  return { ...key.export({ format: 'jwk' }), kid: keyThumbprint(key) }
}
