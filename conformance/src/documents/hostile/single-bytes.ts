import type { Attack } from './case.ts'
import { Sketch, signaturePlaces } from './sketch.ts'

/** One byte of the file is another. */
export const singleBytes: readonly Attack[] = [
  flip('header', 'in the header’s comment', (text) => text.indexOf('%', 5) + 3),
  flip('content', 'in the first page’s content', (text, signed) => contentAt(text, signed)),
  flip('catalog', 'in the catalog', (text, signed) => objectAt(text, signed.root) + 12),
  flip('xref', 'in the first cross-reference table', (text) => text.indexOf('xref\n') + 30),
  flip('range', 'in the ByteRange itself', (text) => firstPlace(text).rangeStart + 6),
  flip('signature-value', 'at the end of the signature’s CMS', (text) => derEnd(text) - 40),
  flip('certificate', 'in a certificate inside the CMS', (text) => firstPlace(text).start + 600),
  flip('last', 'the last of the signed range', (text) => endOfFirst(text) - 4),
  {
    name: 'padding',
    about: 'a zero of the padding behind the CMS is another digit',
    must: 'either',
    make: (signed) => put(signed, firstPlace(signed.toString('latin1')).end - 4, '7'),
  },
  {
    name: 'hexadecimal-case',
    about: 'a hexadecimal digit of the CMS is a capital letter, or small: the same bytes',
    must: 'either',
    make(signed) {
      const text = signed.toString('latin1')
      const { start } = firstPlace(text)
      const at = start + 20 + text.slice(start + 20).search(/[a-fA-F]/)
      const digit = text[at] ?? 'a'
      return put(signed, at, digit === digit.toLowerCase() ? digit.toUpperCase() : digit.toLowerCase())
    },
  },
  {
    name: 'trailing-newline',
    about: 'a newline behind the end',
    must: 'either',
    make: (signed) => Buffer.concat([signed, Buffer.from('\n')]),
  },
  {
    name: 'trailing-junk',
    about: 'a thousand bytes behind the end',
    must: 'either',
    make: (signed) => Buffer.concat([signed, Buffer.alloc(1000, 'x')]),
  },
  {
    name: 'leading-junk',
    about: 'a line before the header, so that every offset is wrong',
    make: (signed) => Buffer.concat([Buffer.from('x\n'), signed]),
  },
  { name: 'cut', about: 'the last hundred bytes are missing', make: (signed) => signed.subarray(0, -100) },
]

function flip(name: string, where: string, at: (text: string, signed: Sketch) => number): Attack {
  return {
    name,
    about: `one bit ${where}`,
    make(signed) {
      const place = at(signed.toString('latin1'), new Sketch(signed))
      const changed = Buffer.from(signed)
      const byte = changed[place]
      if (byte === undefined) throw new Error(`nothing at ${place}`)
      // Within a hexadecimal string, the neighbouring digit; elsewhere, the neighbouring character.
      changed[place] = byte === 0x39 ? 0x38 : byte ^ 1
      return changed
    },
  }
}

function put(signed: Buffer, at: number, text: string): Buffer {
  const changed = Buffer.from(signed)
  changed.write(text, at, 'latin1')
  return changed
}

function firstPlace(text: string) {
  const place = signaturePlaces(text)[0]
  if (!place) throw new Error('no signature')
  return place
}

const endOfFirst = (text: string): number => firstPlace(text).range[2] + firstPlace(text).range[3]

/** Behind the last hexadecimal digit of the DER: the padding's zeros are left out. */
function derEnd(text: string): number {
  const { start, end } = firstPlace(text)
  return start + 1 + text.slice(start + 1, end - 1).replace(/0+$/, '').length
}

const objectAt = (text: string, number: number): number => text.indexOf(`\n${number} 0 obj`) + 1

function contentAt(text: string, signed: Sketch): number {
  const page = signed.pages[0] ?? 0
  return text.indexOf('stream', objectAt(text, signed.contentOf(page))) + 20
}
