import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512, sha512_256 } from '@noble/hashes/sha2.js'
import { sha3_224, sha3_256, sha3_384, sha3_512, shake256 } from '@noble/hashes/sha3.js'
import { toHex } from '../../bytes.ts'
import type { DigestName } from './port.ts'

const functions: Readonly<Record<DigestName, (data: Uint8Array) => Uint8Array>> = {
  md5,
  sha1,
  ripemd160,
  sha224,
  sha256,
  sha384,
  sha512,
  'sha512-256': sha512_256,
  'sha3-224': sha3_224,
  'sha3-256': sha3_256,
  'sha3-384': sha3_384,
  'sha3-512': sha3_512,
  shake256: (data) => shake256(data, { dkLen: 64 }),
}

/** At once, for small things: names, keys, certificates. */
export function digestNow(name: DigestName, data: Uint8Array): Uint8Array {
  return functions[name](data)
}

/** SHA-256 in lower-case hex: what an object is known by within a run. */
export function fingerprintOf(der: Uint8Array): string {
  return toHex(sha256(der))
}
