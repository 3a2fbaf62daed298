import type { SignatureField } from '../../pdf/index.ts'
import { signProblem } from '../../problems/sign.ts'
import type { Certification } from '../options.ts'

/**
 * Whether the document may be signed once more (ISO 32000-2, 12.8.2.2, 12.8.2.4). Throws `document-locked`, also when a
 * certification comes after other signatures: it must be the first.
 */
export function checkPermitted(
  fields: readonly SignatureField[],
  certification: Certification | undefined,
): void {
  const signed = fields.filter(({ value }) => value !== undefined)
  if (signed.some((field) => field.certification === 1)) throw signProblem('document-locked')
  const locked = signed.some(({ fieldLock }) => fieldLock?.permissions === 1)
  if (locked) {
    throw signProblem('document-locked', 'ลายมือชื่อก่อนหน้าปิดเอกสารไว้', 'An earlier signature closed it')
  }
  if (certification !== undefined && signed.some(({ type }) => type === 'Sig')) {
    throw signProblem(
      'document-locked',
      'การรับรองเอกสารต้องเป็นลายมือชื่อแรก',
      'Only the first signature can certify a document',
    )
  }
}
