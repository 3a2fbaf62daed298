import type { Clock, Text } from '@sapan/kernel'
import type { PaymentsHouse } from '../house.ts'
import type { PaymentReach } from '../reach.ts'

/** What the person's pages of payments stand on. `Who` and `Need` are the face's. */
export interface PaymentPagesOptions<Who, Need> {
  readonly payments: PaymentsHouse
  readonly clock: Clock
  readonly accountOf: (who: Who) => string
  /** For which parties the visitor may pay what now, beside themselves. */
  readonly reachOf?: (who: Who) => Promise<readonly PaymentReach[]> | readonly PaymentReach[]
  /** Registers that say for whom the visitor may act, and do not answer now. */
  readonly silentOf?: (who: Who) => Promise<readonly Text[]>
  readonly memberName: (member: string) => Text | undefined
  /** A bank that takes the code by a form (`code`, POST): the sandbox's. */
  readonly bankPage?: { readonly address: string; readonly name: Text }
  readonly needs: Need
}
