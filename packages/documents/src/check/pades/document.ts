import { toHex } from '../../bytes.ts'
import { embeddedFiles, PdfError, type PdfFile } from '../../pdf/index.ts'
import type { AttachmentReport, DocumentReport, RevisionReport } from '../report/report.ts'
import type { Run } from '../run.ts'

/** What is inside a PDF, as far as a reader can be told without seeing it. `signed`: the last revision that is signed, or -1. */
export async function describePdf(
  run: Run,
  file: PdfFile,
  revisions: readonly RevisionReport[],
  signed: number,
): Promise<DocumentReport> {
  // Anyone may give the file another title later: what is told is what was signed.
  const titled = signed < 0 ? file : file.atRevision(signed)
  const pages = orUndefined(() => file.pages().length)
  const title = orUndefined(() => titled.text(titled.dict(titled.trailer.get('Info'))?.get('Title')))
  const pdfaClaim = orUndefined(() => claimOf(titled))
  return {
    ...(pages === undefined ? {} : { pages }),
    ...(title ? { title } : {}),
    ...(pdfaClaim ? { pdfaClaim } : {}),
    revisions,
    attachments: await attachmentsOf(run, file),
  }
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof PdfError) return undefined
    throw error
  }
}

/** What the metadata says of itself (ISO 19005-3, 6.6.4); whether it is true is a validator's matter. */
function claimOf(file: PdfFile): string | undefined {
  const stream = file.stream(file.catalog.get('Metadata'))
  if (!stream) return undefined
  const text = new TextDecoder().decode(file.decode(stream).subarray(0, 1_000_000))
  const part = /pdfaid:part(?:>|\s*=\s*["'])\s*(\d)/.exec(text)?.[1]
  const level = /pdfaid:conformance(?:>|\s*=\s*["'])\s*([A-Za-z])/.exec(text)?.[1]
  return part ? `PDF/A-${part}${level?.toLowerCase() ?? ''}` : undefined
}

async function attachmentsOf(run: Run, file: PdfFile): Promise<AttachmentReport[]> {
  const reports: AttachmentReport[] = []
  for (const { name, mime, relationship, bytes } of orUndefined(() => embeddedFiles(file)) ?? []) {
    reports.push({
      name,
      ...(mime ? { mime } : {}),
      ...(relationship ? { relationship } : {}),
      sha256: toHex(await run.digest('sha256', [bytes])),
      bytes: bytes.length,
    })
  }
  return reports
}
