const LESS = 0x3c
const GREATER = 0x3e
const DOUBLE = 0x22
const SINGLE = 0x27
const MARK = Buffer.from('\ufeff')
const NAME = /^[^\s\d.<>&"'/=!?-][^\s<>&"'/=!?]*$/
const ATTRIBUTE = /\s+([^\s<>&"'/=]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const NOT_PLAIN = /['&\t\r\n]| [ =]|= /
const DEEPEST = 100

/** XML that is not read: not well-formed, too deep, or with a document type, whose entities could grow without end. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault'
}

/**
 * Goes through XML in UTF-8 by its bytes, so that a sheet of a million rows needs no text of its whole. Comments and
 * instructions are passed over; document types are refused. Throws `XmlFault`.
 */
export class XmlReader {
  readonly #bytes: Buffer
  readonly #open: string[] = []
  #at: number
  #raw = ''
  #closing = false
  #seenRoot = false
  /** The element's name as it stands, with its prefix, at a start and an end. */
  name = ''
  /** What stands between two tags, references resolved. */
  text = ''

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#at = bytes.subarray(0, 3).equals(MARK) ? 3 : 0
  }

  /** How many elements are open, that of a start among them. */
  get depth(): number {
    return this.#open.length
  }

  /** The next start, text or end; undefined at the end of the document. */
  next(): 'start' | 'text' | 'end' | undefined {
    if (this.#closing) return this.#end(this.name)
    for (;;) {
      const tag = this.#bytes.indexOf(LESS, this.#at)
      if (tag === -1) return this.#finish()
      if (tag > this.#at && this.#takeText(tag)) return 'text'
      this.#at = tag
      const second = this.#bytes[tag + 1]
      if (second === 0x2f) return this.#end(this.#tag(2).trimEnd())
      if (second === 0x3f) this.#pass('?>')
      else if (second !== 0x21) return this.#start()
      else if (this.#follows('<!--')) this.#pass('-->')
      else if (this.#follows('<![CDATA[')) return this.#section()
      else throw new XmlFault('a document type, or something like it')
    }
  }

  /** The attributes of the element that starts, by their names as they stand. */
  attributes(): ReadonlyMap<string, string> {
    const found = new Map<string, string>()
    let at = 0
    for (ATTRIBUTE.lastIndex = 0; at < this.#raw.length; at = ATTRIBUTE.lastIndex) {
      const [, name = '', double, single = ''] = ATTRIBUTE.exec(this.#raw) ?? []
      if (name === '' && this.#raw.slice(at).trim() === '') break
      if (name === '' || found.has(name)) throw new XmlFault('an attribute')
      found.set(name, resolved((double ?? single).replaceAll(/[\t\r\n]/g, ' ')))
    }
    return found
  }

  /** One attribute of the element that starts. Where all are written plainly, what looks like it is it. */
  attribute(name: string): string | undefined {
    if (NOT_PLAIN.test(this.#raw)) return this.attributes().get(name)
    const at = this.#raw.indexOf(` ${name}="`)
    if (at === -1) return undefined
    const start = at + name.length + 3
    return this.#raw.slice(start, this.#raw.indexOf('"', start))
  }

  #start(): 'start' {
    const tag = this.#tag(1)
    this.#closing = tag.endsWith('/')
    const whole = this.#closing ? tag.slice(0, -1) : tag
    const space = whole.search(/\s/)
    this.name = space === -1 ? whole : whole.slice(0, space)
    this.#raw = space === -1 ? '' : whole.slice(space)
    if (!NAME.test(this.name)) throw new XmlFault('a name')
    if (this.#open.length === 0 && this.#seenRoot) throw new XmlFault('more than one element')
    this.#seenRoot = true
    if (this.#open.push(this.name) > DEEPEST) throw new XmlFault('elements too deep')
    return 'start'
  }

  #end(name: string): 'end' {
    this.#closing = false
    if (this.#open.pop() !== name) throw new XmlFault('an end tag')
    this.name = name
    return 'end'
  }

  /** What stands in the tag that begins here, after its first bytes; a `>` in an attribute's value does not end it. */
  #tag(skip: number): string {
    const start = this.#at + skip
    for (let at = start, quote = 0, high = 0; at < this.#bytes.length; at += 1) {
      const byte = this.#bytes[at] ?? 0
      high |= byte
      if (quote !== 0) quote = byte === quote ? 0 : quote
      else if (byte === DOUBLE || byte === SINGLE) quote = byte
      else if (byte === GREATER) {
        this.#at = at + 1
        // Tags are nearly always ASCII, which is read faster.
        return this.#bytes.toString(high < 0x80 ? 'latin1' : 'utf8', start, at)
      }
    }
    throw new XmlFault('a tag is not closed')
  }

  #takeText(end: number): boolean {
    const text = this.#bytes.toString('utf8', this.#at, end)
    if (this.#open.length === 0) {
      if (text.trim() !== '') throw new XmlFault('text outside of the element')
      return false
    }
    this.text = resolved(text)
    this.#at = end
    return true
  }

  #section(): 'text' {
    if (this.#open.length === 0) throw new XmlFault('text outside of the element')
    const start = this.#at + '<![CDATA['.length
    this.#pass(']]>')
    this.text = this.#bytes.toString('utf8', start, this.#at - 3)
    return 'text'
  }

  #follows(sign: string): boolean {
    return this.#bytes.toString('latin1', this.#at, this.#at + sign.length) === sign
  }

  #pass(end: string): void {
    const at = this.#bytes.indexOf(end, this.#at + 2)
    if (at === -1) throw new XmlFault('something is not closed')
    this.#at = at + end.length
  }

  #finish(): undefined {
    const rest = this.#bytes.toString('utf8', this.#at).trim()
    if (this.#open.length > 0 || !this.#seenRoot || rest !== '')
      throw new XmlFault('the element is not closed')
    this.#at = this.#bytes.length
    return undefined
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function resolved(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&(?:#(\d{1,7}|x[\dA-Fa-f]{1,6})|([a-z]{2,4}));|&/g, (_, number, name) => {
    const point = number === undefined ? Number.NaN : Number(number.replace('x', '0x'))
    const value = name === undefined ? characterOf(point) : ENTITIES[name]
    if (value === undefined) throw new XmlFault('a reference that is not known')
    return value
  })
}

function characterOf(point: number): string | undefined {
  const isControl = point < 0x20 && ![9, 10, 13].includes(point)
  const isSurrogate = point >= 0xd800 && point <= 0xdfff
  if (Number.isNaN(point) || isControl || isSurrogate || point > 0x10ffff) return undefined
  return String.fromCodePoint(point)
}

/** A name without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
