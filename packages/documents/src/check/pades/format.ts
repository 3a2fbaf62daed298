import {
  openPdf,
  PdfError,
  type PdfFile,
  type SeedValues,
  type SignatureField,
  signatureFields,
} from '../../pdf/index.ts'
import type { TimestampInput } from '../engine/signature.ts'
import { CheckError, isCheckErrorCode } from '../error.ts'
import type { FormatReader, FoundSignatures } from '../formats.ts'
import type { CheckOptions } from '../options.ts'
import { finding } from '../report/checks.ts'
import type { Finding, RevisionReport } from '../report/report.ts'
import type { Run } from '../run.ts'
import { FileChanges, preparedFindings } from './changes.ts'
import { describePdf } from './document.ts'
import { SecurityStores } from './dss.ts'
import { documentTimestamp, isTimestamp, type PdfSignatures, padesSignature } from './signature.ts'

/** A PDF: its signatures, what came after each, and what is in it. */
export const readPades: FormatReader = async (run, bytes, options) => {
  if (!looksLikePdf(bytes)) return undefined
  try {
    return await readFile(run, open(bytes, options))
  } catch (error) {
    throw asCheckError(error)
  }
}

function looksLikePdf(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024))
  return head.includes('%PDF-')
}

function open(bytes: Uint8Array, { password }: CheckOptions): PdfFile {
  return openPdf(bytes, password === undefined ? {} : { password })
}

function asCheckError(error: unknown): unknown {
  if (!(error instanceof PdfError)) return error
  const { code, message } = error
  return new CheckError(isCheckErrorCode(code) ? code : 'unreadable', message)
}

async function readFile(run: Run, file: PdfFile): Promise<FoundSignatures> {
  const fields = signatureFields(file).filter(({ value }) => value !== undefined)
  const stores = new SecurityStores(file)
  const newest = file.revisions.length - 1
  const context: PdfSignatures = { file, bytes: file.bytes, fields, stores, newest }
  const changes = new FileChanges(file, fields)
  const signatures = []
  const signed = fields.filter((one) => !isTimestamp(one))
  // One more than are reported, so that it is said that there are more.
  for (const field of signed.slice(0, run.work.limits.signatures + 1)) {
    const { flaws, verdict, findings } = changes.after(field)
    const unchecked = field.seedValues && demandsLook(field.seedValues) ? [finding('look-unchecked')] : []
    const input = await padesSignature(run, context, field, flaws)
    const revision = field.revision < 0 ? {} : { revision: field.revision }
    signatures.push({
      input,
      place: {
        scope: scopeOf(field, newest),
        changesAfter: verdict,
        findings: [...findings, ...unchecked],
        ...revision,
      },
    })
  }
  run.unreadable += stores.unreadable
  const revisions = changes.reports()
  return {
    format: signatures.length > 0 ? 'pdf' : 'unsigned-pdf',
    signatures,
    ...(signatures.length === 0 ? { timestamps: timestampsAlone(run, context) } : {}),
    document: await describePdf(run, file, revisions, lastSigned(signed)),
    // Last: it may use up what is left of the file's budget.
    findings: [...fileFindings(file, fields, revisions), ...preparedFindings(file, fields)],
  }
}

function lastSigned(fields: readonly SignatureField[]): number {
  return fields.reduce((last, { revision }) => Math.max(last, revision), -1)
}

/** Document time-stamps of a file that nobody signed. */
function timestampsAlone(run: Run, { bytes, fields, stores, newest }: PdfSignatures): TimestampInput[] {
  const stamps = fields.filter(isTimestamp)
  // Each is over all before it.
  run.work.spend('elements', stamps.length ** 2)
  return stamps.map((field) => {
    const earlier = fields.filter(({ revision }) => revision >= 0 && revision < field.revision)
    const proves = {
      signature: false,
      signedData: true,
      material: stores.at(Math.max(field.revision, 0)),
      timestamps: field.revision < 0 ? [] : earlier.map(({ contents }) => contents),
    }
    return documentTimestamp(bytes, field, proves, stores.at(newest))
  })
}

/** A look by a name of the signer's own software (ISO 32000-2, table 237) says nothing to anybody else. */
function demandsLook({ required, appearance }: SeedValues): boolean {
  return required.has('AppearanceFilter') && appearance !== undefined
}

function scopeOf({ coversWholeRevision, revision }: SignatureField, newest: number) {
  if (!coversWholeRevision) return 'partial' as const
  return revision === newest ? ('whole-file' as const) : ('whole-revision' as const)
}

const lostSignature: ReadonlySet<string> = new Set(['signature-removed', 'signature-changed'])

function fileFindings(
  file: PdfFile,
  fields: readonly SignatureField[],
  revisions: readonly RevisionReport[],
): Finding[] {
  const findings: Finding[] = []
  const last = Math.max(-1, ...fields.map(({ revision }) => revision))
  if (file.trailing > 0) findings.push(finding('unsigned-content', 'bytes after the end'))
  const isChanged = last >= 0 && revisions.slice(last + 1).some(({ verdict }) => verdict !== 'allowed')
  if (isChanged) findings.push(finding('changed-after-last-signature'))
  const isGone = revisions.some(({ changes }) => changes.some(({ kind }) => lostSignature.has(kind)))
  if (isGone) findings.push(finding('signature-removed'))
  return findings
}
