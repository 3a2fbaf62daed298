import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { trustProblems } from '../problems.ts'

/** The two algorithms of the house: ECDSA on P-256 with SHA-256 (FIPS 186-5) and Ed25519 (RFC 8032). */
export type SignatureAlgorithm = 'ecdsa-p256-sha256' | 'ed25519'

/** What signs. The private key may lie in memory or in a device: only `sign` reaches it. */
export interface Signer {
  readonly algorithm: SignatureAlgorithm
  readonly publicKey: KeyObject
  /** The name under which others find the public key, where the format has room for one. */
  readonly keyId?: string
  /** 64 bytes: `r ‖ s` for P-256 (IEEE P1363), the signature of RFC 8032 for Ed25519. */
  sign(data: Uint8Array): Buffer
}

const digestOf = { 'ecdsa-p256-sha256': 'sha256', ed25519: null } as const

/** Both algorithms' signatures have this many bytes. */
const signatureBytes = 64

/** Private keys of signers made here, so that a signer can be printed or logged without showing its key. */
const privateKeys = new WeakMap<Signer, KeyObject>()

/** A signer with a new key. */
export function generateSigner(algorithm: SignatureAlgorithm): Signer {
  const pair =
    algorithm === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return signerFromKey(pair.privateKey)
}

/** A signer for a private key; throws `key-wrong-kind` unless it is P-256 or Ed25519. */
export function signerFromKey(privateKey: KeyObject, keyId?: string): Signer {
  const publicKey = createPublicKey(privateKey)
  const algorithm = algorithmOf(publicKey)
  const digest = digestOf[algorithm]
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
  const signer: Signer = {
    algorithm,
    publicKey,
    ...(keyId === undefined ? {} : { keyId }),
    sign: (data) => sign(digest, data, key),
  }
  privateKeys.set(signer, privateKey)
  return signer
}

/**
 * A signer from an unencrypted private key in PEM (PKCS#8, or SEC 1 for P-256).
 * Throws `key-corrupt` when it cannot be read or its public half does not belong to it, `key-wrong-kind` for other
 * kinds of key.
 */
export function signerFromPem(pem: string, keyId?: string): Signer {
  const signer = signerFromKey(readPrivateKey(pem), keyId)
  const probe = Buffer.from('sapan key check')
  if (!signatureHolds(signer, probe)) throw new Problem(trustProblems['key-corrupt'])
  return signer
}

function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch (cause) {
    throw new Problem(trustProblems['key-corrupt'], { cause })
  }
}

function signatureHolds(signer: Signer, probe: Buffer): boolean {
  try {
    return verifySignature(signer.algorithm, signer.publicKey, probe, signer.sign(probe))
  } catch {
    return false
  }
}

/** The private key as PEM (PKCS#8). Throws for a signer whose key was never in this process's hands. */
export function exportPem(signer: Signer): string {
  return privateKeyOf(signer).export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** The private key, for TLS listeners. Throws for a signer whose key was never in this process's hands. */
export function privateKeyOf(signer: Signer): KeyObject {
  const key = privateKeys.get(signer)
  if (!key) throw new Error('this signer does not give out its private key')
  return key
}

/** The algorithm that a public key is used with; throws `key-wrong-kind` unless it is P-256 or Ed25519. */
export function algorithmOf(publicKey: KeyObject): SignatureAlgorithm {
  if (publicKey.asymmetricKeyType === 'ed25519') return 'ed25519'
  if (publicKey.asymmetricKeyType === 'ec' && publicKey.asymmetricKeyDetails?.namedCurve === 'prime256v1') {
    return 'ecdsa-p256-sha256'
  }
  throw new Problem(trustProblems['key-wrong-kind'], {
    detail: { th: 'ใช้ได้เฉพาะกุญแจ P-256 และ Ed25519', en: 'Only P-256 and Ed25519 keys are used.' },
  })
}

/**
 * Whether `signature` (64 bytes, see `Signer.sign`) is the key's over `data`. False, never an error, for a
 * signature of another length or a key of another algorithm.
 */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  publicKey: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (signature.length !== signatureBytes) return false
  if (!keyFits(algorithm, publicKey)) return false
  return verify(digestOf[algorithm], data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
}

/** Reading a key's details is slow beside verifying: once a key. */
const knownAlgorithms = new WeakMap<KeyObject, SignatureAlgorithm | 'other'>()

function keyFits(algorithm: SignatureAlgorithm, publicKey: KeyObject): boolean {
  let known = knownAlgorithms.get(publicKey)
  if (known === undefined) {
    try {
      known = algorithmOf(publicKey)
    } catch {
      known = 'other'
    }
    knownAlgorithms.set(publicKey, known)
  }
  return known === algorithm
}
