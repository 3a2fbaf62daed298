import { sameBytes } from '../../bytes.ts'
import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import { Asn1, Asn1Sequence, readAsn1 } from '../asn1/read.ts'
import { type Name, readName } from '../certificates/name.ts'
import { readSignatureAlgorithm } from '../crypto/algorithms.ts'
import type { SignatureScheme } from '../crypto/port.ts'
import type { Work } from '../work.ts'

/** A certificate revocation list (RFC 5280 §5), read but not verified. */
export interface Crl {
  readonly id: string
  readonly der: Uint8Array
  readonly issuer: Name
  readonly thisUpdate: number
  readonly nextUpdate: number | undefined
  readonly signed: Uint8Array
  readonly scheme: SignatureScheme | undefined
  readonly signature: Uint8Array
  readonly scope: CrlScope
  /** Entries of certificates that expired later than this are still in it (X.509 §9.5.2.8, expiredCertsOnCRL). */
  readonly keepsExpiredSince: number | undefined
  /** Why it must not be used: delta, indirect, or a critical extension that is not understood. */
  readonly unusable: string | undefined
  entry(serial: Uint8Array): CrlEntry | undefined
}

export interface CrlEntry {
  readonly revokedAt: number
  /** CRLReason (RFC 5280 §5.3.1). */
  readonly reason: number
}

export interface CrlScope {
  readonly onlyUsers: boolean
  readonly onlyAuthorities: boolean
  /** Addresses of the distribution point for which alone it speaks. */
  readonly addresses: readonly string[] | undefined
}

const wholeScope: CrlScope = { onlyUsers: false, onlyAuthorities: false, addresses: undefined }

/** Throws `Asn1Error`. */
export function readCrl(der: Uint8Array, id: string, work: Work): Crl {
  work.spend('objects')
  const outer = new Asn1Sequence(readAsn1(der, work))
  const body = outer.next(0x30)
  const algorithm = outer.next(0x30)
  const signature = outer.next(0x03).bits()
  outer.end()
  const parts = new Asn1Sequence(body)
  parts.optional(0x02)
  if (!sameBytes(parts.next(0x30).raw, algorithm.raw)) throw new Asn1Error('two signature algorithms')
  const issuer = readName(parts.next(0x30))
  const thisUpdate = parts.next().time()
  const nextUpdate = parts.optional(0x17, 0x18)?.time()
  const list = parts.optional(0x30)
  const extensions = parts.optional(0xa0)?.only()
  parts.end()
  return {
    id,
    der,
    issuer,
    thisUpdate,
    nextUpdate: nextUpdate === undefined ? undefined : nextUpdate + 999,
    signed: body.raw,
    scheme: readSignatureAlgorithm(algorithm),
    signature,
    ...readCrlExtensions(extensions, work),
    entry: (serial) => (list ? findEntry(list, serial, work) : undefined),
  }
}

function readCrlExtensions(element: Asn1 | undefined, work: Work) {
  let scope = wholeScope
  let unusable: string | undefined
  let keepsExpiredSince: number | undefined
  for (const one of element?.children(0x30) ?? []) {
    const parts = new Asn1Sequence(one)
    const id = parts.next().oid()
    const isCritical = parts.optional(0x01)?.boolean() ?? false
    const value = () => readAsn1(parts.next().octets(), work)
    if (id === oids.deltaCrlIndicator) unusable = 'a delta CRL'
    else if (id === oids.expiredCertsOnCrl) keepsExpiredSince = value().time()
    else if (id === oids.issuingDistributionPoint) {
      const read = readScope(value())
      scope = read.scope
      unusable ??= read.unusable
    } else if (isCritical && id !== oids.crlNumber && id !== oids.authorityKeyIdentifier) {
      unusable ??= 'a critical extension that is not understood'
    }
  }
  return { scope, unusable, keepsExpiredSince }
}

/** issuingDistributionPoint (RFC 5280 §5.2.5). */
function readScope(element: Asn1): { scope: CrlScope; unusable: string | undefined } {
  const parts = new Asn1Sequence(element)
  const point = parts.optional(0xa0)?.children()[0]
  const isSet = (tag: number) => (parts.optional(tag)?.content[0] ?? 0) !== 0
  const onlyUsers = isSet(0x81)
  const onlyAuthorities = isSet(0x82)
  const someReasons = parts.optional(0x83) !== undefined
  const isIndirect = isSet(0x84)
  const onlyAttributes = isSet(0x85)
  parts.end()
  const addresses = point?.tag === 0xa0 ? uris(point) : undefined
  const unusable =
    (point && !addresses && 'for a point named in another way') ||
    (someReasons && 'for some reasons only') ||
    (isIndirect && 'an indirect CRL') ||
    (onlyAttributes && 'for attribute certificates') ||
    undefined
  return { scope: { onlyUsers, onlyAuthorities, addresses }, unusable }
}

function uris(point: Asn1): string[] {
  return point
    .children()
    .flatMap((name) => (name.tag === 0x86 ? [String.fromCharCode(...name.content.subarray(0, 2048))] : []))
}

/**
 * Looks through revokedCertificates without making an object of each: lists of states have hundreds of thousands.
 * Entries must be DER.
 */
function findEntry(list: Asn1, serial: Uint8Array, work: Work): CrlEntry | undefined {
  const { source, contentEnd } = list
  let at = list.contentStart
  let looked = 0
  while (at < contentEnd) {
    if (++looked % 64 === 0) work.spend('elements')
    const entry = header(source, at, contentEnd, 0x30)
    const number = header(source, entry.start, entry.end, 0x02)
    if (isSame(source, number.start, number.end, serial))
      return readEntry(new Asn1(source, at, contentEnd, 3, work), work)
    at = entry.end
  }
  return undefined
}

function header(source: Uint8Array, at: number, most: number, tag: number): { start: number; end: number } {
  if (source[at] !== tag) throw new Asn1Error('an entry of a CRL')
  let length = source[at + 1] ?? 0x80
  let start = at + 2
  if (length >= 0x80) {
    const count = length & 0x7f
    if (count === 0 || count > 4) throw new Asn1Error('a length')
    length = 0
    for (let byte = 0; byte < count; byte++) length = length * 256 + (source[start + byte] ?? 0)
    start += count
  }
  if (start + length > most) throw new Asn1Error('cut off')
  return { start, end: start + length }
}

function isSame(source: Uint8Array, start: number, end: number, bytes: Uint8Array): boolean {
  if (end - start !== bytes.length) return false
  for (let at = 0; at < bytes.length; at++) if (source[start + at] !== bytes[at]) return false
  return true
}

function readEntry(entry: Asn1, work: Work): CrlEntry {
  const parts = new Asn1Sequence(entry)
  parts.next()
  const revokedAt = parts.next().time()
  let reason = 0
  for (const one of parts.optional(0x30)?.children() ?? []) {
    const extension = new Asn1Sequence(one)
    const id = extension.next().oid()
    extension.optional(0x01)
    if (id === oids.crlReason) reason = readAsn1(extension.next().octets(), work).smallInteger(0x0a)
  }
  return { revokedAt, reason }
}
