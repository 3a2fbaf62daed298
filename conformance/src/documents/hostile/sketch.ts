/**
 * Just enough of PDF to make hostile files, and nothing of `@sapan/documents`: what is tested must not make the tests. It
 * looks things up by their text, so it wants files with plain objects and cross-reference tables.
 */
export class Sketch {
  readonly bytes: Buffer
  readonly text: string

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes)
    this.text = this.bytes.toString('latin1')
  }

  /** The entries of the last trailer, as text. */
  get trailer(): string {
    const at = this.text.lastIndexOf('trailer')
    if (at < 0) throw new Error('no trailer: the file has cross-reference streams')
    return this.text.slice(this.text.indexOf('<<', at), this.text.indexOf('startxref', at))
  }

  get root(): number {
    return reference(entry(this.trailer, 'Root'))
  }

  get size(): number {
    return Number(entry(this.trailer, 'Size'))
  }

  get startxref(): number {
    return Number(/startxref\s+(\d+)/.exec(this.text.slice(this.text.lastIndexOf('startxref')))?.[1])
  }

  /** An object's last definition: what stands between `obj` and `endobj`. */
  object(number: number): string {
    const found = [...this.text.matchAll(new RegExp(`(?:^|[\\r\\n ])${number} 0 obj\\b`, 'g'))].at(-1)
    if (!found) throw new Error(`object ${number} is not to be seen`)
    const start = found.index + found[0].length
    return this.text.slice(start, this.text.indexOf('endobj', start)).trim()
  }

  /** The value behind an entry, through a reference where it is one. */
  value(dictionary: string, key: string): string {
    const value = entry(dictionary, key)
    return /^\d+ \d+ R$/.test(value) ? this.object(reference(value)) : value
  }

  get catalog(): string {
    return this.object(this.root)
  }

  get pageTree(): number {
    return reference(entry(this.catalog, 'Pages'))
  }

  get pages(): readonly number[] {
    return references(this.value(this.object(this.pageTree), 'Kids'))
  }

  /** Object number of the stream, or the first stream, of a page. */
  contentOf(page: number): number {
    const contents = entry(this.object(page), 'Contents')
    const first = references(contents)[0]
    if (first === undefined) throw new Error('a page without content')
    return first
  }

  /** The file with another revision: these objects, and these trailer entries changed. */
  update(
    objects: Readonly<Record<number, string | Buffer>>,
    options: { trailer?: Readonly<Record<string, string | undefined>>; free?: readonly number[] } = {},
  ): Buffer {
    const { free = [] } = options
    const parts: Buffer[] = [this.bytes, Buffer.from('\n')]
    let at = this.bytes.length + 1
    const rows = new Map<number, string>()
    for (const [number, content] of Object.entries(objects)) {
      const piece = Buffer.concat([latin(`${number} 0 obj\n`), latin(content), latin('\nendobj\n')])
      rows.set(Number(number), `${String(at).padStart(10, '0')} 00000 n\r\n`)
      parts.push(piece)
      at += piece.length
    }
    for (const number of free) rows.set(number, '0000000000 00001 f\r\n')
    const most = Math.max(this.size, ...[...rows.keys()].map((number) => number + 1))
    let trailer = setEntry(setEntry(this.trailer, 'Size', String(most)), 'Prev', String(this.startxref))
    for (const [key, value] of Object.entries(options.trailer ?? {})) trailer = setEntry(trailer, key, value)
    const sorted = [...rows].sort(([a], [b]) => a - b)
    const table = sorted.map(([number, row]) => `${number} 1\n${row}`).join('')
    // A section of its own for each object is allowed; an empty table needs one section all the same.
    parts.push(latin(`xref\n${table || '0 0\n'}trailer\n${trailer.trim()}\nstartxref\n${at}\n%%EOF\n`))
    return Buffer.concat(parts)
  }

  /** A new revision in which one object has other entries. */
  changed(number: number, entries: Readonly<Record<string, string | undefined>>): Buffer {
    return this.update({ [number]: this.with(number, entries) })
  }

  with(number: number, entries: Readonly<Record<string, string | undefined>>): string {
    let text = this.object(number)
    for (const [key, value] of Object.entries(entries)) text = setEntry(text, key, value)
    return text
  }
}

export const latin = (content: string | Buffer): Buffer =>
  typeof content === 'string' ? Buffer.from(content, 'latin1') : content

/** A stream object's content. */
export function stream(content: string, entries = ''): string {
  return `<< ${entries} /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`
}

export const reference = (value: string): number => {
  const number = /^(\d+) \d+ R/.exec(value.trim())?.[1]
  if (number === undefined) throw new Error(`no reference: ${value.slice(0, 40)}`)
  return Number(number)
}

export const references = (value: string): number[] =>
  [...value.matchAll(/(\d+) \d+ R/g)].map((match) => Number(match[1]))

/** The text of an entry of a dictionary. Throws when it is not there. */
export function entry(dictionary: string, key: string): string {
  const place = findEntry(dictionary, key)
  if (!place) throw new Error(`no /${key} in ${dictionary.slice(0, 60)}`)
  return dictionary.slice(place.value, place.end).trim()
}

export const hasEntry = (dictionary: string, key: string): boolean => findEntry(dictionary, key) !== undefined

/** The dictionary with another value for the entry; without it for undefined. */
export function setEntry(dictionary: string, key: string, value: string | undefined): string {
  const place = findEntry(dictionary, key)
  const before = place ? dictionary.slice(0, place.start) : dictionary.slice(0, dictionary.indexOf('<<') + 2)
  const after = place ? dictionary.slice(place.end) : dictionary.slice(dictionary.indexOf('<<') + 2)
  return value === undefined ? `${before} ${after}` : `${before} /${key} ${value} ${after}`
}

const tokens =
  /<<|>>|\[|\]|\/[^\s/<>[\]()]*|\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|<[0-9A-Fa-f\s]*>|[^\s/<>[\]()]+/gs

function findEntry(
  dictionary: string,
  key: string,
): { start: number; value: number; end: number } | undefined {
  let depth = 0
  let found: { start: number; value: number } | undefined
  let wantsValue = false
  for (const match of dictionary.matchAll(tokens)) {
    const [token] = match
    if (token === '>>' || token === ']') depth--
    const isKey: boolean = depth === 1 && token.startsWith('/') && !wantsValue
    if (found && (isKey || depth === 0)) return { ...found, end: match.index }
    if (isKey && token === `/${key}`) found = { start: match.index, value: match.index + token.length }
    // A name is a key or the value of the key before it; what follows a number may be the rest of a reference.
    wantsValue = isKey
    if (token === '<<' || token === '[') depth++
    if (depth === 0) return undefined
  }
  return undefined
}

/** Where a signature's value stands in the file. */
export interface SignaturePlace {
  /** Of the `<` and behind the `>`. */
  readonly start: number
  readonly end: number
  readonly range: readonly [number, number, number, number]
  /** Of the `[` of the ByteRange's array, and behind its `]`. */
  readonly rangeStart: number
  readonly rangeEnd: number
}

export function signaturePlaces(text: string): SignaturePlace[] {
  const found = text.matchAll(/\/ByteRange\s*(\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\])/g)
  return [...found].map((match) => {
    const [a = 0, b = 0, c = 0, d = 0] = match.slice(2).map(Number)
    const rangeStart = match.index + match[0].length - (match[1]?.length ?? 0)
    return { start: a + b, end: c, range: [a, b, c, d], rangeStart, rangeEnd: match.index + match[0].length }
  })
}

/** Object number of each signature dictionary (the ones with a ByteRange), in order. */
export function signatureObjects(text: string): number[] {
  return [...text.matchAll(/(\d+) 0 obj(?:(?!endobj)[\s\S])*?\/ByteRange/g)].map((match) => Number(match[1]))
}
