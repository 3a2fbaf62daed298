import type { Text } from '@sapan/kernel'

/** What one look found. */
export interface Check {
  readonly about: string
  readonly outcome: 'good' | 'warning' | 'bad'
  readonly text: Text
  /** What to do; only where it is not good. */
  readonly next?: Text
}

export function good(about: string, text: Text): Check {
  return { about, outcome: 'good', text }
}

export function warning(about: string, text: Text, next: Text): Check {
  return { about, outcome: 'warning', text, next }
}

export function bad(about: string, text: Text, next: Text): Check {
  return { about, outcome: 'bad', text, next }
}
