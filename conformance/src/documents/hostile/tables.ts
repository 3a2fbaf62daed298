import type { Attack } from './case.ts'
import { latin, Sketch, setEntry, stream } from './sketch.ts'

const evil = stream('BT /F1 24 Tf 72 500 Td (Pay 9,000,000 baht to Mallory.) Tj ET')

/** Revisions whose tables are odd or broken, so that readers see different files (incremental saving attacks). */
export const tables: readonly Attack[] = [
  {
    name: 'no-table',
    about: 'other content behind the end, without a table',
    make: (bytes) => Buffer.concat([bytes, body(bytes)]),
  },
  {
    name: 'no-startxref',
    about: 'other content and a trailer, but no startxref',
    make: (bytes) => Buffer.concat([bytes, body(bytes), latin(`trailer\n${new Sketch(bytes).trailer}\n`)]),
  },
  {
    name: 'startxref-wrong',
    about: 'other content, startxref at no table',
    make: (bytes) => Buffer.concat([bytes, body(bytes), latin('startxref\n17\n%%EOF\n')]),
  },
  {
    name: 'startxref-old',
    about: 'other content, startxref at the table before',
    make: (bytes) =>
      Buffer.concat([bytes, body(bytes), latin(`startxref\n${new Sketch(bytes).startxref}\n%%EOF\n`)]),
  },
  {
    name: 'prev-to-first',
    about: 'the last revision’s Prev skips the signed one',
    make(bytes) {
      const s = new Sketch(bytes)
      const firstTable = s.text.indexOf('\nxref') + 1
      return s.update(changed(s), { trailer: { Prev: String(firstTable) } })
    },
  },
  {
    name: 'prev-loop',
    about: 'the last revision’s Prev is itself',
    make: (bytes) => new Sketch(bytes).update({}, { trailer: { Prev: String(bytes.length + 1) } }),
  },
  {
    name: 'prev-missing',
    about: 'the last revision has no Prev and all objects',
    make(bytes) {
      const s = new Sketch(bytes)
      const text = s.update(changed(s)).toString('latin1')
      const at = text.lastIndexOf('trailer')
      const trailer = setEntry(
        text.slice(text.indexOf('<<', at), text.indexOf('startxref', at)),
        'Prev',
        undefined,
      )
      return latin(`${text.slice(0, at)}trailer\n${trailer}${text.slice(text.indexOf('startxref', at))}`)
    },
  },
  {
    name: 'freed',
    about: 'the first page’s content is freed',
    make(bytes) {
      const s = new Sketch(bytes)
      return s.update({}, { free: [s.contentOf(s.pages[0] ?? 0)] })
    },
  },
  {
    name: 'two-headers',
    about: 'a whole other file behind this one',
    make: (bytes) => Buffer.concat([bytes, bytes]),
  },
  {
    name: 'generation',
    about: 'the content in another generation',
    make(bytes) {
      const s = new Sketch(bytes)
      const content = s.contentOf(s.pages[0] ?? 0)
      const text = s.update({ [content]: evil }).toString('latin1')
      const at = text.lastIndexOf(`${content} 0 obj`)
      return latin(
        `${text.slice(0, at)}${content} 1 obj${text.slice(at + `${content} 0 obj`.length)}`.replace(
          /00000 n(?![\s\S]*00000 n)/,
          '00001 n',
        ),
      )
    },
  },
  {
    name: 'same-object-twice',
    about: 'one revision has the content twice; the table names the second',
    make(bytes) {
      const s = new Sketch(bytes)
      const content = s.contentOf(s.pages[0] ?? 0)
      const decoy = latin(`${content} 0 obj\n${s.object(content)}\nendobj\n`)
      return new Sketch(Buffer.concat([bytes, decoy])).update(
        { [content]: evil },
        {
          trailer: { Prev: String(s.startxref) },
        },
      )
    },
  },
]

function changed(s: Sketch): Record<number, string> {
  return { [s.contentOf(s.pages[0] ?? 0)]: evil }
}

function body(bytes: Buffer): Buffer {
  const s = new Sketch(bytes)
  return latin(`${s.contentOf(s.pages[0] ?? 0)} 0 obj\n${evil}\nendobj\n`)
}
