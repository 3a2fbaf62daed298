import { sourceUnusable } from '../problems.ts'
import { childrenOf, qualifiedName, type XmlElement } from '../xml/xml-tree.ts'
import { type ElementShape, Shapes } from './element-shape.ts'
import { SchemaSet } from './schema-set.ts'
import { WSDL, type WsdlParts } from './wsdl-files.ts'

/** SOAP 1.1 and 1.2 by the namespace of their bindings. */
const BINDINGS = {
  'http://schemas.xmlsoap.org/wsdl/soap/': '1.1',
  'http://schemas.xmlsoap.org/wsdl/soap12/': '1.2',
} as const
export type SoapVersion = (typeof BINDINGS)[keyof typeof BINDINGS]

/** An operation as its binding says that it is asked and answered. */
export interface WsdlOperation {
  readonly version: SoapVersion
  readonly action: string
  readonly request: MessageShape
  readonly response: MessageShape
}

/** The one element of a SOAP body, and what stands in it. */
export interface MessageShape {
  readonly name: string
  readonly space: string
  readonly members: readonly ElementShape[]
  /** Said where the element holds no other elements but is a value itself. */
  readonly itself?: ElementShape
}

/**
 * The operations that can be asked over SOAP with literal bodies, by name. Where several bindings have one, that of SOAP 1.1 counts.
 * Throws `connector-source-unusable` where there is none, or what one refers to is not there.
 */
export function wsdlOperations(parts: WsdlParts): ReadonlyMap<string, WsdlOperation> {
  return new WsdlReader(parts).operations()
}

class WsdlReader {
  readonly #parts: WsdlParts
  readonly #shapes: Shapes

  constructor(parts: WsdlParts) {
    this.#parts = parts
    this.#shapes = new Shapes(new SchemaSet(parts.schemas))
  }

  operations(): ReadonlyMap<string, WsdlOperation> {
    const found = new Map<string, WsdlOperation>()
    const refused = new Set<string>()
    for (const space of Object.keys(BINDINGS) as (keyof typeof BINDINGS)[])
      for (const { binding, soap } of this.#bindings(space))
        for (const operation of childrenOf(binding, WSDL, 'operation')) {
          const name = nameOf(operation)
          if (found.has(name)) continue
          const read = this.#operation(binding, soap, operation, space)
          if (read === undefined) refused.add(name)
          else found.set(name, read)
        }
    if (found.size > 0) return found
    throw sourceUnusable(refused.size > 0 ? encoded : noOperation)
  }

  #bindings(space: string) {
    return this.#named('binding').flatMap(([, binding]) => {
      const soap = childrenOf(binding, space, 'binding')[0]
      return soap === undefined ? [] : [{ binding, soap }]
    })
  }

  /** Undefined where its bodies are not literal: what `use="encoded"` means is said by the types of each answer. */
  #operation(
    binding: XmlElement,
    soap: XmlElement,
    operation: XmlElement,
    space: keyof typeof BINDINGS,
  ): WsdlOperation | undefined {
    const own = childrenOf(operation, space, 'operation')[0]
    const style = own?.attributes.get('style') ?? soap.attributes.get('style') ?? 'document'
    const abstract = this.#abstract(binding, nameOf(operation))
    const message = (side: 'input' | 'output'): MessageShape | undefined => {
      const body = childrenOf(operation, WSDL, side).flatMap((one) => childrenOf(one, space, 'body'))[0]
      const says = childrenOf(abstract, WSDL, side)[0]
      if (body?.attributes.get('use') === 'encoded' || says === undefined) return undefined
      const parts = childrenOf(this.#referred('message', says, 'message'), WSDL, 'part')
      if (style !== 'rpc') return this.#documentBody(partIn(parts, body))
      const ending = side === 'output' ? 'Response' : ''
      return {
        name: `${nameOf(operation)}${ending}`,
        space: body?.attributes.get('namespace') ?? '',
        members: parts.map((part) => this.#rpcPart(part)),
      }
    }
    const [request, response] = [message('input'), message('output')]
    if (request === undefined || response === undefined) return undefined
    return { version: BINDINGS[space], action: own?.attributes.get('soapAction') ?? '', request, response }
  }

  #documentBody(part: XmlElement | undefined): MessageShape | undefined {
    const value = part?.attributes.get('element')
    if (part === undefined || value === undefined) return undefined
    const shape = this.#shapes.element(value, part)
    const { simple, children } = shape.content()
    const { name, space } = shape
    return { name, space, members: children, ...(simple === undefined ? {} : { itself: shape }) }
  }

  /** Parts of a call are elements without a namespace (WS-I Basic Profile 1.1, R2735). */
  #rpcPart(part: XmlElement): ElementShape {
    const type = part.attributes.get('type')
    if (type === undefined) throw sourceUnusable(untyped(nameOf(part)))
    return this.#shapes.ofType(nameOf(part), type, part)
  }

  #abstract(binding: XmlElement, operation: string): XmlElement {
    const port = this.#referred('portType', binding, 'type')
    const found = childrenOf(port, WSDL, 'operation').find((one) => nameOf(one) === operation)
    if (found === undefined) throw sourceUnusable(notThere(operation))
    return found
  }

  #referred(kind: 'message' | 'portType', from: XmlElement, attribute: string): XmlElement {
    const name = qualifiedName(from.attributes.get(attribute) ?? '', from)
    const found = this.#named(kind).find(([one]) => one === name)?.[1]
    if (found === undefined) throw sourceUnusable(notThere(name))
    return found
  }

  #named(kind: 'binding' | 'message' | 'portType'): readonly [string, XmlElement][] {
    return this.#parts.definitions.flatMap((definitions) =>
      childrenOf(definitions, WSDL, kind).map((one): [string, XmlElement] => [
        `{${definitions.attributes.get('targetNamespace') ?? ''}}${nameOf(one)}`,
        one,
      ]),
    )
  }
}

/** A body may name which of a message's parts is its own; the others are headers. */
function partIn(parts: readonly XmlElement[], body: XmlElement | undefined): XmlElement | undefined {
  const named = body?.attributes.get('parts')?.trim().split(/\s+/)[0]
  return parts.find((part) => named === undefined || nameOf(part) === named)
}

function nameOf({ attributes }: XmlElement): string {
  return attributes.get('name') ?? ''
}

const noOperation = {
  th: 'ไม่มีการทำงานที่เรียกผ่าน SOAP ในคำอธิบาย',
  en: 'the description has no operation that is asked over SOAP',
}
const encoded = {
  th: 'บริการใช้ตัวหนังสือแบบ encoded ซึ่งไม่รองรับ ต้องเป็น literal',
  en: 'the bodies of this service are encoded; only literal ones are read',
}

function notThere(name: string) {
  return { th: `คำอธิบายไม่มี “${name}” ที่อ้างถึง`, en: `“${name}”, which the description refers to, is not in it` }
}

function untyped(part: string) {
  return { th: `ส่วน “${part}” ไม่มีชนิด`, en: `the part “${part}” has no type` }
}
