import type { Text } from '@sapan/kernel'

/** What one look found. */
export interface Check {
  /** Stable: monitoring may go by it. */
  readonly code: string
  /** The code, after the short name of the gateway or agency that was looked at. */
  readonly about: string
  readonly outcome: 'good' | 'warning' | 'bad'
  readonly text: Text
  /** What to do; only where it is not good. */
  readonly next?: Text
}

export function good(code: string, text: Text, of?: string): Check {
  return { code, about: aboutOf(code, of), outcome: 'good', text }
}

export function warning(code: string, text: Text, next: Text, of?: string): Check {
  return { code, about: aboutOf(code, of), outcome: 'warning', text, next }
}

export function bad(code: string, text: Text, next: Text, of?: string): Check {
  return { code, about: aboutOf(code, of), outcome: 'bad', text, next }
}

function aboutOf(code: string, of: string | undefined): string {
  return of === undefined ? code : `${of} ${code}`
}
