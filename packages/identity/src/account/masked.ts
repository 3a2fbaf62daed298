import { maskNationalId } from '@sapan/kernel'
import { maskedAddress } from '@sapan/notices'
import type { Identifier } from './identifier.ts'

/** An identifier for eyes that may be another's: enough for its owner to know it again. */
export function maskedIdentifier({ scheme, value }: Identifier): string {
  if (scheme === 'national-id' || scheme === 'foreigner-number') return maskNationalId(value)
  if (scheme === 'email') return maskedAddress(value)
  if (scheme === 'passport') return `${value.slice(0, 4)}•••••${value.slice(-2)}`
  return '•••••'
}
