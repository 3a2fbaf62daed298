import { sameBytes } from '../../bytes.ts'
import type { PublicKeyInfo } from './algorithms.ts'
import type { DigestName, SignatureScheme } from './port.ts'

type Digest = (name: DigestName, data: Uint8Array) => Promise<Uint8Array>

/** RSA verification (RFC 8017) for digests and parameters that WebCrypto does not have. The key must be sound. */
export async function verifyRsa(
  scheme: SignatureScheme & { family: 'rsa-pkcs1' | 'rsa-pss' },
  key: PublicKeyInfo,
  hashed: Uint8Array,
  signature: Uint8Array,
  digest: Digest,
): Promise<boolean> {
  const bytes = Math.ceil(key.bits / 8)
  if (signature.length !== bytes || !key.modulus || key.exponent === undefined) return false
  const modulus = toNumber(key.modulus)
  const value = toNumber(signature)
  if (value >= modulus) return false
  const message = fromNumber(power(value, key.exponent, modulus), bytes)
  if (scheme.family === 'rsa-pkcs1') {
    const expected = pkcs1Encoding(scheme.digest, hashed, bytes)
    return expected !== undefined && sameBytes(message, expected)
  }
  // The encoded message is one bit shorter than the modulus (RFC 8017 §8.1.2).
  const length = Math.ceil((key.bits - 1) / 8)
  if (message.subarray(0, bytes - length).some((byte) => byte !== 0)) return false
  return isPssEncoding(message.subarray(bytes - length), key.bits - 1, hashed, scheme, digest)
}

function power(base: bigint, exponent: number, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

export function toNumber(bytes: Uint8Array): bigint {
  let hex = '0x0'
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return BigInt(hex)
}

function fromNumber(value: bigint, bytes: number): Uint8Array {
  const hex = value.toString(16).padStart(bytes * 2, '0')
  return Uint8Array.from({ length: bytes }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))
}

const prefixes: Partial<Record<DigestName, string>> = {
  md5: '3020300c06082a864886f70d020505000410',
  sha1: '3021300906052b0e03021a05000414',
  ripemd160: '3021300906052b2403020105000414',
  sha224: '302d300d06096086480165030402040500041c',
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
  'sha512-256': '3031300d060960864801650304020605000420',
  'sha3-224': '302d300d06096086480165030402070500041c',
  'sha3-256': '3031300d060960864801650304020805000420',
  'sha3-384': '3041300d060960864801650304020905000430',
  'sha3-512': '3051300d060960864801650304020a05000440',
}

/** EMSA-PKCS1-v1_5 (RFC 8017 §9.2), made anew and compared whole: parsing the padding is how forgeries got in. */
function pkcs1Encoding(name: DigestName, hashed: Uint8Array, bytes: number): Uint8Array | undefined {
  const prefix = prefixes[name]?.match(/../g)?.map((pair) => Number.parseInt(pair, 16))
  if (!prefix) return undefined
  const start = bytes - prefix.length - hashed.length
  if (start < 11) return undefined
  const encoded = new Uint8Array(bytes).fill(0xff, 2, start - 1)
  encoded[1] = 1
  encoded.set(prefix, start)
  encoded.set(hashed, start + prefix.length)
  return encoded
}

/** EMSA-PSS-VERIFY (RFC 8017 §9.1.2). */
async function isPssEncoding(
  encoded: Uint8Array,
  bits: number,
  hashed: Uint8Array,
  { digest: name, maskDigest, saltLength }: SignatureScheme & { family: 'rsa-pss' },
  digest: Digest,
): Promise<boolean> {
  const split = encoded.length - hashed.length - 1
  if (split < saltLength + 1 || encoded.at(-1) !== 0xbc) return false
  const masked = encoded.subarray(0, split)
  const mark = encoded.subarray(split, -1)
  const unused = 8 * encoded.length - bits
  if ((masked[0] ?? 0) >> (8 - unused) !== 0) return false
  const mask = await mgf1(mark, split, maskDigest, digest)
  const block = masked.map((byte, at) => byte ^ (mask[at] ?? 0))
  block[0] = (block[0] ?? 0) & (0xff >> unused)
  const saltStart = split - saltLength
  if (block.subarray(0, saltStart - 1).some((byte) => byte !== 0) || block[saltStart - 1] !== 1) return false
  const input = new Uint8Array(8 + hashed.length + saltLength)
  input.set(hashed, 8)
  input.set(block.subarray(saltStart), 8 + hashed.length)
  return sameBytes(await digest(name, input), mark)
}

async function mgf1(seed: Uint8Array, length: number, name: DigestName, digest: Digest): Promise<Uint8Array> {
  const mask = new Uint8Array(length)
  const input = new Uint8Array(seed.length + 4)
  input.set(seed)
  for (let at = 0, counter = 0; at < length; counter++) {
    new DataView(input.buffer).setUint32(seed.length, counter)
    const block = await digest(name, input)
    mask.set(block.subarray(0, length - at), at)
    at += block.length
  }
  return mask
}
