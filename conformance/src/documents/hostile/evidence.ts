import type { Attack } from './case.ts'
import { entry, hasEntry, reference, references, Sketch, setEntry, stream } from './sketch.ts'

const evil = stream('BT /F1 24 Tf 72 500 Td (Pay 9,000,000 baht to Mallory.) Tj ET')

function evidence(s: Sketch): { number: number | undefined; text: string } {
  const value = entry(s.catalog, 'DSS')
  return /^\d+ \d+ R$/.test(value)
    ? { number: reference(value), text: s.object(reference(value)) }
    : { number: undefined, text: value }
}

function changeEvidence(
  s: Sketch,
  change: (text: string) => string,
  more: Record<number, string> = {},
): Buffer {
  const { number, text } = evidence(s)
  if (number !== undefined) return s.update({ ...more, [number]: change(text) })
  return s.update({ ...more, [s.root]: setEntry(s.catalog, 'DSS', change(text)) })
}

/** The document security store (EN 319 142-1 §5.4) is tampered with. Needs a file of level B-LT or B-LTA. */
export const storedEvidence: readonly Attack[] = [
  {
    name: 'removed',
    about: 'the catalog has no DSS any more',
    must: 'either',
    make: (bytes) => new Sketch(bytes).changed(new Sketch(bytes).root, { DSS: undefined }),
  },
  ...['Certs', 'CRLs', 'VRI'].map(
    (key): Attack => ({
      name: `${key}-removed`,
      about: `the DSS has no ${key} any more`,
      must: 'either',
      make: (bytes) => changeEvidence(new Sketch(bytes), (text) => setEntry(text, key, undefined)),
    }),
  ),
  ...['Certs', 'CRLs'].map(
    (key): Attack => ({
      name: `${key}-junk`,
      about: `the first of the DSS’s ${key} is junk`,
      must: 'either',
      make(bytes) {
        const s = new Sketch(bytes)
        const { text } = evidence(s)
        const number = references(hasEntry(text, key) ? s.value(text, key) : '')[0]
        if (number === undefined) throw new Error(`no ${key}`)
        return s.update({ [number]: stream('junk') })
      },
    }),
  ),
  {
    name: 'with-content',
    about: 'a DSS is added, and with it the page’s content replaced',
    make(bytes) {
      const s = new Sketch(bytes)
      const more = { [s.contentOf(s.pages[0] ?? 0)]: evil, [s.size]: stream('junk') }
      return changeEvidence(s, (text) => setEntry(text, 'OCSPs', `[${s.size} 0 R]`), more)
    },
  },
  {
    name: 'names-content',
    about: 'a stream of the DSS is the page’s content, which the revision replaces',
    make(bytes) {
      const s = new Sketch(bytes)
      const content = s.contentOf(s.pages[0] ?? 0)
      return changeEvidence(s, (text) => setEntry(text, 'OCSPs', `[${content} 0 R]`), { [content]: evil })
    },
  },
  {
    name: 'more',
    about: 'the DSS has one stream more, of no use',
    must: 'either',
    make(bytes) {
      const s = new Sketch(bytes)
      return changeEvidence(s, (text) => setEntry(text, 'OCSPs', `[${s.size} 0 R]`), {
        [s.size]: stream('junk'),
      })
    },
  },
]
