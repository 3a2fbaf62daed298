import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AuthorityFiles } from '../authority.ts'
import { baseDocument } from './base.ts'
import type { HostileFile } from './case.ts'
import { entry, latin, Sketch, setEntry, stream } from './sketch.ts'

/** Where the value stands (of `<`, behind `>`) and how long the file is: the ranges that are signed come of it. */
type Ranges = (start: number, end: number, length: number) => number[]

const kinds: readonly [name: string, about: string, must: HostileFile['must'], ranges: Ranges][] = [
  ['whole', 'all but the value: as it has to be', 'passes', (s, e, l) => [0, s, e, l - e]],
  ['tail', 'the last twenty bytes are not signed', 'refused', (s, e, l) => [0, s, e, l - e - 20]],
  ['head-only', 'nothing behind the value is signed', 'refused', (s, e) => [0, s, e, 0]],
  ['from-ten', 'the first ten bytes are not signed', 'refused', (s, e, l) => [10, s - 10, e, l - e]],
  [
    'gap-before',
    'thirty bytes before the value are not signed',
    'refused',
    (s, e, l) => [0, s - 30, e, l - e],
  ],
  [
    'gap-behind',
    'a hundred bytes behind the value are not signed',
    'refused',
    (s, e, l) => [0, s, e + 100, l - e - 100],
  ],
  [
    'three',
    'three ranges, ten bytes left out between them',
    'refused',
    (s, e, l) => [0, s, e, 10, e + 20, l - e - 20],
  ],
  ['one', 'one range', 'refused', (s) => [0, s]],
  ['beyond', 'the second range ends behind the file’s end', 'refused', (s, e, l) => [0, s, e, l - e + 1000]],
  [
    'overlapping',
    'the second range begins before the first ends',
    'refused',
    (s, _e, _l) => [0, s - 10, s - 20, 20],
  ],
  ['empty', 'nothing is signed', 'refused', () => [0, 0, 0, 0]],
]

/**
 * Signatures by the trusted key over other ranges than the whole file, made with `openssl cms`: what a careless or a bribed
 * signer would make.
 */
export function signedRanges(authority: AuthorityFiles, folder: string): HostileFile[] {
  return kinds.map(([name, about, must, ranges]) => ({
    family: 'ranges',
    name,
    about,
    must,
    bytes: signRanges(authority, folder, ranges),
  }))
}

const room = 6000

function signRanges(authority: AuthorityFiles, folder: string, ranges: Ranges): Buffer {
  const s = new Sketch(baseDocument())
  const [value, field] = [s.size, s.size + 1]
  const page = s.pages[0] ?? 0
  const form = Number.parseInt(entry(s.catalog, 'AcroForm'), 10)
  const draft = s.update({
    [value]: `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:${today()}) /Spare (${'.'.repeat(40)}) /ByteRange [${' '.repeat(70)}] /Contents <${'0'.repeat(room * 2)}> /Reason (${'-'.repeat(120)}) >>`,
    [field]: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /V ${value} 0 R /F 132 /Rect [0 0 0 0] /P ${page} 0 R >>`,
    [page]: s.with(page, { Annots: s.value(s.object(page), 'Annots').replace(/\]\s*$/, ` ${field} 0 R]`) }),
    [form]: setEntry(
      s.with(form, { Fields: s.value(s.object(form), 'Fields').replace(/\]\s*$/, ` ${field} 0 R]`) }),
      'SigFlags',
      '3',
    ),
    [s.size + 2]: stream('nothing'),
  })
  const text = draft.toString('latin1')
  const start = text.indexOf('/Contents <', text.indexOf('/SubFilter /ETSI')) + 10
  const end = start + room * 2 + 2
  const numbers = ranges(start, end, draft.length)
  draft.write(numbers.join(' '), text.indexOf('/ByteRange [') + 12, 'latin1')
  const parts: Buffer[] = []
  for (let i = 0; i < numbers.length; i += 2) {
    const from = numbers[i] ?? 0
    parts.push(draft.subarray(from, from + (numbers[i + 1] ?? 0)))
  }
  writeFileSync(join(folder, 'ranges.bin'), Buffer.concat(parts))
  const { key, certificate, chain } = authority.signer
  const what = ['-binary', '-md', 'sha256', '-outform', 'DER']
  const by = ['-signer', certificate, '-inkey', key, '-certfile', chain]
  const paths = ['-in', join(folder, 'ranges.bin'), '-out', join(folder, 'ranges.p7s')]
  execFileSync('openssl', ['cms', '-sign', '-cades', ...what, ...by, ...paths])
  const cms = readFileSync(join(folder, 'ranges.p7s'))
  latin(cms.toString('hex')).copy(draft, start + 1)
  return draft
}

function today(): string {
  return `${new Date().toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`
}
