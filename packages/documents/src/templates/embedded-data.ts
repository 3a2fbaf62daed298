import { DOMParser, type Element, onErrorStopParsing } from '@xmldom/xmldom'
import { IsArray, IsInteger, IsNumber, IsObject, type TSchema } from 'typebox'
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
  if (root?.localName !== 'document' || root.namespaceURI !== dataNamespace(template)) {
    throw new RangeError(`not data of ${template.name} ${template.version}`)
  }
  return readProperties(template.schema, root)
}

/** No declarations: they would let a text say other things than it shows. */
function rootElement(xml: string): Element | null {
  if (xml.includes('<!')) throw new RangeError('declarations are not allowed')
  try {
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, 'application/xml')
      .documentElement
  } catch (cause) {
    throw new RangeError('not XML', { cause })
  }
}

function readProperties(schema: TSchema, element: Element): unknown {
  if (!IsObject(schema)) return readText(schema, element)
  const properties: Record<string, TSchema> = schema.properties
  const children = Map.groupBy(
    [...element.childNodes].filter((node) => node.nodeType === 1).map((node) => node as Element),
    (child) => child.localName ?? '',
  )
  for (const name of children.keys()) {
    if (!Object.hasOwn(properties, name))
      throw new RangeError(`${name} is not expected in ${element.localName}`)
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

function readText(schema: TSchema, element: Element): unknown {
  const text = element.textContent ?? ''
  return IsNumber(schema) || IsInteger(schema) ? Number(text) : text
}
