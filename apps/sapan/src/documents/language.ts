import { openPdf, PdfError } from '@sapan/documents/check'
import type { Language } from '@sapan/kernel'

/** The language that a PDF says it is in (ISO 32000-2, 14.9.2), where it is one of ours. */
export function documentLanguage(bytes: Uint8Array): Language | undefined {
  try {
    const pdf = openPdf(bytes)
    const [language] = (pdf.text(pdf.catalog.get('Lang')) ?? '').toLowerCase().split('-')
    return language === 'th' || language === 'en' ? language : undefined
  } catch (error) {
    if (error instanceof PdfError) return undefined
    throw error
  }
}
