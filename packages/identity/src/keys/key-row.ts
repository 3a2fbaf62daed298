import type { Sealer } from '@sapan/trust'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'

/** An RSA key serves RS256 and PS256. */
export type KeyAlgorithm = 'ES256' | 'RS256' | 'EdDSA'

export interface KeyRow {
  readonly kid: string
  readonly algorithm: KeyAlgorithm
  readonly public: JWK
  readonly private_sealed: Buffer
  readonly published_at: Date
  readonly active_from: Date
  readonly retired_from: Date | null
  readonly removed_from: Date | null
}

/** A fresh key: its id (RFC 7638), its public JWK, and the private one sealed. */
export async function generateKeyRow(
  algorithm: KeyAlgorithm,
  sealer: Sealer,
): Promise<{ kid: string; publicJwk: JWK; sealed: Buffer }> {
  const options = algorithm === 'EdDSA' ? { crv: 'Ed25519' } : { modulusLength: 3072 }
  const pair = await generateKeyPair(algorithm, { ...options, extractable: true })
  const [publicJwk, privateJwk] = await Promise.all([exportJWK(pair.publicKey), exportJWK(pair.privateKey)])
  const kid = await calculateJwkThumbprint(publicJwk)
  const sealed = sealer.seal(Buffer.from(JSON.stringify(privateJwk)), boundTo(kid))
  return { kid, publicJwk: { ...publicJwk, kid, use: 'sig' }, sealed }
}

/** The private JWK of a key. */
export function openKey({ kid, public: publicJwk, private_sealed }: KeyRow, sealer: Sealer): JWK {
  return { ...publicJwk, ...JSON.parse(sealer.open(private_sealed, boundTo(kid)).toString()) }
}

function boundTo(kid: string): Buffer {
  return Buffer.from(`oidc_key.private_sealed ${kid}`)
}
