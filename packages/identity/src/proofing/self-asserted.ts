import type { Text } from '@sapan/kernel'
import type { Evidence } from './evidence.ts'
import type { ProofingGround } from './ground.ts'
import type { ProofingAct } from './population-register.ts'
import { settle } from './settle.ts'

/** What a person says of themselves. */
export interface SaidName {
  readonly givenName: string
  /** Empty for who has none. */
  readonly familyName: string
}

/** What is too long, empty, or has what no name has: control characters and what turns the writing round. */
export type NameFault = 'empty' | 'too-long' | 'not-a-name'

const LONGEST = 200
const NOT_IN_NAMES = /[\p{Cc}\p{Co}\p{Cn}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff<>]/u

/** What is wrong with a name that somebody enters; undefined for one that may stand. Names of registers are not judged. */
export function nameFault(name: string): NameFault | undefined {
  const trimmed = name.normalize('NFC').trim()
  if (trimmed.replace(/[\p{Cf}\s]/gu, '') === '') return 'empty'
  if (trimmed.length > LONGEST) return 'too-long'
  return NOT_IN_NAMES.test(trimmed) ? 'not-a-name' : undefined
}

/** Keeps the name that a person says to have. Throws what `settle` throws. */
export function sayName(ground: ProofingGround, by: ProofingAct, said: SaidName): Promise<Evidence> {
  const both = (name: string): Text => ({
    th: name.normalize('NFC').trim(),
    en: name.normalize('NFC').trim(),
  })
  const [givenName, familyName] = [both(said.givenName), both(said.familyName)]
  return settle(ground, by.account, {
    method: 'self-asserted',
    identifiers: [],
    profile: { givenName, familyName, source: 'self', fetchedAt: ground.clock() },
    exchanges: [],
    detail: { givenName: givenName.th, familyName: familyName.th },
    repeatKey: `self-asserted ${by.account} ${by.act}`,
    ...(by.session && { session: by.session }),
  })
}
