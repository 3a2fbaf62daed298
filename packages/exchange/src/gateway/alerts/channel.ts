import type { Text } from '@sapan/kernel'
import type { AlertOutcome } from '../store/alerts.ts'
import type { AlertEvent } from './changes.ts'

/** What a channel is told. */
export type AlertNews =
  | { readonly event: 'test'; readonly gateway: string; readonly at: string }
  | {
      readonly event: AlertEvent
      readonly gateway: string
      readonly code: string
      readonly outcome: AlertOutcome | 'good'
      readonly since: string
      readonly at: string
      /** Absent where it has ended. */
      readonly checks?: readonly { readonly text: Text; readonly next: Text | null }[]
    }

/** Sends what happened, under a number that is the same at each attempt. Rejects where it was not taken. */
export type SendAlert = (id: string, news: AlertNews) => Promise<void>

/** A way to the operator. */
export interface AlertChannel {
  /** Under it is kept what was told: `webhook`, or `mailto:` and an address. */
  readonly name: string
  readonly send: SendAlert
}

/** What a channel is, without whom it leads to. */
export function kindOfChannel(name: string): 'webhook' | 'e-mail' {
  return name === 'webhook' ? 'webhook' : 'e-mail'
}
