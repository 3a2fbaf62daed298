import {
  type DataDifference,
  type Finding,
  findingTexts,
  openPdf,
  PdfError,
  type Report,
} from '@sapan/documents/check'
import {
  agreementOf,
  type Difference,
  type ReadyTemplate,
  readyTemplates,
  shippedTemplates,
} from '@sapan/documents/templates'
import type { Text } from '@sapan/kernel'

/** The words of the country's documents, by template and key. */
export type DocumentWords = Readonly<Record<string, Readonly<Record<string, string>>>>

const kinds: Readonly<Record<Difference['kind'], Text>> = {
  'no-xml': { th: 'ไม่มีข้อมูล XML หรืออ่านไม่ได้', en: 'The XML is missing or cannot be read' },
  'no-json': { th: 'ไม่มีข้อมูล JSON หรืออ่านไม่ได้', en: 'The JSON is missing or cannot be read' },
  copies: { th: 'XML กับ JSON ไม่ตรงกัน', en: 'XML and JSON differ' },
  data: { th: 'ข้อมูลไม่ตรงกับแบบเอกสาร', en: 'The data is not what the template takes' },
  version: { th: 'ทำจากแบบรุ่นที่ไม่มีในระบบนี้', en: 'Made by a version of the template that is not here' },
  page: { th: 'หน้าเอกสารแสดงต่างจากข้อมูล', en: 'The page shows something else than the data' },
}

/**
 * The report with what the data inside says beside the pages, where the document is of one of our templates. A version
 * of a template that is not here says nothing about the document, so it stays out.
 */
export function withAgreement(
  report: Report,
  pdf: Uint8Array,
  words: DocumentWords,
  password?: string,
): Report {
  if (report.document === undefined) return report
  const found = agreement(pdf, words, password)
  if (found === undefined || found.differences.some(({ kind }) => kind === 'version')) return report
  const differences = found.differences.map(inWords)
  const agrees = differences.length === 0
  const code = 'embedded-differs'
  const finding: Finding = { code, severity: 'error', text: findingTexts[code] }
  return {
    ...report,
    document: { ...report.document, embedded: { template: found.template, agrees, differences } },
    findings: agrees ? report.findings : [...report.findings, finding],
  }
}

function agreement(pdf: Uint8Array, words: DocumentWords, password: string | undefined) {
  try {
    const file = openPdf(pdf, password === undefined ? {} : { password })
    return agreementOf(file, templatesWith(words))
  } catch (error) {
    // What cannot be read, the checker has reported.
    if (error instanceof PdfError) return undefined
    throw error
  }
}

const ready = new WeakMap<DocumentWords, ReadonlyMap<string, ReadyTemplate>>()

/** Made once for the words of a country: it takes longer than a comparison. */
function templatesWith(words: DocumentWords): ReadonlyMap<string, ReadyTemplate> {
  const made = ready.get(words) ?? readyTemplates(shippedTemplates, words)
  ready.set(words, made)
  return made
}

const inWords = (difference: Difference): DataDifference => ({
  ...difference,
  text: kinds[difference.kind],
})
