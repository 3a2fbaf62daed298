import { Asn1Error } from './error.ts'

const utcTime = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?()(Z|[+-]\d{4})$/
const generalizedTime = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?([.,]\d{1,9})?(Z|[+-]\d{4})$/

/** UTCTime or GeneralizedTime, as milliseconds since 1970. Throws `Asn1Error`. */
export function readTime(tag: number, content: Uint8Array): number {
  if ((tag !== 0x17 && tag !== 0x18) || content.length > 32) throw new Asn1Error('a time expected')
  const found = (tag === 0x17 ? utcTime : generalizedTime).exec(String.fromCharCode(...content))
  if (!found) throw new Asn1Error('a time expected')
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00', fraction = '', zone = ''] =
    found
  // RFC 5280 §4.1.2.5.1: two digits from 50 on are of the last century.
  const fullYear = year.length === 4 ? year : `${year >= '50' ? '19' : '20'}${year}`
  const iso = `${fullYear}-${month}-${day}T${hour}:${minute}:${second}`
  const at = Date.parse(`${iso}.${fraction.slice(1, 4).padEnd(3, '0')}Z`)
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(iso)) throw new Asn1Error('no such time')
  return at - offsetOf(zone)
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
