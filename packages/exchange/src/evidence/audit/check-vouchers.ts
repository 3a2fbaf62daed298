import type { Database } from '@sapan/kernel'
import { parseNote, parseVkey, readJws, type Sealer, verifyCosignature, verifyTimestamp } from '@sapan/trust'
import { directoryType } from '../../directory/document.ts'
import { noteDigest } from '../stamping.ts'
import type { StoredCheckpoint } from '../store/checkpoints.ts'
import { documentIsIntact } from '../store/documents.ts'
import { stampIsIntact } from '../store/stamps.ts'
import { type Collector, said } from './collector.ts'

/** What others vouched for: cosignatures and time-stamps, each held against its checkpoint. */
export interface VoucherCheck {
  readonly database: Database
  readonly member: string
  readonly sealer: Sealer
  readonly roots: readonly string[]
  /** Verifier keys of witnesses, by name. */
  readonly witnesses: ReadonlyMap<string, readonly string[]>
  /** By epoch and size. */
  readonly checkpoints: ReadonlyMap<string, StoredCheckpoint>
  readonly collector: Collector
}

export function checkpointKey({ epoch, size }: { epoch: number; size: number }): string {
  return `${epoch} ${size}`
}

export async function checkCosignatures(check: VoucherCheck): Promise<number> {
  const { database, member, collector, checkpoints } = check
  const { rows } = await database.query<{ epoch: number; size: string; witness: string; line: string }>(
    'select epoch, size, witness, line from evidence.cosignature where member = $1 order by epoch, size',
    [member],
  )
  for (const row of rows) {
    const size = Number(row.size)
    const place = { table: 'cosignature', epoch: row.epoch, index: size - 1, exchange: row.witness }
    const checkpoint = checkpoints.get(checkpointKey({ epoch: row.epoch, size }))
    if (!checkpoint || !cosignatureHolds(checkpoint.note, row, check)) {
      collector.add('edited', place, said.edited)
    }
  }
  return rows.length
}

function cosignatureHolds(
  note: string,
  { witness, line }: { witness: string; line: string },
  { witnesses, collector }: VoucherCheck,
): boolean {
  try {
    const { signatures } = parseNote(`${parseNote(note).text}\n${line}`)
    const [only] = signatures
    if (signatures.length !== 1 || only?.name !== witness) return false
    const keys = witnesses.get(witness)
    if (!keys) {
      const th = `ไม่รู้จักกุญแจของพยาน ${witness} จึงไม่ได้ตรวจลายมือชื่อ`
      const en = `No key of the witness ${witness} is known, so its cosignatures were not checked.`
      if (!collector.notes.some((known) => known.en === en)) collector.notes.push({ th, en })
      return true
    }
    return keys.some((key) => holds(() => verifyCosignature(note, key, line)))
  } catch {
    return false
  }
}

export async function checkStamps(check: VoucherCheck): Promise<number> {
  const { database, member, sealer, roots, checkpoints, collector } = check
  const { rows } = await database.query<{ epoch: number; size: string; token: Buffer; mac: Buffer }>(
    'select epoch, size, token, mac from evidence.stamp where member = $1 order by epoch, size',
    [member],
  )
  for (const { epoch, size: text, token, mac } of rows) {
    const size = Number(text)
    const checkpoint = checkpoints.get(checkpointKey({ epoch, size }))
    const passed =
      checkpoint !== undefined &&
      stampIsIntact(sealer, member, { epoch, size, token }, mac) &&
      holds(() => verifyTimestamp(token, noteDigest(checkpoint.note), roots))
    if (!passed) collector.add('edited', { table: 'stamp', epoch, index: size - 1 }, said.edited)
  }
  return rows.length
}

/** Checks the kept directories and grants, and gives the witnesses' keys that the directories name. */
export async function checkDocuments(
  database: Database,
  sealer: Sealer,
  collector: Collector,
): Promise<Map<string, string[]>> {
  const { rows } = await database.query<{ kind: string; key: string; content: string; mac: Buffer }>(
    'select kind, key, content, mac from evidence.document order by kind, key',
  )
  const keys = new Map<string, string[]>()
  for (const { kind, key, content, mac } of rows) {
    if (!documentIsIntact(sealer, { kind, key, content }, mac)) {
      collector.add('edited', { table: 'document', exchange: `${kind} ${key}` }, said.edited)
    } else if (kind === 'directory') {
      for (const vkey of witnessKeys(content)) addKey(keys, vkey)
    }
  }
  return keys
}

export function addKey(keys: Map<string, string[]>, vkey: string): void {
  try {
    const { name } = parseVkey(vkey)
    const known = keys.get(name) ?? []
    if (!known.includes(vkey)) keys.set(name, [...known, vkey])
  } catch {
    // A key that cannot be read verifies nothing.
  }
}

function witnessKeys(jws: string): string[] {
  const { witnesses } = readJws(jws, { type: directoryType }).payload
  if (!Array.isArray(witnesses)) return []
  return witnesses.flatMap((witness: unknown) => {
    const isWitness = typeof witness === 'object' && witness !== null && 'vkey' in witness
    return isWitness && typeof witness.vkey === 'string' ? [witness.vkey] : []
  })
}

function holds(check: () => unknown): boolean {
  try {
    check()
    return true
  } catch {
    return false
  }
}
