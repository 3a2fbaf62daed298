import { sourceUnusable } from '../problems.ts'
import type { XmlElement } from '../xml/xml-tree.ts'
import { builtin, type Declared, type SchemaSet } from './schema-set.ts'
import { builtinType, restricted, type SimpleType, simpleType, typeNamed } from './simple-type.ts'
import { XSD } from './wsdl-files.ts'

/** An element as a schema declares it. */
export interface ElementShape {
  readonly name: string
  /** Empty where the element is not in a namespace. */
  readonly space: string
  readonly required: boolean
  readonly list: boolean
  /** Worked out when it is asked for: a type may hold itself. The same each time. */
  content(): Content
}

/** What stands in an element: one text, or other elements in this order. */
export interface Content {
  readonly simple?: SimpleType
  readonly children: readonly ElementShape[]
  readonly attributes: ReadonlyMap<string, SimpleType>
}

const MOST_STEPS = 500_000
const DEEPEST = 32

/** Elements as the schemas of one description declare them. Throws `connector-source-unusable` for what is not declared. */
export class Shapes {
  readonly #set: SchemaSet
  readonly #contents = new Map<XmlElement, Content>()
  /** Groups that hold groups could unfold without end. */
  #left = MOST_STEPS

  constructor(set: SchemaSet) {
    this.#set = set
  }

  /** The element of that name; `value` is as an attribute of `node` has it. */
  element(value: string, node: XmlElement): ElementShape {
    const declared = this.#set.referred('element', value, { node, space: '' })
    return this.#shapeOf(declared, { required: true, list: false, space: declared.space })
  }

  /** An element that only a message names, of a type that an attribute of `node` names. */
  ofType(name: string, value: string, node: XmlElement): ElementShape {
    const typed = { node, space: '', qualified: false }
    return {
      name,
      space: '',
      required: true,
      list: false,
      content: () => this.#typed(value, typed),
    }
  }

  #shapeOf(
    declared: Declared,
    { required, list, space }: Pick<ElementShape, 'required' | 'list' | 'space'>,
  ): ElementShape {
    const name = declared.node.attributes.get('name') ?? ''
    return { name, space, required, list, content: () => this.#contentOf(declared) }
  }

  #contentOf(declared: Declared): Content {
    const known = this.#contents.get(declared.node)
    if (known !== undefined) return known
    const type = declared.node.attributes.get('type')
    const inside = declared.node.children.find(({ name, space }) => space === XSD && /Type$/.test(name))
    const content =
      type !== undefined
        ? this.#typed(type, declared)
        : inside === undefined
          ? text
          : this.#typeContent({ ...declared, node: inside }, 0)
    this.#contents.set(declared.node, content)
    return content
  }

  #typed(type: string, declared: Declared): Content {
    const own = builtin(type, declared.node)
    if (own !== undefined) return own === 'anyType' ? nothing : { ...nothing, simple: builtinType(own) }
    const named = this.#set.referred('type', type, declared)
    const known = this.#contents.get(named.node) ?? this.#typeContent(named, 0)
    this.#contents.set(named.node, known)
    return known
  }

  #typeContent(declared: Declared, depth: number): Content {
    if (declared.node.name === 'simpleType') return { ...nothing, simple: simpleType(this.#set, declared) }
    const derived = declared.node.children.find(
      ({ name }) => name === 'complexContent' || name === 'simpleContent',
    )
    const change = derived?.children.find(({ name }) => name === 'extension' || name === 'restriction')
    if (derived === undefined || change === undefined) return this.#own(declared, depth)
    return this.#derived({ ...declared, node: change }, derived.name === 'simpleContent', depth)
  }

  /** An extension has what its base has, and more after it; a restriction names all that is left, but for attributes. */
  #derived(declared: Declared, isSimple: boolean, depth: number): Content {
    const { node } = declared
    const base = depth > DEEPEST ? nothing : this.#base(node.attributes.get('base') ?? '', declared, depth)
    const own = this.#own(declared, depth)
    const attributes = new Map([...base.attributes, ...own.attributes])
    if (isSimple) {
      const simple =
        node.name === 'restriction'
          ? restricted(this.#set, declared)
          : (base.simple ?? typeNamed(this.#set, node.attributes.get('base') ?? '', declared))
      return { simple, children: [], attributes }
    }
    return {
      children: node.name === 'extension' ? [...base.children, ...own.children] : own.children,
      attributes,
    }
  }

  #base(name: string, declared: Declared, depth: number): Content {
    const own = builtin(name, declared.node)
    if (own !== undefined) return own === 'anyType' ? nothing : { ...nothing, simple: builtinType(own) }
    return this.#typeContent(this.#set.referred('type', name, declared), depth + 1)
  }

  #own(declared: Declared, depth: number): Content {
    const children: ElementShape[] = []
    const attributes = new Map<string, SimpleType>()
    for (const node of declared.node.children) {
      if (['sequence', 'all', 'choice', 'group'].includes(node.name))
        this.#particles({ ...declared, node }, { required: true, list: false, depth }, children)
      else this.#attribute({ ...declared, node }, attributes, depth)
    }
    return { children, attributes }
  }

  #particles(declared: Declared, around: Around, into: ElementShape[]): void {
    const { node } = declared
    const place = placeOf(node, around)
    this.#step(place.depth)
    const reference = node.attributes.get('ref')
    if (node.name === 'element') {
      const found = reference === undefined ? declared : this.#set.referred('element', reference, declared)
      into.push(this.#shapeOf(found, { ...place, space: spaceOf(declared, found) }))
    } else if (reference !== undefined)
      this.#within(this.#set.referred('group', reference, declared), place, into)
    else if (['sequence', 'all', 'choice', 'group'].includes(node.name)) this.#within(declared, place, into)
  }

  #within(declared: Declared, place: Around, into: ElementShape[]): void {
    for (const node of declared.node.children) this.#particles({ ...declared, node }, place, into)
  }

  #attribute(declared: Declared, into: Map<string, SimpleType>, depth: number): void {
    const { node } = declared
    const reference = node.attributes.get('ref')
    const name = node.attributes.get('name')
    const type = node.attributes.get('type')
    if (node.name === 'attribute' && name !== undefined)
      into.set(name, type === undefined ? { type: 'string' } : typeNamed(this.#set, type, declared))
    if (node.name !== 'attributeGroup' || reference === undefined) return
    this.#step(depth)
    const group = this.#set.referred('attributeGroup', reference, declared)
    for (const one of group.node.children) this.#attribute({ ...group, node: one }, into, depth + 1)
  }

  /** Throws `connector-source-unusable` where a description takes more steps, or goes deeper, than any that is meant well. */
  #step(depth: number): void {
    this.#left -= 1
    if (this.#left < 0 || depth > DEEPEST) throw sourceUnusable(endless)
  }
}

interface Around {
  readonly required: boolean
  readonly list: boolean
  readonly depth: number
}

function placeOf({ name, attributes }: XmlElement, { required, list, depth }: Around): Around {
  const most = attributes.get('maxOccurs') ?? '1'
  return {
    // Of a choice, only one is there.
    required: required && attributes.get('minOccurs') !== '0' && name !== 'choice',
    list: list || !/^[01]$/.test(most),
    depth: depth + 1,
  }
}

/** A reference is to what is declared at the top, whose elements are always in its namespace. */
function spaceOf(declared: Declared, found: Declared): string {
  if (found !== declared) return found.space
  const form = declared.node.attributes.get('form')
  return form === 'qualified' || (form === undefined && declared.qualified) ? declared.space : ''
}

const nothing: Content = { children: [], attributes: new Map() }
const text: Content = { ...nothing, simple: { type: 'string' } }
const endless = { th: 'ชนิดข้อมูลในคำอธิบายซ้อนกันมากเกินไป', en: 'the types of the description unfold too far' }
