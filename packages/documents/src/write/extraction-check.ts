import { extractText, openPdf } from '../pdf/index.ts'
import { documentProblem } from '../problems.ts'
import type { RenderedDocument } from './rendered.ts'

/**
 * Throws Problem `document-text-lost` unless our reader gets out of each page, run by run, exactly the characters that
 * were drawn on it. Where lines end is the layout's and not compared.
 */
export function assertTextKept(rendered: Pick<RenderedDocument, 'bytes' | 'text'>): void {
  const file = openPdf(rendered.bytes)
  const pages = file.pages()
  if (pages.length !== rendered.text.length)
    throw lost({ en: 'The number of pages differs.', th: 'จำนวนหน้าไม่ตรงกัน' })
  pages.forEach((page, index) => {
    const extracted = extractText(file, page)
      .runs.map(({ text }) => text)
      .join('')
    if (extracted !== rendered.text[index]?.replaceAll('\n', ''))
      throw lost({ en: `The text of page ${index + 1} differs.`, th: `ข้อความในหน้า ${index + 1} ไม่ตรงกัน` })
  })
}

const lost = (detail: { readonly en: string; readonly th: string }) =>
  documentProblem('document-text-lost', { detail })
