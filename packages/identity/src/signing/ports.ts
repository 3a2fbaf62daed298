import type { Text } from '@sapan/kernel'
import type { RevocationAddresses, SigningKey } from '@sapan/trust'
import type { Appointment } from '../officers/appointment.ts'

/** The authority for documents of whoever runs the house. */
export interface DocumentIssuer {
  /** Issues certificates, signs their lists and answers about them. */
  readonly issuer: SigningKey
  /** Where the world asks about what it issued. */
  readonly addresses: RevocationAddresses
}

/** Officers, as signing needs them. */
export interface SigningOfficers {
  appointmentsOf(account: string, at: number): Promise<Appointment[]>
}

/** What is known of the person whose key it is. */
export interface SigningAccounts {
  profileOf(id: string): Promise<{ readonly givenName: Text; readonly familyName: Text } | undefined>
}

/** What an agency is called. */
export type AgencyName = (agency: string) => Text | undefined
