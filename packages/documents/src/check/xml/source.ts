import { Identifiers } from './ids.ts'
import type { XmlBudget } from './limits.ts'
import type { XmlDocument } from './nodes.ts'

/** Where a signature lies: its document, and the files that it may refer to beside. */
export interface XmlSource {
  readonly document: XmlDocument
  readonly ids: Identifiers
  readonly budget: XmlBudget
  /**
   * A file beside the document, by the path that a reference names, percent-encoding undone; by nothing where the
   * reference has no URI. Nothing is ever fetched.
   */
  readonly external: (path: string | undefined) => Uint8Array | undefined
}

export function sourceOf(
  document: XmlDocument,
  budget: XmlBudget,
  external: XmlSource['external'] = () => undefined,
): XmlSource {
  return { document, ids: new Identifiers(document), budget, external }
}
