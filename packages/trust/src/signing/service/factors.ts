import type { ApiVersion, ServiceCredential } from './credential.ts'
import { invalid, missing } from './errors.ts'
import type { Input } from './input.ts'

export interface Factors {
  readonly pin: string | undefined
  readonly otp: string | undefined
}

const mostLetters = 256

/**
 * PIN and OTP: members of their own in v1, in `authData` in v2, where members of their own are understood too. What the
 * credential needs must be there, and nothing twice: of two PINs one could be tried unseen.
 */
export function readFactors(input: Input, version: ApiVersion, { pin, otp }: ServiceCredential): Factors {
  const given = version === 'v2' ? readAuthData(input) : new Map<string, string>()
  for (const name of ['PIN', 'OTP']) {
    const value = input.optionalString(name, mostLetters)
    if (value === undefined) continue
    if (given.has(name)) throw invalid('authData')
    given.set(name, value)
  }
  for (const [name, isNeeded] of [
    ['PIN', pin],
    ['OTP', otp],
  ] as const) {
    if (isNeeded && !given.has(name)) throw lacking(input, version, name)
  }
  return { pin: given.get('PIN'), otp: given.get('OTP') }
}

function lacking(input: Input, version: ApiVersion, name: string) {
  if (version === 'v1') return missing('string', name)
  return input.has('authData') ? invalid('authData') : missing('array', 'authData')
}

function readAuthData(input: Input): Map<string, string> {
  const given = new Map<string, string>()
  for (const each of input.optionalArray('authData', 8) ?? []) {
    const { id, value } = readFactor(each)
    if (given.has(id)) throw invalid('authData')
    given.set(id, value)
  }
  return given
}

function readFactor(each: unknown): { id: string; value: string } {
  if (typeof each !== 'object' || each === null || !('id' in each) || !('value' in each)) {
    throw invalid('authData')
  }
  const { id, value } = each
  if (typeof id !== 'string' || typeof value !== 'string' || value.length > mostLetters) {
    throw invalid('authData')
  }
  return { id, value }
}
