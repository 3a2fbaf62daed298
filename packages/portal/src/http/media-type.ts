import { Problem } from '@sapan/kernel'
import { portalProblems } from '../problems.ts'

/** The form of a web page: parts `file`, `password`, `detached`. */
export const formType = 'multipart/form-data'

/** What a file may be sent as, as the whole body. What it is, the checker finds out by itself. */
export const fileTypes: readonly string[] = [
  'application/octet-stream',
  'application/pdf',
  'application/vnd.etsi.asic-e+zip',
  'application/vnd.etsi.asic-s+zip',
  'application/zip',
  'application/x-zip-compressed',
  'application/cms',
  'application/pkcs7-mime',
  'application/pkcs7-signature',
  'application/x-pkcs7-mime',
  'application/x-pkcs7-signature',
  'application/xml',
  'text/xml',
]

const taken: ReadonlySet<string> = new Set([formType, ...fileTypes])

/**
 * Whether a body of that type is read at all; one without a type is. Throws `upload-type-unsupported` (RFC 9110 §15.5.16),
 * also for a body that was packed for the way: its digest would be another one.
 */
export function checkMediaType(contentType: string | undefined, contentEncoding: string | undefined): void {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const isPlain = contentEncoding === undefined || contentEncoding.toLowerCase() === 'identity'
  if (isPlain && (type === '' || taken.has(type))) return
  throw new Problem(portalProblems['upload-type-unsupported'], {
    detail: isPlain
      ? {
          th: `รับไฟล์เป็น application/pdf, application/octet-stream หรือ ${formType} ไม่ใช่ชนิดที่ส่งมา`,
          en: `A file is taken as application/pdf, application/octet-stream or ${formType}, not as what was sent.`,
        }
      : { th: 'ไม่รับไฟล์ที่มี Content-Encoding', en: 'A file with a Content-Encoding is not taken.' },
  })
}
