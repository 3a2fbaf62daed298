import {
  constants,
  createECDH,
  createHash,
  createPrivateKey,
  type KeyObject,
  privateEncrypt,
  randomBytes,
} from 'node:crypto'
import { rsaEncryption } from '../der/oids.ts'
import { DerSequence, readDer } from '../der/read.ts'
import { ecdsaSignatureDer } from '../der/signature.ts'
import { integer, nothing, octets, oid, sequence } from '../der/write.ts'
import {
  algorithmRules,
  type DigestName,
  digestLength,
  type KeyAlgorithm,
  mostSaltLength,
} from './algorithm.ts'
import { digestInfo } from './token/mechanism.ts'

/**
 * Signs digests, not data: a signing service is never shown the document. `node:crypto` hashes what it signs, so the
 * schemes are put together here from what it has: the private RSA operation, and the multiplication on the curve.
 * Throws TypeError for Ed25519, which cannot sign a digest (RFC 8032 §5.1), and for a digest of another length.
 */
export function signDigest(
  algorithm: KeyAlgorithm,
  key: KeyObject,
  digest: Uint8Array,
  saltLength = digest.length,
): Buffer {
  const { scheme, digest: name } = algorithmRules(algorithm)
  if (digest.length !== digestLength(name)) throw new TypeError('a digest of another length')
  if (scheme === 'pkcs1') {
    const padding = constants.RSA_PKCS1_PADDING
    return privateEncrypt({ key, padding }, digestInfo(name, digest))
  }
  if (scheme === 'pss') return signPss(key, name, digest, saltLength)
  if (scheme === 'ecdsa') return signEcdsa(key, digest)
  throw new TypeError('Ed25519 signs no digests')
}

/** RSASSA-PSS over a digest (RFC 8017 §8.1.1, §9.1.1). */
function signPss(key: KeyObject, name: DigestName, digest: Uint8Array, saltLength: number): Buffer {
  if (saltLength > mostSaltLength(key, name)) throw new TypeError('a salt longer than there is room for')
  const bits = (key.asymmetricKeyDetails?.modulusLength ?? 0) - 1
  const length = Math.ceil(bits / 8)
  const salt = randomBytes(saltLength)
  const hash = createHash(name).update(Buffer.alloc(8)).update(digest).update(salt).digest()
  const data = Buffer.alloc(length - hash.length - 1)
  data[data.length - salt.length - 1] = 1
  data.set(salt, data.length - salt.length)
  const masked = xor(data, mask(name, hash, data.length))
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - bits))
  const encoded = Buffer.concat([masked, hash, Buffer.of(0xbc)])
  const modulusBytes = Math.ceil((bits + 1) / 8)
  const padded = Buffer.concat([Buffer.alloc(modulusBytes - length), encoded])
  return privateEncrypt({ key: plainRsaKey(key), padding: constants.RSA_NO_PADDING }, padded)
}

/** MGF1 (RFC 8017 §B.2.1). */
function mask(name: DigestName, seed: Buffer, length: number): Buffer {
  const parts: Buffer[] = []
  for (let at = 0, number = 0; at < length; at += seed.length, number++) {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(number)
    parts.push(createHash(name).update(seed).update(counter).digest())
  }
  return Buffer.concat(parts).subarray(0, length)
}

function xor(one: Buffer, other: Buffer): Buffer {
  return Buffer.from(one.map((byte, at) => byte ^ (other[at] ?? 0)))
}

/** A key that says it is for PSS only, as one that the bare RSA operation takes. */
function plainRsaKey(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType === 'rsa') return key
  const parts = new DerSequence(readDer(key.export({ format: 'der', type: 'pkcs8' })))
  parts.next()
  parts.next()
  const numbers = parts.next().octets()
  const info = sequence(integer(0), sequence(oid(rsaEncryption), nothing()), octets(numbers))
  return createPrivateKey({ key: info, format: 'der', type: 'pkcs8' })
}

/** Orders of the curves' groups (SEC 2 §2.4.2, §2.5.1, §2.6.1). */
const orders: Readonly<Record<string, bigint>> = {
  prime256v1: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  secp384r1:
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  secp521r1:
    0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
}

/**
 * ECDSA over a digest (FIPS 186-5 §6.4.1). The curve's multiplication is OpenSSL's, in constant time; the arithmetic
 * around it is blinded, so that the time that it takes says nothing of the key or the nonce.
 */
function signEcdsa(key: KeyObject, digest: Uint8Array): Buffer {
  const curve = key.asymmetricKeyDetails?.namedCurve ?? ''
  const order = orders[curve]
  const { d: secret } = key.export({ format: 'jwk' })
  if (order === undefined || secret === undefined) throw new TypeError('another curve')
  const bytes = Math.ceil(bitLength(order) / 8)
  const d = number(Buffer.from(secret, 'base64url'))
  const e = number(digest) >> BigInt(Math.max(0, digest.length * 8 - bitLength(order)))
  for (;;) {
    const k = randomBelow(order, bytes)
    const r = firstCoordinate(curve, fixed(k, bytes), bytes) % order
    const blind = randomBelow(order, bytes)
    const inverse = power((k * blind) % order, order - 2n, order)
    const s = (inverse * ((blind * e + ((blind * r) % order) * d) % order)) % order
    if (r !== 0n && s !== 0n) return ecdsaSignatureDer(Buffer.concat([fixed(r, bytes), fixed(s, bytes)]))
  }
}

/** The first coordinate of the base point taken that many times. */
function firstCoordinate(curve: string, times: Buffer, bytes: number): bigint {
  const point = createECDH(curve)
  point.setPrivateKey(times)
  return number(point.getPublicKey().subarray(1, 1 + bytes))
}

/** Uniform in [1, order - 1], by drawing again (FIPS 186-5 §A.4.2). */
function randomBelow(order: bigint, bytes: number): bigint {
  const surplus = BigInt(bytes * 8 - bitLength(order))
  for (;;) {
    const drawn = number(randomBytes(bytes)) >> surplus
    if (drawn > 0n && drawn < order) return drawn
  }
}

/** Fermat's inverse, and any other power. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

const bitLength = (value: bigint): number => value.toString(2).length

const number = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)

const fixed = (value: bigint, bytes: number): Buffer =>
  Buffer.from(value.toString(16).padStart(bytes * 2, '0'), 'hex')
