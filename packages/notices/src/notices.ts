import type { Clock, Logger, Pool, PoolClient } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { type Delivered, deliverDue } from './delivery/deliver.ts'
import { type OutboxState, outboxState, revive } from './delivery/outbox.ts'
import { type Inbox, inboxOf } from './inbox/inbox.ts'
import { sendNotice } from './inbox/send.ts'
import type { Mailer } from './mail/mailer.ts'
import type { Notice, Recipient } from './notice.ts'
import { type Preferences, preferencesOf } from './preferences.ts'
import { type Devices, devicesOf } from './push/device.ts'
import type { PushSender } from './push/sender.ts'
import { knownPushHosts } from './push/subscription.ts'
import { type AddressChecks, addressChecksOf } from './verification/address-checks.ts'

export interface NoticesOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly sealer: Sealer
  /** Of the keyed hashes by which devices and addresses are found. */
  readonly hashKey: Uint8Array
  /** The origin of the portal: `https://portal.example.go.th`. */
  readonly portal: string
  readonly mailer: Mailer
  readonly push: PushSender
  /** The account's language and proved address; undefined for an account that is not there any more. */
  readonly addressOf: (account: string) => Promise<Recipient | undefined>
  /** Where devices may be registered; by default with the push services of the browsers that there are. */
  readonly pushHosts?: readonly string[]
}

/** What people are told: in their inbox, by e-mail, on their devices. */
export interface Notices extends Inbox, Preferences, Devices, AddressChecks {
  /**
   * Tells somebody something, in the caller's transaction: it is told if and only if that commits. Throws `RangeError`
   * for a link that is no path of ours.
   */
  send(client: PoolClient, notice: Notice): Promise<void>
  /** Sends what is due, at most `limit`, and says how it went. A job for every few seconds, in any number of processes. */
  deliverDue(limit?: number): Promise<Delivered>
  /** For the operator: what waits and what was given up. */
  outbox(): Promise<OutboxState>
  /** For the operator, once the mail system works again: another round for what was given up. Gives how many. */
  revive(): Promise<number>
}

export function createNotices(options: NoticesOptions): Notices {
  const { pool, clock, pushHosts = knownPushHosts } = options
  return {
    send: (client, notice) => sendNotice(options, client, notice),
    deliverDue: (limit = 200) => deliverDue(options, limit),
    outbox: () => outboxState(pool, clock()),
    revive: () => revive(pool, clock()),
    ...inboxOf(options),
    ...preferencesOf(options),
    ...devicesOf({ ...options, pushHosts }),
    ...addressChecksOf(options),
  }
}
