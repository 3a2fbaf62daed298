import type { SignatureField } from '../../pdf/index.ts'
import { signProblem } from '../../problems/sign.ts'
import type { PdfSigningOptions } from '../options.ts'

/**
 * Whether the document may be signed once more, in that field (ISO 32000-2, 12.8.2.2, 12.8.2.4). Throws
 * `document-locked`, or `certification-not-first`.
 */
export function checkPermitted(
  fields: readonly SignatureField[],
  { certification, field, appearance }: Pick<PdfSigningOptions, 'certification' | 'field' | 'appearance'>,
): void {
  const signed = fields.filter(({ value }) => value !== undefined)
  if (signed.some((each) => each.certification === 1)) throw signProblem('document-locked')
  const closing = signed.find(({ fieldLock }) => fieldLock?.permissions === 1)
  if (closing) throw lockedBy(closing, 'ทั้งเอกสาร', 'the document')
  const isThere = fields.some(({ name }) => name === field)
  // Certification permits that fields are signed, not that the page gets another (12.8.2.2.2): others refuse it.
  if (appearance && !isThere && signed.some((each) => each.certification !== null)) {
    throw signProblem(
      'document-locked',
      'เอกสารรับรองแล้ว เพิ่มช่องที่มองเห็นไม่ได้',
      'It is certified: no further box may come onto a page',
    )
  }
  const locking = isThere && field !== undefined && signed.find((each) => locks(each, field))
  if (locking) throw lockedBy(locking, `ช่อง ${field}`, `the field ${field}`)
  if (certification !== undefined && signed.some(({ type }) => type === 'Sig')) {
    throw signProblem('certification-not-first')
  }
}

/** Whether a signature's lock binds that field (table 259). */
function locks({ fieldLock }: SignatureField, field: string): boolean {
  if (!fieldLock) return false
  const isNamed = fieldLock.fields.some((name) => field === name || field.startsWith(`${name}.`))
  if (fieldLock.action === 'All') return true
  return fieldLock.action === 'Include' ? isNamed : !isNamed
}

function lockedBy({ name }: SignatureField, thai: string, english: string) {
  return signProblem(
    'document-locked',
    `ลายมือชื่อ ${name} ปิด${thai}ไว้`,
    `The signature ${name} closed ${english}`,
  )
}
