import type { PoolClient } from '@sapan/kernel'
import type { StatusRef } from './appointment.ts'

/** Status lists, as officers need them. */
export interface OfficerStatus {
  allocate(client: PoolClient, entry: { account: string; kind: 'officer' }): Promise<StatusRef>
  set(client: PoolClient, ref: StatusRef, status: 'withdrawn'): Promise<void>
}

/** Accounts, as officers need them. */
export interface OfficerAccounts {
  find(id: string): Promise<{ readonly ial: string; readonly state: string } | undefined>
  identifiersOf(
    id: string,
  ): Promise<readonly { readonly scheme: string; readonly value: string; readonly proved: boolean }[]>
}

/** Something that rests on appointments and must hear of it when they change, in the same transaction. */
export interface AppointmentWatch {
  changed(client: PoolClient, changes: readonly AppointmentChange[], at: number): Promise<void>
}

export interface AppointmentChange {
  readonly appointment: string
  /** `altered`: the name, the title or the unit are others. */
  readonly what: 'ended' | 'altered' | 'duty-ended'
  readonly duty?: string
}
