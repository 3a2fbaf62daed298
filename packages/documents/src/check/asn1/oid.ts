import { Asn1Error } from './error.ts'

const knownOids = new Map<string, string>()

/** The object identifier that these bytes are, dotted (X.690 §8.19). Throws `Asn1Error`. */
export function readOid(content: Uint8Array): string {
  if (content.length === 0 || content.length > 64) throw new Asn1Error('an object identifier')
  const key = String.fromCharCode(...content)
  const known = knownOids.get(key)
  if (known) return known
  const dotted = decodeOid(content)
  if (knownOids.size < 4096) knownOids.set(key, dotted)
  return dotted
}

function decodeOid(content: Uint8Array): string {
  const arcs: bigint[] = []
  let arc = 0n
  let isOpen = false
  for (const byte of content) {
    if (!isOpen && byte === 0x80) throw new Asn1Error('an object identifier')
    arc = arc * 128n + BigInt(byte & 0x7f)
    isOpen = byte >= 0x80
    if (isOpen) continue
    arcs.push(arc)
    arc = 0n
  }
  const [first, ...rest] = arcs
  if (isOpen || first === undefined) throw new Asn1Error('an object identifier')
  const top = first < 80n ? first / 40n : 2n
  return [top, first - top * 40n, ...rest].join('.')
}
