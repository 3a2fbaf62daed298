import { ed448 } from '@noble/curves/ed448.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import { Asn1Sequence, orUndefined, readAsn1 } from '../asn1/read.ts'
import { element, oid } from '../asn1/write.ts'
import { Work } from '../work.ts'
import { type CurveName, fitsKey, isSoundKey, type PublicKeyInfo, readPublicKey } from './algorithms.ts'
import { digestNow } from './digest.ts'
import type { CheckCrypto, DigestName, SignatureScheme } from './port.ts'
import { verifyRsa } from './rsa.ts'

const webDigests: Partial<Record<DigestName, string>> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
}

/** Below this many bytes a call into WebCrypto costs more than digesting does. */
const smallData = 4096
const mostKeys = 512

/** Cryptography of the browser or of Node (`globalThis.crypto.subtle`), and of @noble for what that lacks. */
export function webCrypto(subtle: SubtleCrypto = globalThis.crypto.subtle): CheckCrypto {
  return new WebCryptoPort(subtle)
}

interface ReadKey {
  readonly info: PublicKeyInfo
  readonly imported: Map<string, Promise<CryptoKey | undefined>>
}

class WebCryptoPort implements CheckCrypto {
  readonly #subtle: SubtleCrypto
  readonly #keys = new Map<string, ReadKey | undefined>()

  constructor(subtle: SubtleCrypto) {
    this.#subtle = subtle
  }

  async digest(name: DigestName, data: Uint8Array): Promise<Uint8Array> {
    const web = webDigests[name]
    if (!web || data.length < smallData) return digestNow(name, data)
    return new Uint8Array(await this.#subtle.digest(web, plain(data)))
  }

  async verify(scheme: SignatureScheme, spki: Uint8Array, data: Uint8Array, signature: Uint8Array) {
    const key = this.#readKey(spki)
    if (!key) return false
    if (!isSoundKey(key.info)) return 'unsupported'
    if (!fitsKey(scheme, key.info)) return false
    try {
      return await this.#verify(scheme, key, spki, data, signature)
    } catch (error) {
      // Points off the curve and the like: libraries throw for a key or signature that is none.
      if (error instanceof Error) return false
      throw error
    }
  }

  async #verify(
    scheme: SignatureScheme,
    key: ReadKey,
    spki: Uint8Array,
    data: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean | 'unsupported'> {
    if (scheme.family === 'dsa') return 'unsupported'
    if (scheme.family === 'eddsa') return this.#verifyEdwards(key, spki, data, signature)
    if (scheme.family === 'ecdsa') return this.#verifyEcdsa(scheme, key, spki, data, signature)
    const web = webDigests[scheme.digest]
    const isOrdinary = scheme.family === 'rsa-pkcs1' || scheme.digest === scheme.maskDigest
    if (web && isOrdinary) {
      const name = scheme.family === 'rsa-pss' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5'
      const imported = await this.#import(key, { name, hash: web }, key.info.pss ? plainRsa(key.info) : spki)
      const parameters = scheme.family === 'rsa-pss' ? { name, saltLength: scheme.saltLength } : { name }
      if (imported) return this.#subtle.verify(parameters, imported, plain(signature), plain(data))
    }
    const hashed = await this.digest(scheme.digest, data)
    return verifyRsa(scheme, key.info, hashed, signature, (algorithm, bytes) => this.digest(algorithm, bytes))
  }

  async #verifyEcdsa(
    { digest, raw = false }: SignatureScheme & { family: 'ecdsa' },
    key: ReadKey,
    spki: Uint8Array,
    data: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean | 'unsupported'> {
    const { curve, bits } = key.info
    if (!curve) return 'unsupported'
    const bytes = Math.ceil(bits / 8)
    const flat = raw ? signature : orUndefined(() => flatSignature(signature, bytes))
    if (flat?.length !== bytes * 2) return false
    const web = webDigests[digest]
    if (web && webCurves.has(curve)) {
      const imported = await this.#import(key, { name: 'ECDSA', namedCurve: curve }, spki)
      const parameters = { name: 'ECDSA', hash: web }
      if (imported) return this.#subtle.verify(parameters, imported, plain(flat), plain(data))
    }
    const noble = nobleCurves[curve]
    if (!noble) return 'unsupported'
    const hashed = await this.digest(digest, data)
    return noble.verify(flat, hashed, key.info.keyBytes, { prehash: false, lowS: false })
  }

  async #verifyEdwards(
    key: ReadKey,
    spki: Uint8Array,
    data: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean> {
    if (key.info.bits !== 256) return ed448.verify(signature, data, key.info.keyBytes, { zip215: false })
    const imported = await this.#import(key, { name: 'Ed25519' }, spki)
    if (imported) return this.#subtle.verify({ name: 'Ed25519' }, imported, plain(signature), plain(data))
    return ed25519.verify(signature, data, key.info.keyBytes, { zip215: false })
  }

  #readKey(spki: Uint8Array): ReadKey | undefined {
    const id = latin1(spki)
    if (this.#keys.has(id)) return this.#keys.get(id)
    if (this.#keys.size >= mostKeys) this.#keys.clear()
    const work = new Work({ elements: 100 })
    const read = (bytes: Uint8Array) => readAsn1(bytes, work)
    const info = orUndefined(() => readPublicKey(read(spki), read))
    const key = info && { info, imported: new Map() }
    this.#keys.set(id, key)
    return key
  }

  /** Undefined where this WebCrypto cannot: an unknown algorithm, or a form of the key that it does not take. */
  #import(
    key: ReadKey,
    algorithm: { name: string; hash?: string; namedCurve?: string },
    spki: Uint8Array,
  ): Promise<CryptoKey | undefined> {
    const id = `${algorithm.name} ${algorithm.hash ?? ''}`
    const known = key.imported.get(id)
    if (known) return known
    const imported = this.#subtle
      .importKey('spki', plain(spki), algorithm, false, ['verify'])
      .catch(() => undefined)
    key.imported.set(id, imported)
    return imported
  }
}

const webCurves: ReadonlySet<CurveName> = new Set(['P-256', 'P-384', 'P-521'])

const nobleCurves = {
  'P-224': undefined,
  'P-256': p256,
  'P-384': p384,
  'P-521': p521,
  secp256k1,
  brainpoolP256r1,
  brainpoolP384r1,
  brainpoolP512r1,
}

/** r and s (RFC 3279 §2.2.3), strictly DER, each positive and of the curve's length at most. */
function flatSignature(signature: Uint8Array, bytes: number): Uint8Array {
  const element = readAsn1(signature, new Work({ elements: 10 }))
  if (!element.isDer()) throw new Asn1Error('not DER')
  const parts = new Asn1Sequence(element)
  const flat = new Uint8Array(bytes * 2)
  flat.set(fixed(parts.next().integerBytes(), bytes))
  flat.set(fixed(parts.next().integerBytes(), bytes), bytes)
  parts.end()
  return flat
}

function fixed(integer: Uint8Array, bytes: number): Uint8Array {
  const [first = 0, second = 0] = integer
  const isPadded = first === 0 && integer.length > 1
  if (first >= 0x80 || (isPadded && second < 0x80)) throw new Asn1Error('not a positive number in DER')
  const value = isPadded ? integer.subarray(1) : integer
  if (value.length > bytes || value.every((byte) => byte === 0)) throw new Asn1Error('out of range')
  const whole = new Uint8Array(bytes)
  whole.set(value, bytes - value.length)
  return whole
}

/** The key under the identifier that WebCrypto takes, where the certificate has that of PSS. */
function plainRsa({ keyBytes }: PublicKeyInfo): Uint8Array {
  const algorithm = element(0x30, oid(oids.rsaEncryption), element(0x05))
  return element(0x30, algorithm, element(0x03, Uint8Array.of(0), keyBytes))
}

function latin1(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** WebCrypto takes no views of shared memory, and its types say so. */
function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
}
