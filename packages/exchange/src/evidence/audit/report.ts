import type { Text } from '@sapan/kernel'

export interface AuditOptions {
  readonly onProgress?: (done: number, total: number) => void
  /** Compares with the latest checkpoints that witnesses hold, which shows a log cut short. */
  readonly askWitnesses?: boolean
  /** At most this many findings are listed; 100 when absent. */
  readonly most?: number
}

/** What is wrong with one row. */
export interface AuditFinding {
  /** `lost`: by the archive, not by the database. */
  readonly code: 'edited' | 'removed' | 'reordered' | 'added' | 'unreadable' | 'contradiction' | 'lost'
  /** The evidence table with the damage. */
  readonly table: string
  readonly epoch: number | null
  /** Where in the log, from 0; null for what has no place there. */
  readonly index: number | null
  readonly exchange: string | null
  readonly side: string | null
  readonly kind: string | null
  /** In plain words, with the row named. */
  readonly text: Text
}

export interface AuditReport {
  readonly member: string
  readonly sound: boolean
  /** Log entries checked, over all epochs. */
  readonly entries: number
  /** Records that wait for the log. */
  readonly unsequenced: number
  readonly checkpoints: number
  readonly cosignatures: number
  readonly stamps: number
  readonly erased: number
  /** How many findings there are; `findings` lists the first of them. */
  readonly found: number
  readonly findings: readonly AuditFinding[]
  /** What was not checked, and why. */
  readonly notes: readonly Text[]
}
