import type { DigestName } from '@sapan/trust'
import { digestLength } from '@sapan/trust'
import type { Timestamper } from '../options.ts'

/**
 * How much longer a token may be than the one that was looked at: a serial number of 20 bytes, fractions of a second,
 * accuracy, a nonce, an ECDSA signature with two more bytes, and longer lengths around them.
 */
const spare = 64

const found = new WeakMap<Timestamper, Map<DigestName, Promise<number>>>()

/** A token of each authority over nothing in particular, by which its size and its certificates are known before there is one. */
const samples = new WeakMap<Timestamper, Map<DigestName, Promise<Uint8Array>>>()

/** Rejects as the time-stamper does. What failed once is tried again with the next document. */
export function sampleToken(timestamper: Timestamper, algorithm: DigestName): Promise<Uint8Array> {
  return remembered(samples, timestamper, algorithm, () =>
    timestamper.stamp(new Uint8Array(digestLength(algorithm)), algorithm),
  )
}

/**
 * Bytes that a token of this authority has at most. Where it doesn't tell, one stamp is asked for, once, and its size
 * is remembered.
 */
export function mostTokenBytes(timestamper: Timestamper, algorithm: DigestName): Promise<number> {
  return remembered(found, timestamper, algorithm, () => measure(timestamper, algorithm))
}

function remembered<T>(
  all: WeakMap<Timestamper, Map<DigestName, Promise<T>>>,
  timestamper: Timestamper,
  algorithm: DigestName,
  ask: () => Promise<T>,
): Promise<T> {
  const known = all.get(timestamper) ?? new Map<DigestName, Promise<T>>()
  all.set(timestamper, known)
  const before = known.get(algorithm)
  if (before) return before
  const asked = ask()
  known.set(algorithm, asked)
  asked.catch(() => known.delete(algorithm))
  return asked
}

/** Forgets the size: a token came that is longer. */
export function forgetTokenBytes(timestamper: Timestamper): void {
  found.delete(timestamper)
  samples.delete(timestamper)
}

async function measure(timestamper: Timestamper, algorithm: DigestName): Promise<number> {
  if (timestamper.mostBytes) return timestamper.mostBytes(algorithm)
  return (await sampleToken(timestamper, algorithm)).length + spare
}
