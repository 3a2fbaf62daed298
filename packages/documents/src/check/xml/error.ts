export type XmlErrorCode =
  /** Not well-formed, or not with namespaces. */
  | 'malformed'
  /** A document type declaration: entities and defaults would make the text mean something else. */
  | 'doctype'
  /** Not UTF-8 or UTF-16, or not what the declaration says. */
  | 'encoding'
  /** Well-formed, but something that this reader refuses to go along with. */
  | 'unsupported'

/** XML that is not read; readers of signatures turn it into a flaw. */
export class XmlError extends Error {
  override readonly name = 'XmlError'
  readonly code: XmlErrorCode
  /** Where in the text, in UTF-16 units. */
  readonly offset: number | undefined

  constructor(code: XmlErrorCode, message: string, offset?: number) {
    super(offset === undefined ? message : `${message} (at ${offset})`)
    this.code = code
    this.offset = offset
  }
}
