import type { Text } from '@sapan/kernel'

/** What one look found, for an operator. Codes are stable: monitoring may go by them. */
export interface Check<Code extends string = string> {
  readonly code: Code
  /** `bad`: something does not work. `warning`: it will not for long, or not as it should. */
  readonly outcome: 'good' | 'warning' | 'bad'
  readonly text: Text
  /** What to do; null where it is good. */
  readonly next: Text | null
}

export function good<Code extends string>(code: Code, text: Text): Check<Code> {
  return { code, outcome: 'good', text, next: null }
}

export function warning<Code extends string>(code: Code, text: Text, next: Text): Check<Code> {
  return { code, outcome: 'warning', text, next }
}

export function bad<Code extends string>(code: Code, text: Text, next: Text): Check<Code> {
  return { code, outcome: 'bad', text, next }
}

/** What only the machine shows: whoever runs the process looks there. */
export type MachineCheck = Check<'backup' | 'disk' | 'key-files'>

export type LookAtMachine = () => Promise<readonly MachineCheck[]>
