import { localName, XmlFault, XmlReader } from './xml-reader.ts'

/** An element with its namespace (empty where it has none), and what stands in it. */
export interface XmlElement {
  readonly space: string
  readonly name: string
  /** By name; one with a prefix by `{namespace}name`. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** What stands directly in it, put together. */
  readonly text: string
  /** The namespaces of prefixes here; that without a prefix under the empty text. */
  readonly prefixes: Prefixes
}

interface Prefixes {
  get(prefix: string): string | undefined
}

interface Growing extends XmlElement {
  readonly children: Growing[]
  text: string
}

const XML = 'http://www.w3.org/XML/1998/namespace'
const none: Prefixes = new Map([['xml', XML]])

/** What an element declares, over what holds around it: copies of thousands of prefixes for each element would fill the memory. */
function within(around: Prefixes, declared: ReadonlyMap<string, string>): Prefixes {
  return { get: (prefix) => declared.get(prefix) ?? around.get(prefix) }
}

/** A whole document of at most `most` elements. Throws `XmlFault`. */
export function readXml(bytes: Buffer, most: number): XmlElement {
  const reader = new XmlReader(bytes)
  const open: Growing[] = []
  let root: Growing | undefined
  let left = most
  for (let event = reader.next(); event !== undefined; event = reader.next()) {
    const around = open.at(-1)
    if (event === 'text' && around !== undefined) around.text += reader.text
    if (event === 'end') open.pop()
    if (event !== 'start') continue
    left -= 1
    if (left < 0) throw new XmlFault('too many elements')
    const element = started(reader, around?.prefixes ?? none)
    if (around === undefined) root = element
    else around.children.push(element)
    open.push(element)
  }
  if (root === undefined) throw new XmlFault('no element')
  return root
}

function started(reader: XmlReader, around: Prefixes): Growing {
  const written = reader.attributes()
  const declared = [...written].filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
  const prefixes =
    declared.length === 0
      ? around
      : within(around, new Map(declared.map(([name, space]) => [name.slice(6), space])))
  const attributes = [...written]
    .filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
    .map(([name, value]): [string, string] => {
      const space = name.includes(':') ? spaceOf(name, prefixes) : ''
      return [space === '' ? name : `{${space}}${localName(name)}`, value]
    })
  return {
    space: spaceOf(reader.name, prefixes),
    name: localName(reader.name),
    attributes: new Map(attributes),
    children: [],
    text: '',
    prefixes,
  }
}

function spaceOf(name: string, prefixes: Prefixes): string {
  const colon = name.indexOf(':')
  const space = prefixes.get(colon === -1 ? '' : name.slice(0, colon))
  if (space === undefined && colon !== -1) throw new XmlFault('a prefix without a namespace')
  return space ?? ''
}

/** A name in an attribute's value (`tns:Boat`), as `{namespace}name`. Throws `XmlFault` where its prefix is not known. */
export function qualifiedName(value: string, { prefixes }: XmlElement): string {
  const name = value.trim()
  return `{${spaceOf(name, prefixes)}}${localName(name)}`
}

/** The children of that name. */
export function childrenOf(element: XmlElement, space: string, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.space === space && child.name === name)
}
