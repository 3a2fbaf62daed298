import { IsArray, IsInteger, IsNumber, IsObject, type TSchema } from 'typebox'
import { Work } from '../check/work.ts'
import { XmlBudget } from '../check/xml/limits.ts'
import type { XmlElement } from '../check/xml/nodes.ts'
import { parseXml } from '../check/xml/parse.ts'
import type { Attachment } from '../layout/description.ts'
import type { DocumentTemplate } from './template.ts'

/** What of a template the form of its data depends on. */
type DataTemplate = Pick<DocumentTemplate, 'name' | 'version' | 'title' | 'schema'>

/** The files that carry a document's data inside it. */
export const dataFileNames = { json: 'data.json', xml: 'data.xml' } as const

/** The namespace of a template's XML: `urn:sapan:document:receipt:1`. */
export function dataNamespace({ name, version }: Pick<DocumentTemplate, 'name' | 'version'>): string {
  return `urn:sapan:document:${name}:${version}`
}

/** The data as JSON and as XML, as a document carries them. `modified` in milliseconds since 1970. */
export function dataAttachments(template: DataTemplate, data: unknown, modified: number): Attachment[] {
  const encoder = new TextEncoder()
  const json = { template: template.name, version: template.version, data }
  return [
    {
      name: dataFileNames.json,
      mime: 'application/json',
      relationship: 'Data',
      description: `${template.title.th} (JSON)`,
      bytes: encoder.encode(`${JSON.stringify(json, null, 1)}\n`),
      modified,
    },
    {
      name: dataFileNames.xml,
      mime: 'application/xml',
      relationship: 'Alternative',
      description: `${template.title.th} (XML)`,
      bytes: encoder.encode(dataXml(template, data)),
      modified,
    },
  ]
}

/**
 * The data as XML: an element for each property in the order of the schema, for an array one for each of its items.
 * What stands in it is what stands in the JSON.
 */
export function dataXml(template: DataTemplate, data: unknown): string {
  const content = propertiesXml(template.schema, data, ' ')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<document xmlns="${dataNamespace(template)}">\n${content}</document>\n`
}

function propertiesXml(schema: TSchema, value: unknown, indent: string): string {
  if (!IsObject(schema)) return ''
  const properties: Record<string, TSchema> = schema.properties
  return Object.entries(properties)
    .map(([name, inner]) => propertyXml(name, inner, Reflect.get(Object(value), name), indent))
    .join('')
}

function propertyXml(name: string, schema: TSchema, value: unknown, indent: string): string {
  if (value === undefined) return ''
  if (IsArray(schema)) {
    const items: TSchema = schema.items
    return (Array.isArray(value) ? value : []).map((item) => propertyXml(name, items, item, indent)).join('')
  }
  if (IsObject(schema)) {
    return `${indent}<${name}>\n${propertiesXml(schema, value, `${indent} `)}${indent}</${name}>\n`
  }
  return `${indent}<${name}>${escaped(String(value))}</${name}>\n`
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) =>
    character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;',
  )
}

/** Reads what `dataXml` wrote for this template. Throws RangeError where it is not such a text. */
export function readDataXml(template: DataTemplate, xml: string): unknown {
  const root = rootElement(xml)
  if (!root.is(dataNamespace(template), 'document'))
    throw new RangeError(`not data of ${template.name} ${template.version}`)
  return readProperties(template.schema, root)
}

/** More elements than any data of a template has. */
const MOST_ELEMENTS = 200_000

/** No declarations, comments or instructions: a text says what its elements say, and nothing beside. */
function rootElement(xml: string): XmlElement {
  if (xml.includes('<!') || xml.indexOf('<?', 1) >= 0) throw new RangeError('declarations are not allowed')
  try {
    const budget = new XmlBudget(new Work({ elements: MOST_ELEMENTS }), { depth: 32 })
    return parseXml(new TextEncoder().encode(xml), budget).root
  } catch (cause) {
    throw new RangeError('not XML', { cause })
  }
}

function readProperties(schema: TSchema, element: XmlElement): unknown {
  if (element.attributes.length > 0) throw new RangeError(`${element.local} has attributes`)
  if (!IsObject(schema)) return readText(schema, element)
  if (element.text.trim() !== '') throw new RangeError(`${element.local} has text of its own`)
  const properties: Record<string, TSchema> = schema.properties
  const children = Map.groupBy(element.elements(), (child) => child.local)
  for (const [name, [child]] of children) {
    if (!Object.hasOwn(properties, name) || child?.namespace !== element.namespace)
      throw new RangeError(`${name} is not expected in ${element.local}`)
  }
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  const entries = Object.entries(properties).flatMap(([name, inner]): [string, unknown][] => {
    const found = children.get(name) ?? []
    if (IsArray(inner)) {
      const items: TSchema = inner.items
      if (found.length === 0 && !required.has(name)) return []
      return [[name, found.map((child) => readProperties(items, child))]]
    }
    if (found.length > 1) throw new RangeError(`${name} is there more than once`)
    return found.map((child) => [name, readProperties(inner, child)])
  })
  return Object.fromEntries(entries)
}

function readText(schema: TSchema, element: XmlElement): unknown {
  if (element.elements().length > 0) throw new RangeError(`${element.local} has elements`)
  const { text } = element
  if (!IsNumber(schema) && !IsInteger(schema)) return text
  // As we write it: an empty text, 0x10 or 1e1 would be numbers too.
  if (String(Number(text)) !== text) throw new RangeError(`${element.local} is no number`)
  return Number(text)
}
