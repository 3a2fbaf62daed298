import type { Text } from '@sapan/kernel'

/** A duty (หน้าที่) that officers have, as the country has it. */
export interface DutyTerm {
  readonly code: string
  readonly name: Text
  readonly about: Text
  /** Duties whose holders give this one. */
  readonly givenBy: readonly string[]
  /** Whether they may give it to themselves. */
  readonly toSelf: boolean
  /** Whether somebody may give it who only stands in for a holder of such a duty. */
  readonly byActing: boolean
}

/** A name under which an officer stands in for another. */
export interface RoleTerm {
  readonly code: string
  readonly as: 'acting' | 'substitute'
  readonly name: Text
  /** Whether it must be said in whose place. */
  readonly onBehalf: boolean
}

/** The columns of a file of officers. */
export const columnNames = [
  'national_id',
  'given_name',
  'family_name',
  'title_th',
  'title_en',
  'unit_th',
  'unit_en',
  'from',
  'till',
  'duties',
  'role',
  'on_behalf_of',
  'duty_from',
  'duty_till',
] as const
export type ColumnName = (typeof columnNames)[number]

/** What the country pack says of officers. */
export interface OfficersCountry {
  readonly duties: readonly DutyTerm[]
  readonly roles: readonly RoleTerm[]
  /** The duty that administers an agency, and the one that signs documents. */
  readonly administrator: string
  readonly signer: string
  /** How surely a person must be known before an appointment is theirs. */
  readonly ial: string
  /** What changing officers, duties and clients asks of an administrator; deeds only, no looks. */
  readonly administration: { readonly aal: string; readonly freshSeconds: number }
  readonly signing: {
    readonly aal: string
    readonly freshSeconds: number
    readonly certificateDays: number
  }
  /** Where days begin, in minutes east of UTC. */
  readonly utcOffsetMinutes: number
  /** How many years the country's own era is ahead. */
  readonly buddhistYears: number
  /** Other names of columns. */
  readonly columns: Readonly<Record<ColumnName, readonly string[]>>
  /** The register that says who is an officer; `{number}` in the path is the national number. */
  readonly register?:
    | { readonly service: string; readonly path: string; readonly purpose: string }
    | undefined
}
