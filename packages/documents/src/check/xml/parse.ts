import { TooMuchWork } from '../work.ts'
import { decodeXml } from './decode.ts'
import { XmlError } from './error.ts'
import type { XmlBudget } from './limits.ts'
import { type XmlAttribute, XmlDocument, XmlElement, type XmlNode } from './nodes.ts'

const start =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D' +
  '\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}'
const ncName = `[${start}][${start}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040]*`
const qName = new RegExp(`(?:(${ncName}):)?(${ncName})`, 'uy')
const attribute = new RegExp(
  `[ \\t\\n]+(?:(${ncName}):)?(${ncName})[ \\t\\n]*=[ \\t\\n]*(?:"([^"<]*)"|'([^'<]*)')`,
  'uy',
)
const target = new RegExp(`${ncName}(?=[ \\t\\n]|\\?>)`, 'uy')
const endOfStart = /[ \t\n]*(\/?)>/y
const endTag = /[ \t\n]*>/y
const space = /[ \t\n]+/y
const declaration =
  /^<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.0"|'1\.0')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"([^"]*)"|'([^']*)'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>/

export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
const declarationsNamespace = 'http://www.w3.org/2000/xmlns/'

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/**
 * A whole document: XML 1.0 (fifth edition) with namespaces, strictly well-formed, without a document type. Signatures
 * depend on each byte, so nothing is mended. Throws `XmlError`, or `TooMuchWork` beyond the limits.
 */
export function parseXml(bytes: Uint8Array, budget: XmlBudget): XmlDocument {
  if (bytes.length > budget.limits.bytes) throw new TooMuchWork('bytes')
  const { text, encoding } = decodeXml(bytes)
  const found = declaration.exec(text)
  const label = (found?.[1] ?? found?.[2])?.toUpperCase()
  if (label !== undefined && label !== encoding && !(label === 'UTF-16' && encoding.startsWith('UTF-16'))) {
    if (label !== 'US-ASCII' || encoding !== 'UTF-8') throw new XmlError('encoding', `encoding ${label}`)
  }
  return new Parser(text, found?.[0].length ?? 0, budget).document()
}

const none: ReadonlyMap<string, string> = new Map()
const nothing: readonly XmlAttribute[] = []

class Parser {
  readonly #text: string
  readonly #budget: XmlBudget
  readonly #scopes = new Map<string, string[]>([['xml', [xmlNamespace]]])
  #at: number
  #depth = 0
  #open: XmlElement | undefined

  constructor(text: string, at: number, budget: XmlBudget) {
    this.#text = text
    this.#at = at
    this.#budget = budget
  }

  document(): XmlDocument {
    const children: XmlNode[] = []
    let root: XmlElement | undefined
    for (this.#skip(); this.#at < this.#text.length; this.#skip()) {
      const node = this.#misc()
      if (node.kind === 'element' && root) throw this.#error('more than one element')
      if (node.kind === 'element') {
        root = node
        this.#contentOf(node)
      }
      children.push(node)
    }
    if (!root) throw this.#error('no element')
    return new XmlDocument(children, root)
  }

  #skip(): void {
    this.#match(space)
  }

  /** A comment, an instruction or the start of an element. */
  #misc(): XmlNode {
    this.#budget.node()
    const text = this.#text
    if (text.startsWith('<!--', this.#at)) return this.#comment()
    if (text.startsWith('<?', this.#at)) return this.#instruction()
    if (text.startsWith('<!DOCTYPE', this.#at)) throw new XmlError('doctype', 'a document type', this.#at)
    if (text[this.#at] !== '<') throw this.#error('text outside of the element')
    return this.#start()
  }

  /** Everything up to the end tag of that element, without recursion. */
  #contentOf(root: XmlElement): void {
    while (this.#open) {
      const next = this.#text.indexOf('<', this.#at)
      if (next < 0) throw this.#error(`${root.name} is not closed`)
      const open = this.#open
      if (next > this.#at) {
        const text = this.#text.slice(this.#at, next)
        if (text.includes(']]>')) throw this.#error(']]> in text')
        this.#addText(open, this.#resolve(text))
        this.#at = next
      }
      if (this.#text.startsWith('</', next)) this.#end(open)
      else if (this.#text.startsWith('<![CDATA[', next)) this.#section(open)
      else open.children.push(this.#misc())
    }
  }

  #addText(open: XmlElement, text: string): void {
    this.#budget.node()
    open.children.push({ kind: 'text', text })
  }

  #section(open: XmlElement): void {
    const end = this.#text.indexOf(']]>', this.#at + 9)
    if (end < 0) throw this.#error('a CDATA section is not closed')
    if (end > this.#at + 9) this.#addText(open, this.#text.slice(this.#at + 9, end))
    this.#at = end + 3
  }

  #comment(): XmlNode {
    const end = this.#text.indexOf('--', this.#at + 4)
    if (end < 0 || this.#text[end + 2] !== '>') throw this.#error('a comment is not closed')
    const text = this.#text.slice(this.#at + 4, end)
    this.#at = end + 3
    return { kind: 'comment', text }
  }

  #instruction(): XmlNode {
    this.#at += 2
    const name = this.#match(target)?.[0]
    if (!name || name.toLowerCase() === 'xml') throw this.#error('a processing instruction')
    this.#skip()
    const end = this.#text.indexOf('?>', this.#at)
    if (end < 0) throw this.#error('a processing instruction is not closed')
    const data = this.#text.slice(this.#at, end)
    this.#at = end + 2
    return { kind: 'instruction', target: name, data }
  }

  #start(): XmlElement {
    if (++this.#depth > this.#budget.limits.depth) throw new TooMuchWork('depth')
    this.#at++
    const name = this.#match(qName)
    if (!name) throw this.#error('a name expected')
    // An element takes more memory than a text.
    for (let more = 0; more < 2; more++) this.#budget.node()
    const raw: { prefix: string; local: string; value: string }[] = []
    const declarations = new Map<string, string>()
    for (let found = this.#match(attribute); found; found = this.#match(attribute)) {
      this.#budget.node()
      const [, prefix = '', local = '', double, single = ''] = found
      const value = this.#attributeValue(double ?? single)
      if (prefix === 'xmlns' || (prefix === '' && local === 'xmlns'))
        this.#declare(declarations, prefix ? local : '', value)
      else raw.push({ prefix, local, value })
      if (raw.length + declarations.size > this.#budget.limits.attributes) throw new TooMuchWork('attributes')
    }
    const end = this.#match(endOfStart)
    if (!end) throw this.#error('a start tag')
    for (const [prefix, uri] of declarations) this.#enter(prefix, uri)
    const [, prefix = '', local = ''] = name
    const namespace = this.#namespaceOf(prefix, true)
    const element = new XmlElement(
      this.#open,
      { prefix, local, namespace },
      this.#attributes(raw),
      declarations.size > 0 ? declarations : none,
    )
    this.#open = element
    if (end[1]) this.#close(element)
    return element
  }

  #attributes(raw: readonly { prefix: string; local: string; value: string }[]): readonly XmlAttribute[] {
    if (raw.length === 0) return nothing
    const seen = new Set<string>()
    return raw.map(({ prefix, local, value }) => {
      const namespace = this.#namespaceOf(prefix, false)
      const id = `${namespace} ${local}`
      if (seen.has(id)) throw this.#error('an attribute twice')
      seen.add(id)
      return { prefix, local, namespace, value }
    })
  }

  #declare(declarations: Map<string, string>, prefix: string, uri: string): void {
    if (declarations.has(prefix)) throw this.#error('a namespace declared twice')
    if (prefix === 'xmlns' || uri === declarationsNamespace) throw this.#error('the prefix xmlns declared')
    if ((prefix === 'xml') !== (uri === xmlNamespace)) throw this.#error('the prefix xml declared')
    if (prefix !== '' && uri === '') throw this.#error('a prefix without a namespace')
    declarations.set(prefix, uri)
  }

  #enter(prefix: string, uri: string): void {
    const scope = this.#scopes.get(prefix)
    if (scope) scope.push(uri)
    else this.#scopes.set(prefix, [uri])
  }

  #namespaceOf(prefix: string, isElement: boolean): string {
    if (prefix === '' && !isElement) return ''
    const uri = this.#scopes.get(prefix)?.at(-1)
    if (uri === undefined && prefix !== '') throw this.#error(`the prefix ${prefix} is not declared`)
    return uri ?? ''
  }

  #end(open: XmlElement): void {
    this.#at += 2
    const name = this.#match(qName)
    if (!name || name[0] !== open.name || !this.#match(endTag)) throw this.#error('an end tag')
    this.#close(open)
  }

  #close(element: XmlElement): void {
    for (const prefix of element.declarations.keys()) this.#scopes.get(prefix)?.pop()
    this.#open = element.parent
    this.#depth--
  }

  /** Attribute-value normalisation (XML 1.0 §3.3.3) of an attribute that no document type declares. */
  #attributeValue(raw: string): string {
    return this.#resolve(raw.replace(/[\t\n]/g, ' '))
  }

  #resolve(text: string): string {
    if (!text.includes('&')) return text
    return text.replace(
      /&(?:#(\d{1,8}|x[\dA-Fa-f]{1,6})|([a-z]{2,4}));|&/g,
      (_, number?: string, name?: string) => {
        const value = number ? characterOf(number) : name && entities.get(name)
        if (value === undefined || value === '') throw this.#error('a reference that is not known')
        return value
      },
    )
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found) this.#at = pattern.lastIndex
    return found
  }

  #error(message: string): XmlError {
    return new XmlError('malformed', message, this.#at)
  }
}

function characterOf(number: string): string | undefined {
  const point = number.startsWith('x') ? Number.parseInt(number.slice(1), 16) : Number(number)
  const isCharacter =
    point === 9 ||
    point === 10 ||
    point === 13 ||
    (point >= 0x20 && point <= 0xd7ff) ||
    (point >= 0xe000 && point <= 0xfffd) ||
    (point >= 0x10000 && point <= 0x10ffff)
  return isCharacter ? String.fromCodePoint(point) : undefined
}
