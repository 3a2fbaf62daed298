import type { ConsentReceipt } from '../../tokens/consent-receipt.ts'
import { type SubjectSources, subjectValues } from '../evidence-subjects.ts'
import type { GatewayGround } from '../ground.ts'
import { mismatch } from './verify-consent.ts'

/**
 * Everybody whom a request concerns, and its answer once that is there, must be the one person who has consented; and the
 * request must say who. Throws Problem `consent-mismatch`.
 */
export async function checkConsentedSubjects(
  ground: GatewayGround,
  { subject }: ConsentReceipt,
  sources: SubjectSources,
): Promise<void> {
  const values = await subjectValues(ground, sources)
  const named = await subjectValues(ground, { ...sources, answer: null })
  if (named.length === 0 || values.some((value) => value !== subject.value)) {
    throw mismatch('person', 'เจ้าของข้อมูล')
  }
}
