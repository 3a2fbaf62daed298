export type XmlNode = XmlElement | XmlText | XmlComment | XmlInstruction

/** Character data, references resolved and CDATA sections joined in. */
export interface XmlText {
  readonly kind: 'text'
  readonly text: string
}

export interface XmlComment {
  readonly kind: 'comment'
  readonly text: string
}

export interface XmlInstruction {
  readonly kind: 'instruction'
  readonly target: string
  readonly data: string
}

export interface XmlAttribute {
  readonly prefix: string
  readonly local: string
  /** Empty without a prefix. */
  readonly namespace: string
  readonly value: string
}

export class XmlDocument {
  readonly kind = 'document'
  /** Comments and instructions around the one element, in order. */
  readonly children: readonly XmlNode[]
  readonly root: XmlElement

  constructor(children: readonly XmlNode[], root: XmlElement) {
    this.children = children
    this.root = root
  }
}

/** An element, read once and never altered. */
export class XmlElement {
  readonly kind = 'element'
  readonly parent: XmlElement | undefined
  readonly prefix: string
  readonly local: string
  readonly namespace: string
  readonly attributes: readonly XmlAttribute[]
  /** Namespaces that this element itself declares, by prefix; `''` is the default one, an empty URI takes it back. */
  readonly declarations: ReadonlyMap<string, string>
  readonly children: XmlNode[] = []

  constructor(
    parent: XmlElement | undefined,
    name: { prefix: string; local: string; namespace: string },
    attributes: readonly XmlAttribute[],
    declarations: ReadonlyMap<string, string>,
  ) {
    this.parent = parent
    this.prefix = name.prefix
    this.local = name.local
    this.namespace = name.namespace
    this.attributes = attributes
    this.declarations = declarations
  }

  is(namespace: string, local: string): boolean {
    return this.local === local && this.namespace === namespace
  }

  attribute(local: string, namespace = ''): string | undefined {
    return this.attributes.find((one) => one.local === local && one.namespace === namespace)?.value
  }

  elements(): XmlElement[] {
    return this.children.filter((child) => child.kind === 'element')
  }

  /** The children of that name. */
  all(namespace: string, local: string): XmlElement[] {
    return this.elements().filter((child) => child.is(namespace, local))
  }

  /** All text directly inside. */
  get text(): string {
    return this.children.map((child) => (child.kind === 'text' ? child.text : '')).join('')
  }

  get name(): string {
    return this.prefix ? `${this.prefix}:${this.local}` : this.local
  }
}

/** The element and all inside it, in document order. */
export function* withDescendants(top: XmlElement): Generator<XmlElement> {
  const waiting = [top]
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    yield element
    for (let at = element.children.length - 1; at >= 0; at--) {
      const child = element.children[at]
      if (child?.kind === 'element') waiting.push(child)
    }
  }
}

/** Whether `inner` is `outer` or lies in it. */
export function isWithin(inner: XmlElement, outer: XmlElement): boolean {
  for (let at: XmlElement | undefined = inner; at; at = at.parent) if (at === outer) return true
  return false
}
