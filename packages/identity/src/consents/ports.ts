import type { ConsentReceipt, StatusRef } from '@sapan/exchange'
import type { Pool, PoolClient, Text } from '@sapan/kernel'
import type { ConsentHistoryKind } from './history-kinds.ts'
import type { PlainWords } from './plain-words.ts'

/** The other rooms, as consents know them. */
export interface ConsentPorts {
  readonly accounts: {
    find(id: string): Promise<{ readonly state: string } | undefined>
    findByIdentifier(
      scheme: 'national-id' | 'foreigner-number',
      value: string,
    ): Promise<{ readonly id: string } | undefined>
    identifiersOf(
      id: string,
    ): Promise<readonly { readonly scheme: string; readonly value: string; readonly proved: boolean }[]>
  }
  readonly history: {
    record(
      client: Pool | PoolClient,
      event: {
        readonly account: string
        readonly kind: ConsentHistoryKind
        readonly detail?: Record<string, string>
        readonly session?: string
      },
    ): Promise<void>
  }
  readonly notices: {
    send(
      client: PoolClient,
      notice: {
        readonly account: string
        readonly kind: 'consent'
        readonly title: Text
        readonly body: Text
        readonly link?: string
        readonly key?: string
      },
    ): Promise<unknown>
  }
  readonly statuses: {
    allocate(
      client: PoolClient,
      entry: { readonly account: string; readonly kind: 'consent' },
    ): Promise<StatusRef>
    set(client: PoolClient, ref: StatusRef, status: 'withdrawn'): Promise<void>
  }
  readonly tokens: { consent(receipt: Omit<ConsentReceipt, 'issuer'>): string }
  readonly words: PlainWords
}
