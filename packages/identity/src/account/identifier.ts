import { isNationalId, Problem } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import { accountProblems } from '../problems/account.ts'

/** By which kind of number or address a person is known elsewhere. `external:<provider>` is their subject there. */
export type Scheme = 'national-id' | 'foreigner-number' | 'passport' | 'email' | `external:${string}`

/** Schemes by which agencies know people: a number of their own where there is one, else their passport. */
export const agencySchemes = ['national-id', 'foreigner-number', 'passport'] as const

export interface Identifier {
  readonly scheme: Scheme
  readonly value: string
}

const EMAIL = /^[^\s@\p{C}]{1,64}@[^\s@\p{C}.]+(\.[^\s@\p{C}.]+)+$/u
const PASSPORT = /^[A-Z]{3}:[A-Z0-9]{5,20}$/

/**
 * One form for every way of writing an identifier, so that its hash finds it: digits of numbers without their dashes,
 * addresses in lower case, a passport as `<issuing state>:<number>`. Throws `identifier-invalid`.
 */
export function normalIdentifier({ scheme, value }: Identifier): Identifier {
  const written = value.normalize('NFKC').trim()
  const normal = normalValue(scheme, written)
  if (normal === undefined) throw new Problem(accountProblems['identifier-invalid'])
  return { scheme, value: normal }
}

function normalValue(scheme: Scheme, written: string): string | undefined {
  if (written.length === 0 || written.length > 254) return undefined
  if (scheme === 'national-id' || scheme === 'foreigner-number') {
    const digits = written.replace(/[\s-]/g, '')
    return isNationalId(digits) ? digits : undefined
  }
  if (scheme === 'email') return EMAIL.test(written) ? written.toLowerCase() : undefined
  if (scheme !== 'passport') return written
  const passport = written.toUpperCase().replace(/\s/g, '')
  return PASSPORT.test(passport) ? passport : undefined
}

/** The keyed hash by which an identifier is found; the identifier must be in its normal form. */
export function identifierHash(key: Uint8Array, { scheme, value }: Identifier): Buffer {
  return keyedHash(key, `${scheme}:${value}`)
}
