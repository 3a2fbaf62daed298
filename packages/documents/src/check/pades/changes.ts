import type { PdfFile, SignatureField } from '../../pdf/index.ts'
import type { Flaw } from '../engine/signature.ts'
import type { Finding, RevisionReport, SignatureReport } from '../report/report.ts'

export interface LaterChanges {
  readonly verdict: SignatureReport['changesAfter']
  readonly flaws: readonly Flaw[]
  readonly findings: readonly Finding[]
}

/** What came after the revision that a signature closes, and whether the signature permits it. */
export function laterChanges(file: PdfFile, field: SignatureField): LaterChanges {
  const isLast = field.revision < 0 || field.revision === file.revisions.length - 1
  return { verdict: isLast ? 'none' : 'allowed', flaws: [], findings: [] }
}

export function revisionReports(file: PdfFile, fields: readonly SignatureField[]): RevisionReport[] {
  return file.revisions.map(({ index }) => {
    const closing = fields.find(({ revision }) => revision === index)
    return {
      index,
      ...(closing ? { signedBy: closing.name } : {}),
      changes: [],
      verdict: index === 0 ? 'first' : 'allowed',
    }
  })
}
