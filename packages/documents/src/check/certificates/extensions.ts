import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import { type Asn1, Asn1Sequence } from '../asn1/read.ts'
import { type GeneralName, readGeneralName, readGeneralNames } from './general-name.ts'

/** Bits of keyUsage (RFC 5280 §4.2.1.3). */
export const usage = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, crlSign: 6 } as const

export interface Extensions {
  readonly critical: ReadonlySet<string>
  readonly present: ReadonlySet<string>
  readonly authority?: { readonly isAuthority: boolean; readonly pathLength: number }
  readonly keyUsage?: ReadonlySet<number>
  readonly extendedKeyUsage?: ReadonlySet<string>
  readonly subjectKeyIdentifier?: Uint8Array
  readonly authorityKeyIdentifier?: Uint8Array
  readonly alternativeNames: readonly GeneralName[]
  readonly permitted?: readonly GeneralName[]
  readonly excluded?: readonly GeneralName[]
  readonly policies?: readonly string[]
  readonly policyMappings: readonly (readonly [issuer: string, subject: string])[]
  readonly requireExplicitPolicy?: number
  readonly inhibitPolicyMapping?: number
  readonly inhibitAnyPolicy?: number
  readonly crlAddresses: readonly string[]
  readonly ocspAddresses: readonly string[]
  readonly issuerAddresses: readonly string[]
  readonly qcStatements: readonly string[]
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const mostExtensions = 64

/** Extensions (RFC 5280 §4.2). Throws `Asn1Error` for one twice, or one that is understood here and malformed. */
export function readExtensions(element: Asn1 | undefined, read: (bytes: Uint8Array) => Asn1): Extensions {
  const critical = new Set<string>()
  const present = new Set<string>()
  const extensions: Mutable<Extensions> = {
    critical,
    present,
    alternativeNames: [],
    policyMappings: [],
    crlAddresses: [],
    ocspAddresses: [],
    issuerAddresses: [],
    qcStatements: [],
  }
  const all = element?.children(0x30) ?? []
  if (all.length > mostExtensions) throw new Asn1Error('too many extensions')
  for (const one of all) {
    const parts = new Asn1Sequence(one)
    const id = parts.next().oid()
    if (parts.optional(0x01)?.boolean()) critical.add(id)
    const value = parts.next().octets()
    parts.end()
    if (present.has(id)) throw new Asn1Error('an extension twice')
    present.add(id)
    readers[id]?.(extensions, read(value))
  }
  return extensions
}

/** The extensions that validation understands: a critical one that is not here stops it (RFC 5280 §6.1.4, §6.1.5). */
const readers: Readonly<Record<string, (into: Mutable<Extensions>, value: Asn1) => void>> = {
  [oids.basicConstraints]: (into, value) => {
    const parts = new Asn1Sequence(value)
    const isAuthority = parts.optional(0x01)?.boolean() ?? false
    const length = parts.optional(0x02)?.smallInteger() ?? Number.POSITIVE_INFINITY
    parts.end()
    if (length < 0) throw new Asn1Error('a path length below 0')
    into.authority = { isAuthority, pathLength: length }
  },
  [oids.keyUsage]: (into, value) => {
    into.keyUsage = value.namedBits()
  },
  [oids.extendedKeyUsage]: (into, value) => {
    into.extendedKeyUsage = new Set(value.children(0x30).map((purpose) => purpose.oid()))
  },
  [oids.subjectKeyIdentifier]: (into, value) => {
    into.subjectKeyIdentifier = value.octets()
  },
  [oids.authorityKeyIdentifier]: (into, value) => {
    const key = new Asn1Sequence(value).optional(0x80)
    if (key) into.authorityKeyIdentifier = key.content
  },
  [oids.subjectAltName]: (into, value) => {
    into.alternativeNames = readGeneralNames(value)
  },
  [oids.nameConstraints]: (into, value) => {
    const parts = new Asn1Sequence(value)
    const permitted = parts.optional(0xa0)
    const excluded = parts.optional(0xa1)
    parts.end()
    if (permitted) into.permitted = permitted.children().map(readSubtree)
    if (excluded) into.excluded = excluded.children().map(readSubtree)
  },
  [oids.certificatePolicies]: (into, value) => {
    into.policies = value.children(0x30).map((policy) => new Asn1Sequence(policy).next().oid())
  },
  [oids.policyMappings]: (into, value) => {
    into.policyMappings = value.children(0x30).map((mapping) => {
      const [from, to] = mapping.children(0x30)
      if (!from || !to) throw new Asn1Error('a policy mapping')
      return [from.oid(), to.oid()] as const
    })
  },
  [oids.policyConstraints]: (into, value) => {
    const parts = new Asn1Sequence(value)
    const explicit = parts.optional(0x80)
    const mapping = parts.optional(0x81)
    if (explicit) into.requireExplicitPolicy = explicit.smallInteger(0x80)
    if (mapping) into.inhibitPolicyMapping = mapping.smallInteger(0x81)
  },
  [oids.inhibitAnyPolicy]: (into, value) => {
    into.inhibitAnyPolicy = value.smallInteger()
  },
  [oids.crlDistributionPoints]: (into, value) => {
    into.crlAddresses = value.children(0x30).flatMap((point) => addressesOf(point.children(0x30)[0]))
  },
  [oids.authorityInfoAccess]: (into, value) => {
    const entries = value.children(0x30).map((entry) => {
      const [method, place] = entry.children(0x30)
      const uri = place?.tag === 0x86 ? uriOf(place) : undefined
      return { method: method?.oid(), uri }
    })
    const of = (method: string) =>
      entries.flatMap((entry) => (entry.method === method && entry.uri ? [entry.uri] : []))
    into.ocspAddresses = of(oids.accessOcsp)
    into.issuerAddresses = of(oids.accessIssuers)
  },
  [oids.qcStatements]: (into, value) => {
    into.qcStatements = value.children(0x30).flatMap((one) => one.children(0x30)[0]?.oid() ?? [])
  },
}

const handled: ReadonlySet<string> = new Set([
  ...Object.keys(readers),
  oids.ocspNoCheck,
  oids.noRevocationAvailable,
  oids.validityAssuredShortTerm,
])

/** Critical extensions that are not understood. */
export function unknownCritical({ critical }: Extensions): string[] {
  return [...critical].filter((id) => !handled.has(id))
}

function readSubtree(subtree: Asn1): GeneralName {
  const parts = new Asn1Sequence(subtree)
  const base = readGeneralName(parts.next())
  const minimum = parts.optional(0x80)
  const maximum = parts.optional(0x81)
  parts.end()
  // RFC 5280 §4.2.1.10: minimum is 0, maximum absent.
  if ((minimum && minimum.smallInteger(0x80) !== 0) || maximum) throw new Asn1Error('a subtree with bounds')
  return base
}

/** URIs of a DistributionPointName that is a full name. */
function addressesOf(point: Asn1 | undefined): string[] {
  const full = point?.tag === 0xa0 ? point.children()[0] : undefined
  if (full?.tag !== 0xa0) return []
  return full.children().flatMap((name) => (name.tag === 0x86 ? [uriOf(name)] : []))
}

function uriOf(name: Asn1): string {
  return new TextDecoder('latin1').decode(name.content)
}
