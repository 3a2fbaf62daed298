import {
  formFields,
  openPdf,
  PdfError,
  type PdfErrorCode,
  type PdfFile,
  type SignatureField,
  signatureFields,
} from '../../pdf/index.ts'
import { signProblem } from '../../problems/sign.ts'

/** A file that may be signed, and its signature fields. */
export interface SignableFile {
  readonly file: PdfFile
  readonly fields: readonly SignatureField[]
  /** Names of all fields of the form, so that a new one differs. */
  readonly names: ReadonlySet<string>
}

/** Opens a file in order to append to it. Throws `document-unsignable` or `document-encrypted`. */
export function openForSigning(bytes: Uint8Array): SignableFile {
  return orUnsignable(() => {
    const file = openPdf(bytes)
    if (file.encrypted || file.trailer.has('Encrypt')) throw signProblem('document-encrypted')
    if (file.trailing > 0) throw new PdfError('malformed', 'Something stands behind the end of the file')
    const hasForm = file.catalog.has('AcroForm')
    return {
      file,
      fields: hasForm ? signatureFields(file) : [],
      names: new Set(hasForm ? formFields(file).map((field) => field.name) : []),
    }
  })
}

const reasons: Readonly<Record<PdfErrorCode, readonly [thai: string, english: string]>> = {
  'not-pdf': ['ไม่ใช่ไฟล์ PDF', 'It is not a PDF'],
  truncated: ['ไฟล์ไม่ครบ', 'It is cut off'],
  malformed: ['โครงสร้างไฟล์ผิด', 'Its structure is wrong'],
  encrypted: ['ไฟล์เข้ารหัสไว้', 'It is encrypted'],
  'wrong-password': ['ไฟล์เข้ารหัสไว้', 'It is encrypted'],
  unsupported: ['ใช้รูปแบบที่ไม่รองรับ', 'It uses a form that is not supported'],
  'too-complex': ['ซับซ้อนเกินไป', 'It is too complex'],
}

/** Turns what the reader throws into a problem. */
export function orUnsignable<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof PdfError)) throw cause
    if (cause.code === 'encrypted' || cause.code === 'wrong-password') {
      throw signProblem('document-encrypted', undefined, undefined, { cause })
    }
    throw signProblem('document-unsignable', ...reasons[cause.code], { cause })
  }
}
