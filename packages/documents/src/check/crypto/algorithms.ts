import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import { type Asn1, Asn1Sequence } from '../asn1/read.ts'
import type { DigestName, SignatureScheme } from './port.ts'

const digests: ReadonlyMap<string, DigestName> = new Map([
  ['1.2.840.113549.2.5', 'md5'],
  ['1.3.14.3.2.26', 'sha1'],
  ['1.3.36.3.2.1', 'ripemd160'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ['2.16.840.1.101.3.4.2.6', 'sha512-256'],
  ['2.16.840.1.101.3.4.2.7', 'sha3-224'],
  ['2.16.840.1.101.3.4.2.8', 'sha3-256'],
  ['2.16.840.1.101.3.4.2.9', 'sha3-384'],
  ['2.16.840.1.101.3.4.2.10', 'sha3-512'],
  ['2.16.840.1.101.3.4.2.12', 'shake256'],
])

export const digestBytes: Readonly<Record<DigestName, number>> = {
  md5: 16,
  sha1: 20,
  ripemd160: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  'sha512-256': 32,
  'sha3-224': 28,
  'sha3-256': 32,
  'sha3-384': 48,
  'sha3-512': 64,
  shake256: 64,
}

const pkcs1: ReadonlyMap<string, DigestName> = new Map([
  ['1.2.840.113549.1.1.4', 'md5'],
  ['1.2.840.113549.1.1.5', 'sha1'],
  ['1.3.14.3.2.29', 'sha1'],
  ['1.3.36.3.3.1.2', 'ripemd160'],
  ['1.2.840.113549.1.1.14', 'sha224'],
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.113549.1.1.16', 'sha512-256'],
  ['2.16.840.1.101.3.4.3.13', 'sha3-224'],
  ['2.16.840.1.101.3.4.3.14', 'sha3-256'],
  ['2.16.840.1.101.3.4.3.15', 'sha3-384'],
  ['2.16.840.1.101.3.4.3.16', 'sha3-512'],
])

const ecdsa: ReadonlyMap<string, DigestName> = new Map([
  ['1.2.840.10045.4.1', 'sha1'],
  ['1.2.840.10045.4.3.1', 'sha224'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
  ['2.16.840.1.101.3.4.3.9', 'sha3-224'],
  ['2.16.840.1.101.3.4.3.10', 'sha3-256'],
  ['2.16.840.1.101.3.4.3.11', 'sha3-384'],
  ['2.16.840.1.101.3.4.3.12', 'sha3-512'],
])

/** BSI TR-03111 plain ECDSA: r and s without DER. */
const plainEcdsa: ReadonlyMap<string, DigestName> = new Map([
  ['0.4.0.127.0.7.1.1.4.1.1', 'sha1'],
  ['0.4.0.127.0.7.1.1.4.1.2', 'sha224'],
  ['0.4.0.127.0.7.1.1.4.1.3', 'sha256'],
  ['0.4.0.127.0.7.1.1.4.1.4', 'sha384'],
  ['0.4.0.127.0.7.1.1.4.1.5', 'sha512'],
])

const dsa: ReadonlyMap<string, DigestName> = new Map([
  ['1.2.840.10040.4.3', 'sha1'],
  ['2.16.840.1.101.3.4.3.1', 'sha224'],
  ['2.16.840.1.101.3.4.3.2', 'sha256'],
])

/** The digest of an AlgorithmIdentifier; undefined for unknown ones. */
export function readDigestAlgorithm(element: Asn1): DigestName | undefined {
  const [identifier, parameters, ...more] = element.children(0x30)
  if (!identifier || more.length > 0) throw new Asn1Error('an algorithm identifier')
  const oid = identifier.oid()
  // Of any length: here only that of Ed448, which is then named (RFC 8419 §2.3).
  if (oid === oids.shake256Length) return parameters?.smallInteger() === 512 ? 'shake256' : undefined
  const name = digests.get(oid)
  // Parameters are absent or NULL (RFC 5754 §2).
  if (name && parameters && !isNull(parameters)) throw new Asn1Error('parameters of a digest')
  return name
}

/**
 * The scheme of an AlgorithmIdentifier. `digest` is the one that the SignerInfo names, for identifiers that name none
 * (rsaEncryption, ecPublicKey). Undefined for unknown ones; throws `Asn1Error` for parameters that do not belong.
 */
export function readSignatureAlgorithm(element: Asn1, digest?: DigestName): SignatureScheme | undefined {
  const [first, parameters, ...more] = element.children(0x30)
  if (!first || more.length > 0) throw new Asn1Error('an algorithm identifier')
  const name = first.oid()
  if (name === oids.rsaPss) return readPss(parameters)
  if (parameters && name !== oids.ecPublicKey && !isNull(parameters))
    throw new Asn1Error('parameters of a signature')
  const one = pkcs1.get(name)
  if (one) return { family: 'rsa-pkcs1', digest: one }
  const two = ecdsa.get(name)
  if (two) return { family: 'ecdsa', digest: two }
  const three = plainEcdsa.get(name)
  if (three) return { family: 'ecdsa', digest: three, raw: true }
  const four = dsa.get(name)
  if (four) return { family: 'dsa', digest: four }
  if (name === oids.ed25519) return { family: 'eddsa', curve: 'ed25519' }
  if (name === oids.ed448) return { family: 'eddsa', curve: 'ed448' }
  if (name === oids.rsaEncryption && digest) return { family: 'rsa-pkcs1', digest }
  if (name === oids.ecPublicKey && digest) return { family: 'ecdsa', digest }
  return undefined
}

function isNull(parameters: Asn1): boolean {
  return parameters.tag === 0x05 && parameters.content.length === 0
}

/** RSASSA-PSS-params (RFC 4055 §3.1), with its defaults. */
function readPss(parameters: Asn1 | undefined): SignatureScheme | undefined {
  if (!parameters) return { family: 'rsa-pss', digest: 'sha1', maskDigest: 'sha1', saltLength: 20 }
  const parts = new Asn1Sequence(parameters)
  const hash = parts.optional(0xa0)?.only()
  const mask = parts.optional(0xa1)?.only()
  const salt = parts.optional(0xa2)?.only()
  const trailer = parts.optional(0xa3)?.only()
  parts.end()
  const digest = hash ? readDigestAlgorithm(hash) : 'sha1'
  const maskDigest = mask ? readMask(mask) : 'sha1'
  const saltLength = salt ? salt.smallInteger() : 20
  if (trailer && trailer.smallInteger() !== 1) throw new Asn1Error('the trailer of a PSS signature')
  if (saltLength < 0 || saltLength > 512) throw new Asn1Error('the salt of a PSS signature')
  return digest && maskDigest ? { family: 'rsa-pss', digest, maskDigest, saltLength } : undefined
}

function readMask(mask: Asn1): DigestName | undefined {
  const parts = new Asn1Sequence(mask)
  if (parts.next().oid() !== oids.maskGeneration1) return undefined
  const digest = readDigestAlgorithm(parts.next(0x30))
  parts.end()
  return digest
}

/** The digest of a scheme; Ed25519 and Ed448 have their own inside. */
export function digestOfScheme(scheme: SignatureScheme): DigestName | undefined {
  return scheme.family === 'eddsa' ? undefined : scheme.digest
}

export interface PublicKeyInfo {
  readonly kind: 'rsa' | 'ec' | 'dsa' | 'eddsa' | 'unknown'
  /** Strength as tables give it: modulus or order. */
  readonly bits: number
  readonly curve?: CurveName | undefined
  /** RSA only. */
  readonly exponent?: number | undefined
  readonly modulus?: Uint8Array
  /** The bytes of the BIT STRING: what a key identifier digests (RFC 5280 §4.2.1.2). */
  readonly keyBytes: Uint8Array
  /** The key is for PSS only, with these parameters where it has some (RFC 4055 §1.2). */
  readonly pss?: SignatureScheme | 'any'
}

export type CurveName =
  | 'P-224'
  | 'P-256'
  | 'P-384'
  | 'P-521'
  | 'secp256k1'
  | 'brainpoolP256r1'
  | 'brainpoolP384r1'
  | 'brainpoolP512r1'

const curves: ReadonlyMap<string, { name: CurveName; bits: number }> = new Map([
  ['1.3.132.0.33', { name: 'P-224', bits: 224 }],
  ['1.2.840.10045.3.1.7', { name: 'P-256', bits: 256 }],
  ['1.3.132.0.34', { name: 'P-384', bits: 384 }],
  ['1.3.132.0.35', { name: 'P-521', bits: 521 }],
  ['1.3.132.0.10', { name: 'secp256k1', bits: 256 }],
  ['1.3.36.3.3.2.8.1.1.7', { name: 'brainpoolP256r1', bits: 256 }],
  ['1.3.36.3.3.2.8.1.1.11', { name: 'brainpoolP384r1', bits: 384 }],
  ['1.3.36.3.3.2.8.1.1.13', { name: 'brainpoolP512r1', bits: 512 }],
])

/** SubjectPublicKeyInfo. Throws `Asn1Error` for malformed ones; unknown kinds are `unknown`. */
export function readPublicKey(spki: Asn1, read: (bytes: Uint8Array) => Asn1): PublicKeyInfo {
  const parts = new Asn1Sequence(spki)
  const [first, parameters] = parts.next(0x30).children()
  const keyBytes = parts.next(0x03).bits()
  parts.end()
  const name = first?.oid()
  if (name === oids.rsaEncryption) return readRsaKey(keyBytes, read)
  if (name === oids.rsaPss) {
    const scheme = parameters ? readPss(parameters) : undefined
    return { ...readRsaKey(keyBytes, read), pss: scheme ?? 'any' }
  }
  if (name === oids.ecPublicKey) {
    // Only named curves: explicit parameters are how CVE-2020-0601 was done.
    const curve = parameters?.tag === 0x06 ? curves.get(parameters.oid()) : undefined
    return { kind: curve ? 'ec' : 'unknown', bits: curve?.bits ?? 0, curve: curve?.name, keyBytes }
  }
  if (name === oids.ed25519) return { kind: 'eddsa', bits: 256, keyBytes }
  if (name === oids.ed448) return { kind: 'eddsa', bits: 448, keyBytes }
  if (name === '1.2.840.10040.4.1') {
    const prime = parameters?.tag === 0x30 ? parameters.children()[0] : undefined
    return { kind: 'dsa', bits: prime ? bitLength(prime.integerBytes()) : 0, keyBytes }
  }
  return { kind: 'unknown', bits: 0, keyBytes }
}

function readRsaKey(keyBytes: Uint8Array, read: (bytes: Uint8Array) => Asn1): PublicKeyInfo {
  const parts = new Asn1Sequence(read(keyBytes))
  const modulus = parts.next().integerBytes()
  const exponent = parts.next().integerBytes()
  parts.end()
  // One below 0 is none (RFC 8017 §3.1).
  const isSmall = exponent.length <= 5 && (exponent[0] ?? 0) < 0x80
  let value = 0
  if (isSmall) for (const byte of exponent) value = value * 256 + byte
  return { kind: 'rsa', bits: bitLength(modulus), exponent: isSmall ? value : undefined, modulus, keyBytes }
}

/** Of a positive number; 0 for others. */
function bitLength(bytes: Uint8Array): number {
  if ((bytes[0] ?? 0x80) >= 0x80) return 0
  let at = 0
  while (at < bytes.length && bytes[at] === 0) at++
  const top = bytes[at]
  return top === undefined ? 0 : (bytes.length - at) * 8 - Math.clz32(top) + 24
}

const largestRsa = 16_384

/**
 * Whether a key may be used at all: an even or tiny modulus, an exponent that is 1, even or huge prove nothing, and
 * huge ones only cost time.
 */
export function isSoundKey({ kind, bits, exponent, modulus }: PublicKeyInfo): boolean {
  if (kind === 'unknown') return false
  if (kind !== 'rsa') return true
  const isOdd = ((modulus?.at(-1) ?? 0) & 1) === 1
  return (
    isOdd &&
    bits >= 512 &&
    bits <= largestRsa &&
    exponent !== undefined &&
    exponent >= 3 &&
    exponent % 2 === 1
  )
}

/** Whether the key can have made signatures of the scheme. */
export function fitsKey(scheme: SignatureScheme, key: PublicKeyInfo): boolean {
  if (scheme.family === 'rsa-pkcs1') return key.kind === 'rsa' && !key.pss
  if (scheme.family === 'rsa-pss') return key.kind === 'rsa' && fitsPss(scheme, key)
  if (scheme.family === 'ecdsa') return key.kind === 'ec'
  return scheme.family === key.kind
}

/** Parameters of the key must be those of the signature, its salt not shorter (RFC 4055 §3.3). */
function fitsPss(scheme: SignatureScheme & { family: 'rsa-pss' }, { pss }: PublicKeyInfo): boolean {
  if (!pss || pss === 'any' || pss.family !== 'rsa-pss') return true
  const { digest, maskDigest, saltLength } = pss
  return scheme.digest === digest && scheme.maskDigest === maskDigest && scheme.saltLength >= saltLength
}

/** As people write it: `RSA-PSS`, `ECDSA`. */
export function schemeName({ family }: SignatureScheme): string {
  return { 'rsa-pkcs1': 'RSA', 'rsa-pss': 'RSA-PSS', ecdsa: 'ECDSA', dsa: 'DSA', eddsa: 'EdDSA' }[family]
}
