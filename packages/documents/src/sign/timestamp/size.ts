import type { DigestName } from '@sapan/trust'
import { digestLength } from '@sapan/trust'
import type { Timestamper } from '../options.ts'

/**
 * How much longer a token may be than the one that was looked at: a serial number of 20 bytes, fractions of a second,
 * accuracy, a nonce, an ECDSA signature with two more bytes, and longer lengths around them.
 */
const spare = 64

const found = new WeakMap<Timestamper, Map<DigestName, Promise<number>>>()

/**
 * Bytes that a token of this authority has at most. Where it doesn't tell, one stamp is asked for, once, and its size
 * is remembered.
 */
export function mostTokenBytes(timestamper: Timestamper, algorithm: DigestName): Promise<number> {
  const sizes = found.get(timestamper) ?? new Map<DigestName, Promise<number>>()
  found.set(timestamper, sizes)
  const known = sizes.get(algorithm)
  if (known) return known
  const size = measure(timestamper, algorithm)
  sizes.set(algorithm, size)
  // What failed once is tried again with the next document.
  size.catch(() => sizes.delete(algorithm))
  return size
}

/** Forgets the size: a token came that is longer. */
export function forgetTokenBytes(timestamper: Timestamper): void {
  found.delete(timestamper)
}

async function measure(timestamper: Timestamper, algorithm: DigestName): Promise<number> {
  if (timestamper.mostBytes) return timestamper.mostBytes(algorithm)
  const token = await timestamper.stamp(new Uint8Array(digestLength(algorithm)), algorithm)
  return token.length + spare
}
