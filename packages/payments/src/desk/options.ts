import type { Clock } from '@sapan/kernel'
import type { PaymentsHouse } from '../house.ts'
import type { PaymentsOfficer } from './officer.ts'

/** What the desk's page of payments stands on. The face lets nobody in without the duty, by `needs`. */
export interface PaymentDeskOptions<Who, Need> {
  readonly payments: PaymentsHouse
  readonly clock: Clock
  /** The day that it is in the country. */
  readonly dateOf: (at: number) => string
  readonly officerOf: (who: Who) => PaymentsOfficer
  readonly needs: Need
}
