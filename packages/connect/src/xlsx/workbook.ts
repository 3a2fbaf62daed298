import { isUtf8 } from 'node:buffer'
import { posix } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { localName, XmlFault, XmlReader } from '../xml/xml-reader.ts'
import { type NumberFormat, numberFormat } from './number-format.ts'
import { ZipFile } from './zip-file.ts'

/** Bytes of one part: a sheet of a million rows has some 300 MB. */
const LARGEST_PART = 512 * 1024 ** 2
/** Texts that cells share: a few kilobytes can unfold to a hundred million of them. */
const MOST_STRINGS = 10_000_000
/** Letters of a number's format, of which spreadsheets take 255. */
const LONGEST_FORMAT = 1000
/** Texts between two turns of the event loop. */
const TURN = 20_000

/** What a workbook has beside its sheets. */
export interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly part: string }[]
  readonly since1904: boolean
  readonly strings: readonly string[]
  /** By the number of a cell's style. */
  readonly formats: readonly NumberFormat[]
  /** The XML of a sheet. */
  read(part: string): Promise<Buffer>
}

/** Opens a workbook (ECMA-376). Throws `ZipFault` and `XmlFault`. */
export async function openWorkbook(bytes: Buffer): Promise<Workbook> {
  const zip = new ZipFile(bytes)
  const read = async (part: string) => {
    const xml = await zip.read(part, LARGEST_PART)
    if (!isUtf8(xml)) throw new XmlFault(`${part} is not UTF-8`)
    return xml
  }
  const main = [...(await relationsOf(zip, read, '')).values()].find(({ type }) => type === 'officeDocument')
  if (main === undefined) throw new XmlFault('no workbook')
  const relations = await relationsOf(zip, read, main.part)
  const partOf = (kind: string) => [...relations.values()].find(({ type }) => type === kind)?.part
  const [strings, styles] = [partOf('sharedStrings'), partOf('styles')]
  const { since1904, named } = sheetsOf(await read(main.part))
  return {
    since1904,
    sheets: named.flatMap(({ name, id }) => {
      const relation = relations.get(id)
      return relation?.type === 'worksheet' ? [{ name, part: relation.part }] : []
    }),
    strings: strings === undefined ? [] : await stringsOf(await read(strings)),
    formats: styles === undefined ? [] : formatsOf(await read(styles)),
    read,
  }
}

type ReadPart = (part: string) => Promise<Buffer>

/** What a part refers to, by the id that it uses; types by their last word, which is the same in both forms of the standard. */
async function relationsOf(zip: ZipFile, read: ReadPart, of: string) {
  const found = new Map<string, { readonly type: string; readonly part: string }>()
  const path = posix.join(posix.dirname(of), '_rels', `${posix.basename(of)}.rels`)
  if (!zip.has(path)) return found
  for (const { name, attributes } of startsOf(await read(path))) {
    if (name !== 'Relationship' || attributes.get('TargetMode') === 'External') continue
    const target = attributes.get('Target') ?? ''
    const part = target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(of), target)
    found.set(attributes.get('Id') ?? '', { type: (attributes.get('Type') ?? '').replace(/^.*\//, ''), part })
  }
  return found
}

function sheetsOf(xml: Buffer) {
  const named: { name: string; id: string }[] = []
  let since1904 = false
  for (const { name, attributes } of startsOf(xml)) {
    if (name === 'workbookPr') since1904 = ['1', 'true'].includes(attributes.get('date1904') ?? '')
    if (name !== 'sheet') continue
    const id = [...attributes].find(([key]) => key.endsWith(':id'))?.[1] ?? ''
    named.push({ name: attributes.get('name') ?? '', id })
  }
  return { since1904, named }
}

function formatsOf(xml: Buffer): readonly NumberFormat[] {
  const codes = new Map<number, string>()
  const formats: NumberFormat[] = []
  for (const { name, attributes, within } of startsOf(xml)) {
    const id = Number(attributes.get('numFmtId'))
    const code = attributes.get('formatCode') ?? ''
    if (code.length > LONGEST_FORMAT) throw new XmlFault('the format of a number is too long')
    if (name === 'numFmt') codes.set(id, code)
    if (name === 'xf' && within === 'cellXfs') formats.push(numberFormat(id, codes.get(id)))
  }
  return formats
}

function* startsOf(xml: Buffer) {
  const reader = new XmlReader(xml)
  const open: string[] = []
  for (let kind = reader.next(); kind !== undefined; kind = reader.next()) {
    if (kind === 'end') open.pop()
    if (kind !== 'start') continue
    const name = localName(reader.name)
    yield { name, attributes: reader.attributes(), within: open.at(-1) }
    open.push(name)
  }
}

async function stringsOf(xml: Buffer): Promise<readonly string[]> {
  const reader = new XmlReader(xml)
  const strings: string[] = []
  for (let kind = reader.next(); kind !== undefined; kind = reader.next()) {
    if (kind !== 'start' || localName(reader.name) !== 'si') continue
    if (strings.push(richText(reader)) > MOST_STRINGS) throw new XmlFault('too many texts')
    if (strings.length % TURN === 0) await setImmediate()
  }
  return strings
}

/** The text of the element that just started, of all its runs; how it is pronounced (`rPh`) is left out. */
export function richText(reader: XmlReader): string {
  const depth = reader.depth
  const open: string[] = []
  let text = ''
  for (let kind = reader.next(); kind !== undefined && reader.depth >= depth; kind = reader.next()) {
    if (kind === 'start') open.push(localName(reader.name))
    else if (kind === 'end') open.pop()
    else if (open.at(-1) === 't' && !open.includes('rPh')) text += reader.text
  }
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
}
