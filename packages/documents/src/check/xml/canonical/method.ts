/** A form of canonical XML. */
export interface CanonicalMethod {
  readonly kind: '1.0' | '1.1' | 'exclusive'
  readonly comments: boolean
  /** Exclusive only: prefixes that are treated as in the inclusive form; `''` is the default namespace. */
  readonly inclusivePrefixes?: readonly string[]
}

const methods: ReadonlyMap<string, CanonicalMethod> = new Map([
  ['http://www.w3.org/TR/2001/REC-xml-c14n-20010315', { kind: '1.0', comments: false }],
  ['http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments', { kind: '1.0', comments: true }],
  ['http://www.w3.org/2006/12/xml-c14n11', { kind: '1.1', comments: false }],
  ['http://www.w3.org/2006/12/xml-c14n11#WithComments', { kind: '1.1', comments: true }],
  ['http://www.w3.org/2001/10/xml-exc-c14n#', { kind: 'exclusive', comments: false }],
  ['http://www.w3.org/2001/10/xml-exc-c14n#WithComments', { kind: 'exclusive', comments: true }],
])

export const exclusiveNamespace = 'http://www.w3.org/2001/10/xml-exc-c14n#'

export const plainCanonical: CanonicalMethod = { kind: '1.0', comments: false }

/** The method of an algorithm identifier; undefined for others. */
export function canonicalMethod(uri: string): CanonicalMethod | undefined {
  return methods.get(uri)
}
