import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import { type Asn1, Asn1Sequence, readAsn1 } from '../asn1/read.ts'
import { type Name, readName } from '../certificates/name.ts'
import { readDigestAlgorithm, readSignatureAlgorithm } from '../crypto/algorithms.ts'
import type { DigestName, SignatureScheme } from '../crypto/port.ts'
import type { Work } from '../work.ts'

/** An OCSP answer (RFC 6960 §4.2.1), read but not verified. */
export interface OcspAnswer {
  readonly id: string
  readonly der: Uint8Array
  readonly responder: { readonly name: Name } | { readonly keyHash: Uint8Array }
  readonly producedAt: number
  readonly singles: readonly SingleAnswer[]
  readonly nonce: Uint8Array | undefined
  readonly signed: Uint8Array
  readonly scheme: SignatureScheme | undefined
  readonly signature: Uint8Array
  /** DER of what it brings along. */
  readonly certificates: readonly Uint8Array[]
  readonly unusable: string | undefined
}

export interface SingleAnswer {
  readonly algorithm: DigestName | undefined
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  readonly serial: Uint8Array
  readonly status: 'good' | 'revoked' | 'unknown'
  readonly revokedAt: number | undefined
  readonly reason: number
  readonly thisUpdate: number
  readonly nextUpdate: number | undefined
  readonly archiveCutoff: number | undefined
}

const mostSingles = 1000

/** Reads an OCSPResponse or a BasicOCSPResponse. Throws `Asn1Error`, also for one that reports an error. */
export function readOcsp(der: Uint8Array, id: string, work: Work): OcspAnswer {
  work.spend('objects')
  const [data, algorithm, value, brought, ...more] = basicResponse(readAsn1(der, work), work).children(0x30)
  if (!data || !algorithm || !value || more.length > 0) throw new Asn1Error('a basic OCSP response')
  return {
    id,
    der,
    ...readData(data, work),
    signed: data.raw,
    scheme: readSignatureAlgorithm(algorithm),
    signature: value.bits(),
    certificates: brought
      ? brought
          .only(0xa0)
          .children(0x30)
          .map((one) => one.raw)
      : [],
  }
}

function basicResponse(element: Asn1, work: Work): Asn1 {
  const [first, bytes] = element.children(0x30)
  if (first?.tag !== 0x0a) return element
  if (first.smallInteger(0x0a) !== 0) throw new Asn1Error('an OCSP response without an answer')
  const parts = new Asn1Sequence(bytes?.only(0xa0) ?? element)
  if (parts.next().oid() !== oids.ocspBasic) throw new Asn1Error('an OCSP response of another kind')
  return readAsn1(parts.next().octets(), work)
}

function readData(data: Asn1, work: Work) {
  const parts = new Asn1Sequence(data)
  parts.optional(0xa0)
  const byName = parts.optional(0xa1)
  const responder = byName ? { name: readName(byName.only()) } : { keyHash: parts.next(0xa2).only().octets() }
  const producedAt = parts.next(0x18).time()
  const singles = parts.next(0x30).children()
  if (singles.length > mostSingles) throw new Asn1Error('too many answers')
  const { values, unusable } = extensionValues(parts.optional(0xa1), [oids.ocspNonce], work)
  parts.end()
  const nonce = values.get(oids.ocspNonce)
  return {
    responder,
    producedAt,
    singles: singles.map((single) => readSingle(single, work)),
    nonce: nonce?.tag === 0x04 ? nonce.octets() : undefined,
    unusable,
  }
}

function readSingle(single: Asn1, work: Work): SingleAnswer {
  const parts = new Asn1Sequence(single)
  const identifier = new Asn1Sequence(parts.next(0x30))
  const algorithm = readDigestAlgorithm(identifier.next(0x30))
  const issuerNameHash = identifier.next().octets()
  const issuerKeyHash = identifier.next().octets()
  const serial = identifier.next().integerBytes()
  identifier.end()
  const status = readStatus(parts.next())
  const thisUpdate = parts.next(0x18).time()
  const nextUpdate = parts.optional(0xa0)?.only().time()
  const { values, unusable } = extensionValues(parts.optional(0xa1), [oids.ocspArchiveCutoff], work)
  parts.end()
  if (unusable) throw new Asn1Error(unusable)
  return {
    algorithm,
    issuerNameHash,
    issuerKeyHash,
    serial,
    ...status,
    thisUpdate,
    nextUpdate,
    archiveCutoff: values.get(oids.ocspArchiveCutoff)?.time(),
  }
}

function readStatus(element: Asn1): Pick<SingleAnswer, 'status' | 'revokedAt' | 'reason'> {
  if (element.tag === 0x80) return { status: 'good', revokedAt: undefined, reason: 0 }
  if (element.tag === 0x82) return { status: 'unknown', revokedAt: undefined, reason: 0 }
  const parts = new Asn1Sequence(element, 0xa1)
  const revokedAt = parts.next(0x18).time()
  const reason = parts.optional(0xa0)?.only().smallInteger(0x0a) ?? 0
  parts.end()
  return { status: 'revoked', revokedAt, reason }
}

function extensionValues(element: Asn1 | undefined, known: readonly string[], work: Work) {
  const values = new Map<string, Asn1>()
  let unusable: string | undefined
  for (const one of element?.only().children(0x30) ?? []) {
    const parts = new Asn1Sequence(one)
    const id = parts.next().oid()
    const isCritical = parts.optional(0x01)?.boolean() ?? false
    if (known.includes(id)) {
      const value = parts.next().octets()
      // Some responders put the nonce in without a tag of its own (RFC 6960 §4.4.1 was not clear).
      if (id !== oids.ocspNonce || value[0] === 0x04) values.set(id, readAsn1(value, work))
    } else if (isCritical) unusable = 'a critical extension that is not understood'
  }
  return { values, unusable }
}
