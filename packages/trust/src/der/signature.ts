import type { SignatureAlgorithm } from '../keys/signer.ts'
import { ecdsaWithSha256, ed25519 } from './oids.ts'
import { type DerElement, DerError, DerSequence, readDer } from './read.ts'
import { integerFromBytes, oid, sequence } from './write.ts'

const algorithmOids = { 'ecdsa-p256-sha256': ecdsaWithSha256, ed25519 } as const

/** The AlgorithmIdentifier of a signature, without parameters (RFC 5758 §3.2, RFC 8410 §3). */
export function signatureAlgorithmDer(algorithm: SignatureAlgorithm): Buffer {
  return sequence(oid(algorithmOids[algorithm]))
}

export function readSignatureAlgorithm(element: DerElement): SignatureAlgorithm {
  const name = element.only(0x30).oid()
  if (name === ecdsaWithSha256) return 'ecdsa-p256-sha256'
  if (name === ed25519) return 'ed25519'
  throw new DerError('an unknown signature algorithm')
}

/** A signer's 64 bytes as X.509 and CMS carry them: for ECDSA a sequence of r and s (RFC 3279 §2.2.3). */
export function signatureDer(algorithm: SignatureAlgorithm, raw: Buffer): Buffer {
  if (algorithm === 'ed25519') return raw
  return ecdsaSignatureDer(raw)
}

/** `r ‖ s` of any curve as a sequence of two numbers (RFC 3279 §2.2.3). */
export function ecdsaSignatureDer(raw: Uint8Array): Buffer {
  const half = raw.length / 2
  return sequence(integerFromBytes(raw.subarray(0, half)), integerFromBytes(raw.subarray(half)))
}

/** The reverse of `signatureDer`. */
export function readSignature(algorithm: SignatureAlgorithm, bytes: Buffer): Buffer {
  if (algorithm === 'ed25519') return bytes
  const parts = new DerSequence(readDer(bytes))
  const raw = Buffer.concat([fixed(parts.next()), fixed(parts.next())])
  parts.end()
  return raw
}

function fixed(element: DerElement): Buffer {
  const value = element.integer()
  const hex = value.toString(16)
  if (value <= 0n || hex.length > 64) throw new DerError('not a number of P-256')
  return Buffer.from(hex.padStart(64, '0'), 'hex')
}
