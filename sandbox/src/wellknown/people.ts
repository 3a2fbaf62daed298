import type { Text } from '@sapan/kernel'

/** Someone of the sandbox whom guides and tests name. Nobody of them exists. */
export interface WellKnownPerson {
  readonly nationalId: string
  readonly name: Text
  /** What makes the person a good example. */
  readonly about: Text
}

export type WellKnownKind =
  | 'taxpayer'
  | 'spouse'
  | 'child'
  | 'partner'
  | 'elder'
  | 'dead'
  | 'stateless'
  | 'foreigner'
  | 'officer'
  | 'employee'

/** The number of the company that is a member of the sandbox country, and so its member code. */
export const EXAMPLE_COMPANY = '0105558900015'
