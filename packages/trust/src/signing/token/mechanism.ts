import { createHash, type KeyObject } from 'node:crypto'
import { ecdsaSignatureDer } from '../../der/signature.ts'
import { nothing, octets, oid, sequence } from '../../der/write.ts'
import { algorithmRules, type DigestName, digestLength, digestOid, type KeyAlgorithm } from '../algorithm.ts'
import { mechanisms, pssHashes } from './constants.ts'
import { word } from './objects.ts'
import type { SignOrder } from './protocol.ts'

const none = new Uint8Array()

type Order = Pick<SignOrder, 'mechanism' | 'parameter' | 'data'>

/**
 * How a token is asked for signatures of that algorithm. It gets digests, not the documents: CKM_RSA_PKCS with a
 * DigestInfo (RFC 8017 §9.2), CKM_RSA_PKCS_PSS, CKM_ECDSA; only Ed25519 needs all the bytes.
 */
export function signOrder(algorithm: KeyAlgorithm, publicKey: KeyObject, data: readonly Uint8Array[]): Order {
  const { scheme, digest } = algorithmRules(algorithm)
  if (scheme === 'ed25519') return { mechanism: mechanisms.eddsa, parameter: none, data }
  const digests = data.map((bytes) => createHash(digest).update(bytes).digest())
  return digestOrder(algorithm, publicKey, digests)
}

/** The same for digests that someone else made. */
export function digestOrder(
  algorithm: KeyAlgorithm,
  publicKey: KeyObject,
  digests: readonly Uint8Array[],
  saltLength?: number,
): Order {
  const { scheme, digest } = algorithmRules(algorithm)
  if (scheme === 'pkcs1') {
    const infos = digests.map((each) => digestInfo(digest, each))
    return { mechanism: mechanisms.rsaPkcs, parameter: none, data: infos }
  }
  if (scheme === 'pss') {
    const { hash, mask } = pssHashes[digest]
    const parameter = Buffer.concat([word(hash), word(mask), word(saltLength ?? digestLength(digest))])
    return { mechanism: mechanisms.rsaPss, parameter, data: digests }
  }
  // FIPS 186-5 §6.4.1: the leftmost bits; not every token cuts a longer digest itself.
  const most = curveBytes(publicKey)
  return { mechanism: mechanisms.ecdsa, parameter: none, data: digests.map((each) => each.subarray(0, most)) }
}

export function digestInfo(name: DigestName, digest: Uint8Array): Buffer {
  return sequence(sequence(oid(digestOid(name)), nothing()), octets(digest))
}

function curveBytes(publicKey: KeyObject): number {
  const curve = publicKey.asymmetricKeyDetails?.namedCurve
  return curve === 'prime256v1' ? 32 : curve === 'secp384r1' ? 48 : 66
}

/** A token gives ECDSA as `r ‖ s`; CMS and X.509 carry a sequence of both. */
export function signaturesFrom(algorithm: KeyAlgorithm, raw: readonly Uint8Array[]): Uint8Array[] {
  return algorithmRules(algorithm).scheme === 'ecdsa' ? raw.map(ecdsaSignatureDer) : [...raw]
}
