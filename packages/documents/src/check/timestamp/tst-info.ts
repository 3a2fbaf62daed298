import { Asn1Error } from '../asn1/error.ts'
import { type Asn1, Asn1Sequence } from '../asn1/read.ts'
import { digestBytes, readDigestAlgorithm } from '../crypto/algorithms.ts'
import type { DigestName } from '../crypto/port.ts'

/** What a time-stamp authority signs (RFC 3161 §2.4.2). */
export interface TstInfo {
  readonly at: number
  /** Of how many milliseconds it may be off; 0 when it does not say. */
  readonly accuracy: number
  readonly algorithm: DigestName | undefined
  readonly imprint: Uint8Array
}

/** Throws `Asn1Error`. */
export function readTstInfo(element: Asn1): TstInfo {
  const parts = new Asn1Sequence(element)
  if (parts.next().smallInteger() !== 1) throw new Asn1Error('a version of time-stamps')
  parts.next().oid()
  const imprint = new Asn1Sequence(parts.next(0x30))
  const algorithm = readDigestAlgorithm(imprint.next(0x30))
  const digest = imprint.next().octets()
  imprint.end()
  if (algorithm && digest.length !== digestBytes[algorithm])
    throw new Asn1Error('an imprint of the wrong length')
  parts.next(0x02)
  const at = parts.next(0x18).time()
  const accuracy = readAccuracy(parts.optional(0x30))
  parts.optional(0x01)
  parts.optional(0x02)
  parts.optional(0xa0)
  refuseCritical(parts.optional(0xa1))
  parts.end()
  return { at, accuracy, algorithm, imprint: digest }
}

function readAccuracy(element: Asn1 | undefined): number {
  if (!element) return 0
  const parts = new Asn1Sequence(element)
  const seconds = parts.optional(0x02)?.smallInteger() ?? 0
  const millis = parts.optional(0x80)?.smallInteger(0x80) ?? 0
  return seconds * 1000 + millis
}

function refuseCritical(extensions: Asn1 | undefined): void {
  for (const one of extensions?.children() ?? []) {
    const parts = new Asn1Sequence(one)
    parts.next()
    if (parts.optional(0x01)?.boolean()) throw new Asn1Error('a critical extension of a time-stamp')
  }
}
