import type { Text } from '@sapan/kernel'

/** What one look at the gateway found, for its operator. Codes are stable: monitoring may go by them. */
export interface Check {
  readonly code: CheckCode
  /** `bad`: something does not work. `warning`: it will not for long, or not as it should. */
  readonly outcome: 'good' | 'warning' | 'bad'
  readonly text: Text
  /** What to do; null where it is good. */
  readonly next: Text | null
}

export type CheckCode =
  | 'alerts'
  | 'certificate'
  | 'clock'
  | 'database'
  | 'dead-letters'
  | 'directory'
  | 'durability'
  | 'log'
  | 'messages-not-sent'
  | 'messages-not-taken'
  | 'one-sided'
  | 'open-edge'
  | 'own-address'
  | 'peer'
  | 'retention'
  | 'topics-stuck'

export function good(code: CheckCode, text: Text): Check {
  return { code, outcome: 'good', text, next: null }
}

export function warning(code: CheckCode, text: Text, next: Text): Check {
  return { code, outcome: 'warning', text, next }
}

export function bad(code: CheckCode, text: Text, next: Text): Check {
  return { code, outcome: 'bad', text, next }
}
