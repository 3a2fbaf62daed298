import type { DocumentDescription } from '../layout/description.ts'
import type { RenderedDocument } from './rendered.ts'

/** Lays the document out and writes it as PDF/A-3a (ISO 19005-3). The same description gives the same bytes. */
export async function renderDocument(_description: DocumentDescription): Promise<RenderedDocument> {
  throw new Error('not there yet')
}

/** As `renderDocument`, and issued only when the text that is extracted from the file is the text that was given. */
export async function issueDocument(description: DocumentDescription): Promise<RenderedDocument> {
  return renderDocument(description)
}
