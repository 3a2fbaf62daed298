import type { Text } from '@sapan/kernel'

/** What stands against a definition, where, and why. */
export interface Finding {
  /** `form.yaml`; of a folder, with the way to it. */
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly column: number
  /** What sort of finding: `unknown-key`. */
  readonly code: FindingCode
  readonly reason: Text
}

export const findingCodes = [
  'not-yaml',
  'too-large',
  'too-deep',
  'alias',
  'forbidden-key',
  'duplicate-key',
  'number',
  'unknown-key',
  'missing-key',
  'missing-text',
  'wrong-value',
  'missing-file',
  'unknown-member',
  'unknown-purpose',
  'unknown-law',
  'unknown-duty',
  'unknown-scope',
  'unknown-level',
  'unknown-life-event',
  'unknown-term',
  'unknown-template',
  'unknown-table',
  'unknown-id',
  'taken-id',
  'expression',
  'unknown-path',
  'wrong-type',
  'cycle',
  'unreachable',
  'unused',
  'field',
  'once-only',
  'no-grant',
  'not-granted',
  'unknown-operation',
  'parameters',
  'output-data',
] as const

export type FindingCode = (typeof findingCodes)[number]
