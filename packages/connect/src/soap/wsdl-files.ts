import { createReadStream } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { missing } from '../file/one-file.ts'
import { placed, sourceUnusable } from '../problems.ts'
import { xmlInUtf8 } from '../xml/xml-letters.ts'
import { XmlFault } from '../xml/xml-reader.ts'
import { childrenOf, readXml, type XmlElement } from '../xml/xml-tree.ts'

export const WSDL = 'http://schemas.xmlsoap.org/wsdl/'
export const XSD = 'http://www.w3.org/2001/XMLSchema'

/** Files that one description may be spread over, and bytes and elements of all of them together. */
const MOST_FILES = 64
const LARGEST = 10 * 1024 ** 2
const MOST_ELEMENTS = 200_000

/** An XML Schema and the namespace of what it declares: of one that has none and is included, that of who includes it. */
export interface SchemaPart {
  readonly schema: XmlElement
  readonly space: string
}

/** All that a description of WSDL 1.1 is made of, in whatever files it lies. */
export interface WsdlParts {
  readonly definitions: readonly XmlElement[]
  readonly schemas: readonly SchemaPart[]
}

/**
 * Reads a description of WSDL 1.1 (W3C Note, 2001) and what it imports, from files in its own folder and below: nothing is fetched.
 * Imports in a circle are read once. Throws `connector-source-unusable`.
 */
export async function readWsdlFiles(path: string): Promise<WsdlParts> {
  const files = new WsdlFiles(dirname(path))
  await files.take(path)
  return files
}

class WsdlFiles implements WsdlParts {
  readonly definitions: XmlElement[] = []
  readonly schemas: SchemaPart[] = []
  readonly #folder: string
  readonly #taken = new Set<string>()
  #bytes = LARGEST
  #elements = MOST_ELEMENTS

  constructor(folder: string) {
    this.#folder = folder
  }

  /** `space`: of who includes the file. */
  async take(path: string, space = ''): Promise<void> {
    const key = `${path} ${space}`
    if (this.#taken.has(key)) return
    this.#taken.add(key)
    if (this.#taken.size > MOST_FILES) throw sourceUnusable(tooMany)
    const root = await this.#read(path)
    if (root.space === WSDL && root.name === 'definitions') await this.#takeDefinitions(root, path)
    else if (root.space === XSD && root.name === 'schema') await this.#takeSchema(root, path, space)
    else throw sourceUnusable(placed(named(path, this.#folder), neither))
  }

  async #takeDefinitions(root: XmlElement, path: string): Promise<void> {
    this.definitions.push(root)
    for (const one of childrenOf(root, WSDL, 'import')) await this.#follow(one, 'location', path)
    for (const types of childrenOf(root, WSDL, 'types'))
      for (const schema of childrenOf(types, XSD, 'schema')) await this.#takeSchema(schema, path, '')
  }

  async #takeSchema(schema: XmlElement, path: string, around: string): Promise<void> {
    const space = schema.attributes.get('targetNamespace') ?? around
    this.schemas.push({ schema, space })
    for (const one of childrenOf(schema, XSD, 'import')) await this.#follow(one, 'schemaLocation', path)
    for (const name of ['include', 'redefine'])
      for (const one of childrenOf(schema, XSD, name)) await this.#follow(one, 'schemaLocation', path, space)
  }

  /** An import may name no file: what it means then stands elsewhere in the description. */
  async #follow({ attributes }: XmlElement, attribute: string, from: string, space = ''): Promise<void> {
    const location = attributes.get(attribute)?.trim() ?? ''
    if (location === '') return
    if (/^[a-z][a-z0-9+.-]*:/i.test(location)) throw sourceUnusable(elsewhere(location))
    const path = resolve(dirname(from), decoded(location))
    const way = relative(this.#folder, path)
    if (way.startsWith('..') || way.includes(`..${sep}`)) throw sourceUnusable(elsewhere(location))
    await this.take(path, space)
  }

  /** Counted while they are read: neither a huge file nor one without end is ever held. */
  async #bytesOf(path: string): Promise<Buffer> {
    const pieces: Buffer[] = []
    try {
      for await (const piece of createReadStream(path)) {
        this.#bytes -= piece.length
        if (this.#bytes < 0) break
        pieces.push(piece)
      }
    } catch (error) {
      throw missing(path, error)
    }
    if (this.#bytes < 0) throw sourceUnusable(tooMany)
    return Buffer.concat(pieces)
  }

  async #read(path: string): Promise<XmlElement> {
    const bytes = await this.#bytesOf(path)
    try {
      const root = readXml(xmlInUtf8(bytes), this.#elements)
      this.#elements -= count(root)
      return root
    } catch (cause) {
      if (!(cause instanceof XmlFault)) throw cause
      const told = { th: `อ่านเป็น XML ไม่ได้ (${cause.message})`, en: `not XML that is read: ${cause.message}` }
      throw sourceUnusable(placed(named(path, this.#folder), told), cause)
    }
  }
}

function decoded(location: string): string {
  try {
    return decodeURIComponent(location)
  } catch {
    return location
  }
}

function count(element: XmlElement): number {
  return element.children.reduce((sum, child) => sum + count(child), 1)
}

function named(path: string, folder: string) {
  const name = relative(folder, path)
  return { th: name, en: name }
}

const neither = { th: 'ไม่ใช่ WSDL 1.1 หรือ XML Schema', en: 'this is neither WSDL 1.1 nor XML Schema' }
const tooMany = {
  th: 'คำอธิบายใหญ่เกินไป ต้องไม่เกิน 64 แฟ้ม 10 MiB และ 200,000 อีลิเมนต์',
  en: 'the description is too large: it may have 64 files, 10 MiB and 200,000 elements',
}

function elsewhere(location: string) {
  return {
    th: `คำอธิบายอ้างถึง “${location}” ให้บันทึกไว้ข้างแฟ้ม WSDL แล้วแก้ที่อยู่เป็นชื่อแฟ้ม`,
    en: `the description refers to “${location}”: save that beside the WSDL file, and name the file there instead`,
  }
}
