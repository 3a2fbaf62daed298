import type { XmlElement } from '../xml/xml-tree.ts'
import { builtin, type Declared, type SchemaSet } from './schema-set.ts'
import { XSD } from './wsdl-files.ts'

/** What one value may be (XML Schema 1.0, part 2), as far as it is looked at. */
export interface SimpleType {
  readonly type: 'string' | 'integer' | 'number' | 'boolean'
  /** The only texts that it may be, where it names them. */
  readonly among?: ReadonlySet<string>
  readonly shortest?: number
  readonly longest?: number
}

const WHOLE =
  /^(integer|long|int|short|byte|(non)?(Negative|Positive)Integer|(positive|negative)Integer|unsigned(Long|Int|Short|Byte))$/i
const DEEPEST = 32

/** A type of XML Schema itself, by its local name. */
export function builtinType(name: string): SimpleType {
  if (name === 'boolean') return { type: 'boolean' }
  if (WHOLE.test(name)) return { type: 'integer' }
  return { type: ['decimal', 'double', 'float'].includes(name) ? 'number' : 'string' }
}

/** A `simpleType`, through the types that it restricts. Patterns are left to the service: theirs are not those of this language. */
export function simpleType(set: SchemaSet, declared: Declared, depth = 0): SimpleType {
  const restriction = declared.node.children.find(
    ({ name, space }) => name === 'restriction' && space === XSD,
  )
  if (restriction === undefined || depth > DEEPEST) return { type: 'string' }
  return restricted(set, { ...declared, node: restriction }, depth)
}

/** What a `restriction` leaves of its base. */
export function restricted(set: SchemaSet, declared: Declared, depth = 0): SimpleType {
  const { node } = declared
  const base = node.attributes.get('base')
  const inside = node.children.find(({ name }) => name === 'simpleType')
  const from =
    base === undefined
      ? simpleType(set, { ...declared, node: inside ?? node }, depth + 1)
      : typeNamed(set, base, declared, depth + 1)
  const among = facets(node, 'enumeration')
  const length = facets(node, 'length')[0]
  const shortest = facets(node, 'minLength')[0] ?? length
  const longest = facets(node, 'maxLength')[0] ?? length
  return {
    ...from,
    ...(among.length === 0 ? {} : { among: new Set(among) }),
    ...(shortest === undefined ? {} : { shortest: Number(shortest) }),
    ...(longest === undefined ? {} : { longest: Number(longest) }),
  }
}

/** A simple type by its name; what is not simple counts as text. */
export function typeNamed(set: SchemaSet, name: string, declared: Declared, depth = 0): SimpleType {
  const own = builtin(name, declared.node)
  if (own !== undefined) return builtinType(own)
  const found = set.referred('type', name, declared)
  return found.node.name === 'simpleType' ? simpleType(set, found, depth) : { type: 'string' }
}

function facets({ children }: XmlElement, facet: string): readonly string[] {
  return children
    .filter(({ name, space }) => name === facet && space === XSD)
    .flatMap(({ attributes }) => attributes.get('value') ?? [])
}

const forms: Readonly<Record<SimpleType['type'], RegExp>> = {
  string: /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u,
  integer: /^[+-]?[0-9]{1,30}$/,
  number: /^[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?$/,
  boolean: /^(true|false|0|1)$/,
}

/** Whether a text is a value of the type. */
export function isOfType({ type, among, shortest = 0, longest = 1000 }: SimpleType, text: string): boolean {
  const { length } = [...text]
  if (!forms[type].test(text) || length < shortest || length > longest) return false
  return among === undefined || among.has(text)
}
