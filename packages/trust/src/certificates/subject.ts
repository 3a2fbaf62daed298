import * as oids from '../der/oids.ts'
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
  readonly organizationalUnit?: string
  /** A person's office: what they sign as. */
  readonly title?: string
  readonly givenName?: string
  readonly surname?: string
  /** Tells persons of one name apart (ETSI EN 319 412-1 §5.1.3). Never a national identity number in the clear. */
  readonly serialNumber?: string
}

/** In the order in which they are written. */
const attributes = [
  ['country', oids.countryName],
  ['organization', oids.organizationName],
  ['organizationIdentifier', oids.organizationIdentifier],
  ['organizationalUnit', oids.organizationalUnitName],
  ['title', oids.title],
  ['surname', oids.surname],
  ['givenName', oids.givenName],
  ['serialNumber', oids.serialNumber],
  ['commonName', oids.commonName],
] as const

/** X.520 writes these two in PrintableString. */
const printableTypes: ReadonlySet<string> = new Set([oids.countryName, oids.serialNumber])

/** The subject as a Name (RFC 5280 §4.1.2.4), country first. */
export function nameDer(subject: Subject): Buffer {
  const { country, serialNumber } = subject
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) throw new TypeError('a country has two letters')
  if (serialNumber !== undefined && !/^[A-Za-z0-9 '()+,\-./:=?]+$/.test(serialNumber)) {
    throw new TypeError('a serial number is a PrintableString')
  }
  return sequence(
    ...attributes.flatMap(([name, type]) => {
      const value = subject[name]
      return value === undefined ? [] : [attribute(type, value)]
    }),
  )
}

function attribute(type: string, value: string): Buffer {
  return setOf(sequence(oid(type), printableTypes.has(type) ? printable(value) : utf8(value)))
}

/** Those that an exchange goes by; more are never needed to read, and other issuers write them in many types. */
const readTypes: ReadonlySet<string> = new Set([
  oids.countryName,
  oids.organizationName,
  oids.organizationIdentifier,
  oids.commonName,
])

/** Reads a Name: common name, organisation and its identifier, country. Other attributes are passed over. */
export function readName(name: DerElement): Subject {
  const found: { -readonly [name in keyof Subject]?: string } = {}
  for (const set of name.children(0x30)) {
    for (const pair of set.children(0x31)) {
      const parts = new DerSequence(pair)
      const type = parts.next().oid()
      const known = attributes.find(([, identifier]) => identifier === type && readTypes.has(type))
      if (known) found[known[0]] = parts.next().text()
    }
  }
  const { commonName, ...others } = found
  if (commonName === undefined) throw new DerError('a subject without a common name')
  return { commonName, ...others }
}
