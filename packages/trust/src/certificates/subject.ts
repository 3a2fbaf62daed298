import { commonName, countryName, organizationIdentifier, organizationName } from '../der/oids.ts'
import { type DerElement, DerError, DerSequence } from '../der/read.ts'
import { oid, printable, sequence, setOf, utf8 } from '../der/write.ts'

/** Whose a certificate is, as people read it. What programs go by is its URIs. */
export interface Subject {
  readonly commonName: string
  readonly organization?: string
  /** A register's number for the organisation (X.520 organizationIdentifier, ETSI EN 319 412-1 §5.1.4). */
  readonly organizationIdentifier?: string
  /** Two letters, ISO 3166-1. */
  readonly country?: string
}

/** The subject as a Name (RFC 5280 §4.1.2.4), country first. */
export function nameDer(subject: Subject): Buffer {
  const { country, organization, organizationIdentifier: identifier } = subject
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) throw new TypeError('a country has two letters')
  return sequence(
    ...(country === undefined ? [] : [attribute(countryName, printable(country))]),
    ...(organization === undefined ? [] : [attribute(organizationName, utf8(organization))]),
    ...(identifier === undefined ? [] : [attribute(organizationIdentifier, utf8(identifier))]),
    attribute(commonName, utf8(subject.commonName)),
  )
}

function attribute(type: string, value: Buffer): Buffer {
  return setOf(sequence(oid(type), value))
}

/** Reads a Name; attributes that `Subject` has no word for are passed over. */
export function readName(name: DerElement): Subject {
  const found = new Map<string, string>()
  for (const set of name.children(0x30)) {
    for (const pair of set.children(0x31)) {
      const parts = new DerSequence(pair)
      const type = parts.next().oid()
      if (knownTypes.has(type)) found.set(type, parts.next().text())
    }
  }
  const subject = found.get(commonName)
  if (subject === undefined) throw new DerError('a subject without a common name')
  return {
    commonName: subject,
    ...optional('organization', found.get(organizationName)),
    ...optional('organizationIdentifier', found.get(organizationIdentifier)),
    ...optional('country', found.get(countryName)),
  }
}

const knownTypes = new Set([commonName, countryName, organizationName, organizationIdentifier])

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  const object: { [P in K]?: string } = {}
  if (value !== undefined) object[key] = value
  return object
}
