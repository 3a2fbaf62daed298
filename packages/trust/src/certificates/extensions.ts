import { createHash, type KeyObject } from 'node:crypto'
import * as oids from '../der/oids.ts'
import { type DerElement, DerError, DerSequence, readDer } from '../der/read.ts'
import {
  addressBytes,
  boolean,
  element,
  explicit,
  implicit,
  integer,
  namedBits,
  octets,
  oid,
  sequence,
} from '../der/write.ts'

/** Names a certificate stands for, beside its subject (RFC 5280 §4.2.1.6). */
export interface AlternativeNames {
  /** `sapan:gateway:TH/GOV/DOPA/gateway-1`, `sapan:member:TH/GOV/DOPA`, … */
  readonly uris?: readonly string[]
  readonly dns?: readonly string[]
  readonly ips?: readonly string[]
}

/** Bits of keyUsage (RFC 5280 §4.2.1.3). */
export const usage = { digitalSignature: 0, contentCommitment: 1, keyCertSign: 5, crlSign: 6 } as const

const critical = true

export function extension(type: string, value: Buffer, isCritical = false): Buffer {
  return sequence(oid(type), ...(isCritical ? [boolean(true)] : []), octets(value))
}

/** `pathLength`: how many certificate authorities may follow; undefined for any number. */
export function authorityConstraints(pathLength: number | undefined): Buffer {
  const value = sequence(boolean(true), ...(pathLength === undefined ? [] : [integer(pathLength)]))
  return extension(oids.basicConstraints, value, critical)
}

export function endEntityConstraints(): Buffer {
  return extension(oids.basicConstraints, sequence(), critical)
}

export function keyUsageExtension(...numbers: readonly number[]): Buffer {
  return extension(oids.keyUsage, namedBits(...numbers), critical)
}

export function extendedKeyUsageExtension(purposes: readonly string[], isCritical: boolean): Buffer {
  return extension(oids.extendedKeyUsage, sequence(...purposes.map(oid)), isCritical)
}

/** The extension, or undefined when there are no names. Throws TypeError for names that cannot be written. */
export function alternativeNamesExtension(names: AlternativeNames): Buffer | undefined {
  const { uris = [], dns = [], ips = [] } = names
  const parts = [
    ...uris.map((uri) => implicit(6, asciiName(uri))),
    ...dns.map((name) => implicit(2, asciiName(name))),
    ...ips.map((ip) => implicit(7, addressBytes(ip))),
  ]
  return parts.length === 0 ? undefined : extension(oids.subjectAltName, sequence(...parts))
}

function asciiName(name: string): Buffer {
  if (!/^[\x21-\x7e]+$/.test(name))
    throw new TypeError('a URI or host name in a certificate is printable ASCII')
  return Buffer.from(name, 'latin1')
}

/** The first 20 bytes of SHA-256 over the public key (RFC 7093 §2 (1)). */
export function keyIdentifier(publicKey: KeyObject): Buffer {
  const spki = new DerSequence(readDer(publicKey.export({ type: 'spki', format: 'der' })))
  spki.next()
  return createHash('sha256').update(spki.next().bits()).digest().subarray(0, 20)
}

export function subjectKeyExtension(identifier: Buffer): Buffer {
  return extension(oids.subjectKeyIdentifier, octets(identifier))
}

export function authorityKeyExtension(identifier: Buffer): Buffer {
  return extension(oids.authorityKeyIdentifier, sequence(implicit(0, identifier)))
}

/** `Extensions` (RFC 5280 §4.1), as a certificate and a request carry them. */
export function extensionsDer(extensions: readonly (Buffer | undefined)[]): Buffer {
  return sequence(...extensions.filter((each) => each !== undefined))
}

/** What the extensions of a certificate say. */
export interface Extensions {
  /** Undefined: not a certificate authority. */
  readonly authority: { readonly pathLength: number } | undefined
  readonly usage: ReadonlySet<number>
  readonly purposes: ReadonlySet<string>
  readonly purposesCritical: boolean
  readonly uris: readonly string[]
  readonly dns: readonly string[]
  readonly ips: readonly string[]
  readonly subjectKey: Buffer | undefined
}

interface RawExtension {
  readonly critical: boolean
  readonly value: DerElement
}

const understood = new Set<string>([
  oids.basicConstraints,
  oids.keyUsage,
  oids.extendedKeyUsage,
  oids.subjectAltName,
  oids.subjectKeyIdentifier,
  oids.authorityKeyIdentifier,
])

/** Reads `Extensions`. Throws DerError for one given twice, or critical and not understood. */
export function readExtensions(list: DerElement | undefined): Extensions {
  const found = new Map<string, RawExtension>()
  for (const each of list?.children(0x30) ?? []) {
    const parts = new DerSequence(each)
    const type = parts.next().oid()
    const isCritical = parts.optional(0x01)?.boolean() ?? false
    const bytes = parts.next().octets()
    parts.end()
    if (found.has(type)) throw new DerError('an extension given twice')
    if (understood.has(type)) found.set(type, { critical: isCritical, value: readDer(bytes) })
    else if (isCritical) throw new DerError('a critical extension that is not understood')
  }
  const purposes = found.get(oids.extendedKeyUsage)
  return {
    authority: readConstraints(found.get(oids.basicConstraints)?.value),
    usage: found.get(oids.keyUsage)?.value.namedBits() ?? new Set(),
    purposes: new Set(purposes?.value.children(0x30).map((purpose) => purpose.oid())),
    purposesCritical: purposes?.critical ?? false,
    ...readNames(found.get(oids.subjectAltName)?.value),
    subjectKey: found.get(oids.subjectKeyIdentifier)?.value.octets(),
  }
}

/** The value of one extension among others of any kind; undefined when it is not there. Throws DerError. */
export function extensionValue(list: DerElement | undefined, type: string): DerElement | undefined {
  for (const each of list?.children(0x30) ?? []) {
    const parts = new DerSequence(each)
    if (parts.next().oid() !== type) continue
    parts.optional(0x01)
    return readDer(parts.next().octets())
  }
  return undefined
}

function readConstraints(value: DerElement | undefined): Extensions['authority'] {
  if (!value) return undefined
  const parts = new DerSequence(value)
  const isAuthority = parts.optional(0x01)?.boolean() ?? false
  const pathLength = parts.optional(0x02)?.integer()
  parts.end()
  return isAuthority ? { pathLength: pathLength === undefined ? Infinity : Number(pathLength) } : undefined
}

function readNames(value: DerElement | undefined) {
  const uris: string[] = []
  const dns: string[] = []
  const ips: string[] = []
  for (const name of value?.children(0x30) ?? []) {
    if (name.tag === 0x86) uris.push(readAscii(name.content))
    else if (name.tag === 0x82) dns.push(readAscii(name.content))
    else if (name.tag === 0x87) ips.push(readAddress(name.content))
  }
  return { uris, dns, ips }
}

/** An IA5String under another tag. */
function readAscii(content: Buffer): string {
  return readDer(element(0x16, content)).text()
}

function readAddress(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.')
  if (bytes.length !== 16) throw new DerError('an IP address')
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2).toString(16)).join(':')
  // The URL parser knows the shortest form (RFC 5952).
  return new URL(`http://[${groups}]/`).hostname.slice(1, -1)
}

/** `extensions` as the last part of a certificate's body. */
export function extensionsPart(extensions: readonly (Buffer | undefined)[]): Buffer {
  return explicit(3, extensionsDer(extensions))
}
