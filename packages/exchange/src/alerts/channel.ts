import type { Text } from '@sapan/kernel'
import type { AlertEvent } from './changes.ts'
import type { AlertOutcome } from './store.ts'
import type { AlertSubject } from './subject.ts'

/** What a channel is told. */
export type AlertNews = AlertSubject & (Test | Happened)

interface Test {
  readonly event: 'test'
  readonly at: string
}

interface Happened {
  readonly event: AlertEvent
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
