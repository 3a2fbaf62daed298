import { placed, sourceUnusable } from '../problems.ts'
import { qualifiedName, type XmlElement } from '../xml/xml-tree.ts'
import { type SchemaPart, XSD } from './wsdl-files.ts'

/** What a schema declares at its top, with what the schema says of all that stands in it. */
export interface Declared {
  readonly node: XmlElement
  /** The namespace of what the schema declares. */
  readonly space: string
  /** Whether elements within it are in that namespace where they don't say. */
  readonly qualified: boolean
}

export type DeclaredKind = 'element' | 'type' | 'group' | 'attributeGroup' | 'attribute'

const kinds: Readonly<Record<string, DeclaredKind>> = {
  element: 'element',
  complexType: 'type',
  simpleType: 'type',
  group: 'group',
  attributeGroup: 'attributeGroup',
  attribute: 'attribute',
}

/** What the schemas of a description declare (XML Schema 1.0), by kind and `{namespace}name`. */
export class SchemaSet {
  readonly #declared = new Map<string, Declared>()

  constructor(parts: readonly SchemaPart[]) {
    for (const { schema, space } of parts) {
      const qualified = schema.attributes.get('elementFormDefault') === 'qualified'
      const redefined = schema.children.filter(({ name }) => name === 'redefine')
      for (const node of [...schema.children, ...redefined.flatMap(({ children }) => children)]) {
        const kind = node.space === XSD ? kinds[node.name] : undefined
        const name = node.attributes.get('name')
        if (kind !== undefined && name !== undefined)
          this.#declared.set(`${kind} {${space}}${name}`, { node, space, qualified })
      }
    }
  }

  /**
   * What an attribute of `node` refers to, from a schema of namespace `space`. Throws `connector-source-unusable` where nothing
   * declares it.
   */
  referred(kind: DeclaredKind, value: string, { node, space }: Pick<Declared, 'node' | 'space'>): Declared {
    const name = qualifiedName(value, node)
    // What is included by a schema of another namespace refers to its own without one.
    const taken = name.startsWith('{}') ? `{${space}}${name.slice(2)}` : name
    const found = this.#declared.get(`${kind} ${name}`) ?? this.#declared.get(`${kind} ${taken}`)
    if (found !== undefined) return found
    const told = { th: 'คำอธิบายอ้างถึงแต่ไม่มี', en: 'the description refers to it, and does not declare it' }
    throw sourceUnusable(placed({ th: name, en: name }, told))
  }
}

/** The local name of a type of XML Schema itself; undefined of another. */
export function builtin(value: string, node: XmlElement): string | undefined {
  const name = qualifiedName(value, node)
  return name.startsWith(`{${XSD}}`) ? name.slice(XSD.length + 2) : undefined
}
