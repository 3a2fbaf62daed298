import { maskNationalId } from '@sapan/kernel'
import type { Applicant } from '../application/application.ts'

/** A number as it may stand on paper that others see: `1-2345-xxxxx-12-1`. A company's is public. */
export function maskedNumber({ id, scheme }: Pick<Applicant, 'id' | 'scheme'>): string {
  if (scheme === 'juristic-id') return id
  if (scheme === 'national-id' || /^\d{13}$/.test(id)) return maskNationalId(id)
  return `${id.slice(0, 2)}${'x'.repeat(Math.max(0, id.length - 4))}${id.slice(-2)}`
}
