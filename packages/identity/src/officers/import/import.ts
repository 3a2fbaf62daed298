import type { Text } from '@sapan/kernel'
import { type Act, act, type OfficersGround } from '../act.ts'
import { applyChanges } from '../apply.ts'
import type { OfficerRecord } from '../appointment.ts'
import { allChanges, type ChangedBy } from '../changes.ts'
import { type EntryFault, type OfficerEntry, readEntry } from '../entry.ts'
import { entryFault } from '../entry-faults.ts'
import { faultsOfPlan, leavesAdministrator } from '../judge.ts'
import { type Plan, planEntry } from '../plan.ts'
import type { AppointmentWatch } from '../ports.ts'
import { numberHash, recordsByDuty, recordsByNumber } from '../store/read.ts'
import { type FileRow, readOfficerFile } from './read-file.ts'

/** What became of one line, or would. */
export interface ImportLine {
  readonly line: number
  readonly outcome: 'added' | 'changed' | 'left' | 'refused'
  /** As the file has it; empty where it could not be read. */
  readonly name: string
  /** Names of what changed: fields and duties. */
  readonly changed: readonly string[]
  readonly faults: readonly EntryFault[]
}

export interface ImportReport {
  /** Whether it was brought in; nothing is while one line is refused. */
  readonly applied: boolean
  readonly lines: readonly ImportLine[]
  readonly counts: Readonly<Record<ImportLine['outcome'], number>>
  /** What is wrong with the whole. */
  readonly refused?: Text
}

export interface ImportOptions {
  /** Only says what would be done. */
  readonly isTrial?: boolean
  readonly watches?: readonly AppointmentWatch[]
  onProgress?(done: number, of: number): void
}

/** So many are read from the database, and written to it, at a time. */
const batch = 1000

/**
 * Brings in the officers of a file, all of them or none: with one line refused nothing changes. The same file once more
 * changes nothing; who is not in it stays as they are. Throws `officer-file-unreadable`, `officer-duty-missing`.
 */
export async function importOfficers(
  ground: OfficersGround,
  by: ChangedBy,
  file: Uint8Array,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const rows = readOfficerFile(file, ground.country)
  return act(ground, by, async (acting) => {
    const judged = await judgeRows(ground, acting, rows)
    const plans = judged.flatMap(({ plan }) => plan ?? [])
    const { country, sealer } = ground
    const administrators = await recordsByDuty(acting.client, sealer, acting.agency, country.administrator)
    const isKept = leavesAdministrator(plans, administrators, country, acting.at)
    const report = reportOf(judged, isKept ? undefined : entryFault('last'))
    if (options.isTrial || report.counts.refused > 0 || !isKept) return report
    await writePlans(acting, plans, options)
    return { ...report, applied: true }
  })
}

interface Judged {
  readonly row: FileRow
  readonly entry?: OfficerEntry | undefined
  readonly plan?: Plan
  readonly faults: readonly EntryFault[]
}

async function judgeRows(ground: OfficersGround, acting: Act, rows: readonly FileRow[]): Promise<Judged[]> {
  const read = rows.map((row) => ({ row, ...readEntry(row.raw, ground.country) }))
  const before = await standingByNumber(
    ground,
    acting,
    read.flatMap(({ entry }) => entry?.nationalId ?? []),
  )
  const lines = new Map<string, number>()
  const where = { agency: acting.agency, country: ground.country, at: acting.at }
  return read.map(({ row, entry, faults }) => {
    if (!entry) return { row, faults }
    const first = lines.get(entry.nationalId)
    if (first !== undefined) {
      return { row, entry, faults: [{ field: 'national_id', text: entryFault('twice', String(first)) }] }
    }
    lines.set(entry.nationalId, row.line)
    const plan = planEntry(entry, before.get(entry.nationalId), where)
    return { row, entry, plan, faults: faultsOfPlan(plan, acting, ground.country) }
  })
}

async function standingByNumber(
  { sealer, hashKey }: OfficersGround,
  { client, agency }: Act,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, OfficerRecord>> {
  const found = new Map<string, OfficerRecord>()
  for (let at = 0; at < numbers.length; at += batch) {
    const hashes = numbers.slice(at, at + batch).map((number) => numberHash(hashKey, number))
    for (const record of await recordsByNumber(client, sealer, agency, hashes)) {
      found.set(record.nationalId, record)
    }
  }
  return found
}

async function writePlans(acting: Act, plans: readonly Plan[], options: ImportOptions): Promise<void> {
  for (let at = 0; at < plans.length; at += batch) {
    const some = plans.slice(at, at + batch).map(({ changes }) => changes)
    await applyChanges(acting, allChanges(some), options.watches ?? [])
    options.onProgress?.(Math.min(at + batch, plans.length), plans.length)
  }
}

function reportOf(judged: readonly Judged[], refused: Text | undefined): ImportReport {
  const lines = judged.map(lineOf)
  const count = (outcome: ImportLine['outcome']) => lines.filter((each) => each.outcome === outcome).length
  return {
    applied: false,
    lines,
    counts: {
      added: count('added'),
      changed: count('changed'),
      left: count('left'),
      refused: count('refused'),
    },
    ...(refused ? { refused } : {}),
  }
}

function lineOf({ row, entry, plan, faults }: Judged): ImportLine {
  const name = entry ? `${entry.givenName} ${entry.familyName}`.trim() : ''
  const { line } = row
  if (!plan || faults.length > 0) return { line, outcome: 'refused', name, changed: [], faults }
  const { invited, altered, dutiesEnded, dutiesGiven } = plan.changes
  const changed = [
    ...altered.flatMap(({ fields }) => fields),
    ...dutiesEnded.map(({ held }) => `-${held.duty}`),
    ...dutiesGiven.map(({ held }) => `+${held.duty}`),
  ]
  const outcome = invited.length > 0 ? 'added' : changed.length > 0 ? 'changed' : 'left'
  return { line, outcome, name, changed, faults }
}
