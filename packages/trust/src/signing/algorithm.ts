import { constants, type KeyObject, verify } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import * as oids from '../der/oids.ts'
import { type DerElement, DerError } from '../der/read.ts'
import { explicit, integer, nothing, oid, sequence } from '../der/write.ts'
import { trustProblems } from '../problems.ts'

/** How a document is signed: RSA with PKCS#1 v1.5 or PSS (RFC 8017), ECDSA (FIPS 186-5), Ed25519 (RFC 8032). */
export type KeyAlgorithm =
  | 'rsa-pkcs1-sha256'
  | 'rsa-pkcs1-sha384'
  | 'rsa-pkcs1-sha512'
  | 'rsa-pss-sha256'
  | 'rsa-pss-sha384'
  | 'rsa-pss-sha512'
  | 'ecdsa-sha256'
  | 'ecdsa-sha384'
  | 'ecdsa-sha512'
  | 'ed25519'

export type DigestName = 'sha256' | 'sha384' | 'sha512'

export type KeyFamily = 'rsa' | 'ec' | 'ed25519'

interface AlgorithmRules {
  readonly family: KeyFamily
  readonly scheme: 'pkcs1' | 'pss' | 'ecdsa' | 'ed25519'
  /** The digest that the signature is over; with Ed25519 the one that CMS uses beside it (RFC 8419 §3.1). */
  readonly digest: DigestName
  readonly oid: string
}

const rsa = { family: 'rsa', scheme: 'pkcs1' } as const
const pss = { family: 'rsa', scheme: 'pss', oid: oids.rsaPss } as const
const ecdsa = { family: 'ec', scheme: 'ecdsa' } as const

const rules: Readonly<Record<KeyAlgorithm, AlgorithmRules>> = {
  'rsa-pkcs1-sha256': { ...rsa, digest: 'sha256', oid: oids.sha256WithRsa },
  'rsa-pkcs1-sha384': { ...rsa, digest: 'sha384', oid: oids.sha384WithRsa },
  'rsa-pkcs1-sha512': { ...rsa, digest: 'sha512', oid: oids.sha512WithRsa },
  'rsa-pss-sha256': { ...pss, digest: 'sha256' },
  'rsa-pss-sha384': { ...pss, digest: 'sha384' },
  'rsa-pss-sha512': { ...pss, digest: 'sha512' },
  'ecdsa-sha256': { ...ecdsa, digest: 'sha256', oid: oids.ecdsaWithSha256 },
  'ecdsa-sha384': { ...ecdsa, digest: 'sha384', oid: oids.ecdsaWithSha384 },
  'ecdsa-sha512': { ...ecdsa, digest: 'sha512', oid: oids.ecdsaWithSha512 },
  ed25519: { family: 'ed25519', scheme: 'ed25519', digest: 'sha512', oid: oids.ed25519 },
}

export const keyAlgorithms = Object.keys(rules) as readonly KeyAlgorithm[]

/** What an algorithm is made of: family of keys, scheme, digest, and the object identifier of the signature. */
export function algorithmRules(algorithm: KeyAlgorithm): AlgorithmRules {
  return rules[algorithm]
}

/** The digest with which CMS digests content that is signed with that algorithm. */
export function keyDigest(algorithm: KeyAlgorithm): DigestName {
  return rules[algorithm].digest
}

const digestOids = { sha256: oids.sha256, sha384: oids.sha384, sha512: oids.sha512 } as const
const digestLengths = { sha256: 32, sha384: 48, sha512: 64 } as const

/** Bytes of a digest. */
export function digestLength(digest: DigestName): number {
  return digestLengths[digest]
}

/** Object identifier of a digest. */
export function digestOid(digest: DigestName): string {
  return digestOids[digest]
}

/** The digest of that object identifier; undefined for others. */
export function digestOfOid(identifier: string): DigestName | undefined {
  const names = Object.keys(digestOids) as DigestName[]
  return names.find((name) => digestOids[name] === identifier)
}

/**
 * The signature's AlgorithmIdentifier, DER: NULL parameters with PKCS#1 v1.5 (RFC 4055 §5), none with ECDSA (RFC 5758
 * §3.2) and Ed25519 (RFC 8410 §3), hash, mask and a salt as long as the digest with PSS (RFC 4055 §3.1).
 */
export function keyAlgorithmDer(algorithm: KeyAlgorithm): Buffer {
  const { scheme, digest, oid: identifier } = rules[algorithm]
  if (scheme === 'pkcs1') return sequence(oid(identifier), nothing())
  if (scheme === 'pss') return sequence(oid(identifier), pssParameters(digest))
  return sequence(oid(identifier))
}

/**
 * The algorithm of an AlgorithmIdentifier. `digest`: the one that CMS names beside it, for `rsaEncryption`, which names
 * none (RFC 3370 §3.2). Throws DerError for others.
 */
export function keyAlgorithmOf(identifier: DerElement, digest?: DigestName): KeyAlgorithm {
  const found = keyAlgorithms.find((each) => keyAlgorithmDer(each).equals(identifier.raw))
  if (found) return found
  const [name] = identifier.children(0x30)
  if (digest && name?.oid() === oids.rsaEncryption) return `rsa-pkcs1-${digest}`
  throw new DerError('an unknown signature algorithm')
}

/** RSASSA-PSS-params (RFC 4055 §3.1), DER. */
export function pssParameters(digest: DigestName): Buffer {
  const hash = sequence(oid(digestOids[digest]), nothing())
  return sequence(
    explicit(0, hash),
    explicit(1, sequence(oid(oids.mgf1), hash)),
    explicit(2, integer(digestLengths[digest])),
  )
}

/** The longest salt of PSS that the key has room for (RFC 8017 §9.1.1). */
export function mostSaltLength(key: KeyObject, digest: DigestName): number {
  const bits = (key.asymmetricKeyDetails?.modulusLength ?? 0) - 1
  return Math.ceil(bits / 8) - digestLengths[digest] - 2
}

/** RSA keys are this long: below is broken by policy (ETSI TS 119 312 §8), above takes a denial of service's time. */
const rsaBits = { least: 2048, most: 8192 } as const

const digestOfCurve: ReadonlyMap<string, KeyAlgorithm> = new Map([
  ['prime256v1', 'ecdsa-sha256'],
  ['secp384r1', 'ecdsa-sha384'],
  ['secp521r1', 'ecdsa-sha512'],
])

/**
 * The algorithm that a key is used with when nothing else is said: PKCS#1 v1.5 with SHA-256 for RSA (PSS for a key that
 * is for PSS only), the digest of the curve's size for ECDSA. Throws `signing-key-unsupported` for other keys.
 */
export function defaultKeyAlgorithm(key: KeyObject): KeyAlgorithm {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
  if (type === 'ed25519') return 'ed25519'
  if (type === 'ec') {
    const algorithm = digestOfCurve.get(details?.namedCurve ?? '')
    if (algorithm) return algorithm
  }
  const { modulusLength: length = 0, publicExponent: exponent = 0n } = details ?? {}
  const isRsa = type === 'rsa' || type === 'rsa-pss'
  // With 1 everyone signs, and an even one is no key's.
  const isExponent = exponent >= 3n && exponent % 2n === 1n
  if (isRsa && isExponent && length >= rsaBits.least && length <= rsaBits.most) {
    return type === 'rsa' ? 'rsa-pkcs1-sha256' : 'rsa-pss-sha256'
  }
  throw new Problem(trustProblems['signing-key-unsupported'])
}

/** Whether the key can be used with that algorithm. */
export function fitsAlgorithm(key: KeyObject, algorithm: KeyAlgorithm): boolean {
  const { family, scheme } = rules[algorithm]
  try {
    const usual = rules[defaultKeyAlgorithm(key)]
    return usual.family === family && (usual.scheme !== 'pss' || scheme === 'pss')
  } catch {
    return false
  }
}

/** What `node:crypto` is told for that algorithm: the digest (none for Ed25519) and how the key is used. */
export function cryptoOptions(algorithm: KeyAlgorithm, key: KeyObject) {
  const { scheme, digest } = rules[algorithm]
  if (scheme === 'ed25519') return { digest: null, key: { key } } as const
  if (scheme !== 'pss') return { digest, key: { key } } as const
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return { digest, key: { key, padding, saltLength: digestLengths[digest] } } as const
}

/**
 * Whether `signature` (in the form of CMS and X.509) is the key's over `data`. False, never an error, for a signature
 * that is no signature or a key of another kind.
 */
export function verifyKeySignature(
  algorithm: KeyAlgorithm,
  publicKey: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (!fitsAlgorithm(publicKey, algorithm)) return false
  const options = cryptoOptions(algorithm, publicKey)
  try {
    return verify(options.digest, data, options.key, signature)
  } catch {
    return false
  }
}
