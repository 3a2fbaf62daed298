import type { Text } from '@sapan/kernel'

/** The ways of proofing. What level each gives is the country's. */
export type MethodCode =
  | 'self-asserted'
  | 'population-register'
  | 'passport'
  | 'outside-provider'
  | 'in-person'

export interface MethodTerm {
  readonly code: MethodCode
  /** What it gives: a code of the country's list. */
  readonly ial: string
  readonly name: Text
  readonly about: Text
  /** What the person must have at hand. */
  readonly needs: Text
}

/** A service of another agency, and why it is asked. */
export interface AskedRegister {
  readonly member: string
  readonly service: string
  readonly purpose: string
}

/** Something that an officer accepts. */
export interface EvidenceTerm {
  readonly code: string
  /** Whether it has a picture of its holder. */
  readonly photo: boolean
  readonly name: Text
}

/** How people prove who they are in a country. */
export interface ProofingCountry {
  readonly methods: readonly MethodTerm[]
  readonly evidences: readonly EvidenceTerm[]
  readonly outsideProvider: { readonly code: string; readonly name: Text }
  readonly registers: Readonly<Record<'population' | 'person' | 'immigration', AskedRegister>>
  readonly cardCode: { readonly pattern: string; readonly example: string }
  /** Wrong answers within `hours`: of one account, and about one number by all accounts together. */
  readonly attempts: { readonly account: number; readonly number: number; readonly hours: number }
}

export function methodOf(country: ProofingCountry, code: MethodCode): MethodTerm {
  const found = country.methods.find((method) => method.code === code)
  if (found === undefined) throw new Error(`the country has no proofing method ${code}`)
  return found
}
