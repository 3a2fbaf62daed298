import type { Clock, Pool } from '@sapan/kernel'
import { type ArchiveTotals, readTotals } from '../store/archive.ts'
import { listRestored } from '../store/restored.ts'
import type { ArchivePlan } from './archiving.ts'

/** How the archive stands. */
export interface ArchiveStanding extends ArchiveTotals {
  /** Where it is; null where contents were archived once, and the configuration has no archive now. */
  readonly place: string | null
  readonly afterDays: number | null
  /** By how many milliseconds contents are late; 0 before the first round. */
  readonly behind: number
  /** Members whose logs came out of a backup: until each is recovered, no round touches the archive. */
  readonly restored: readonly string[]
}

const day = 86_400_000

/** Undefined where there is no archive and never was one. */
export async function readArchive(
  pool: Pool,
  plan: ArchivePlan | undefined,
  clock: Clock,
): Promise<ArchiveStanding | undefined> {
  const totals = await readTotals(pool)
  if (plan === undefined && totals.segments === 0) return undefined
  const { place } = plan?.store ?? { place: null }
  const afterDays = plan?.afterDays ?? null
  const due = afterDays === null ? 0 : clock() - (afterDays + 1) * day
  const behind = totals.reached === null ? 0 : Math.max(0, due - totals.reached)
  return { ...totals, place, afterDays, behind, restored: await listRestored(pool) }
}
