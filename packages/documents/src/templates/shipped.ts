import { announcement } from './announcement.ts'
import { certificateLetter } from './certificate-letter.ts'
import { externalLetter } from './external-letter.ts'
import { licence } from './licence.ts'
import { memorandum } from './memorandum.ts'
import { order } from './order.ts'
import { receipt } from './receipt.ts'
import type { DocumentTemplate } from './template.ts'
import { transcript } from './transcript.ts'

/** The templates of the house, in the order in which they are listed. */
export const shippedTemplates: readonly DocumentTemplate[] = [
  receipt,
  certificateLetter,
  licence,
  externalLetter,
  memorandum,
  order,
  announcement,
  transcript,
] as readonly DocumentTemplate[]
