import { toHex } from '../../bytes.ts'
import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import type { Asn1 } from '../asn1/read.ts'

/** A distinguished name (RFC 5280 §4.1.2.4). */
export interface Name {
  readonly der: Uint8Array
  /** The same for names that RFC 5280 §7.1 holds equal: case and spaces of text do not count. */
  readonly key: string
  /** One key per relative name, so that a name can be asked whether it lies below another. */
  readonly parts: readonly string[]
  /** The values of an attribute, in order. */
  values(oid: string): readonly string[]
}

const mostParts = 64

export function readName(element: Asn1): Name {
  const attributes: { oid: string; text: string }[] = []
  const sets = element.children(0x30)
  if (sets.length > mostParts) throw new Asn1Error('a name with too many parts')
  const parts = sets.map((set) => {
    const keys = set.children(0x31).map((pair) => {
      const [type, value, ...more] = pair.children(0x30)
      if (!type || !value || more.length > 0) throw new Asn1Error('an attribute of a name')
      const oid = type.oid()
      const text = value.text()
      if (text !== undefined) attributes.push({ oid, text })
      return `${oid}=${text === undefined ? toHex(value.raw) : JSON.stringify(normalised(text))}`
    })
    return keys.sort().join('+')
  })
  return {
    der: element.raw,
    key: parts.join(','),
    parts,
    values: (oid) => attributes.filter((attribute) => attribute.oid === oid).map(({ text }) => text),
  }
}

function normalised(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/g, ' ')
}

/** What people call the holder of a name. */
export function commonNameOf(name: Name): string {
  const [common] = name.values(oids.commonName)
  if (common) return common
  const person = [...name.values(oids.givenName), ...name.values(oids.surname)].join(' ')
  const [pseudonym] = name.values(oids.pseudonym)
  const [organisation] = name.values(oids.organizationName)
  return person || pseudonym || organisation || '?'
}
