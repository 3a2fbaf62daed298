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
  | 'mother'
  | 'father'
  | 'director'
  | 'assessor'
  | 'taxApprover'
  | 'appealsJudge'
  | 'registrar'
  | 'registrarChief'
  | 'immigrationOfficer'
  | 'immigrationChief'

/** The number of the company that is a member of the sandbox country, and so its member code. */
export const EXAMPLE_COMPANY = '0105558900015'

/** A company that one director alone signs for, without a seal, and that is not registered for VAT yet. */
export const UNREGISTERED_COMPANY = '0205568900017'
