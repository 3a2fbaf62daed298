import { checkDescription } from '../layout/check-description.ts'
import type { DocumentDescription } from '../layout/description.ts'
import { layoutDocument } from '../layout/document.ts'
import { checkAttachments } from './attachments.ts'
import { assertTextKept } from './extraction-check.ts'
import type { RenderedDocument } from './rendered.ts'
import { writeDocument } from './write-document.ts'

/**
 * Lays the document out and writes it as PDF/A-3a (ISO 19005-3). The same description gives the same bytes.
 * Throws Problem: `document-glyph-missing`, `document-character-unsupported`, `document-block-too-tall`,
 * `document-place-too-narrow`, `document-address-invalid`, `document-description-invalid`, `document-image-unreadable`,
 * `attachment-empty`, `attachment-too-large`, `attachment-malformed`.
 */
export async function renderDocument(description: DocumentDescription): Promise<RenderedDocument> {
  checkDescription(description)
  checkAttachments(description.attachments)
  return writeDocument(description, layoutDocument(description))
}

/**
 * As `renderDocument`, and issued only when the text that our own reader extracts from the file is the text that was
 * given; else Problem `document-text-lost`.
 */
export async function issueDocument(description: DocumentDescription): Promise<RenderedDocument> {
  const rendered = await renderDocument(description)
  assertTextKept(rendered)
  return rendered
}
