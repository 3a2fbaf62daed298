import type { Database } from '@sapan/kernel'
import { leafHash } from '@sapan/trust'
import { type Entry, entryBytes, readEntries } from '../entry.ts'
import { logEntry, statementDigest } from '../leaf.ts'
import type { StoredStatement } from '../statement.ts'
import { type Batch, beforeBatches, readBatches } from '../store/batches.ts'
import { comparePositions, type Position, type StoredRecord } from '../stored.ts'
import type { AuditedContents } from './audited-contents.ts'
import { checkSealed, digestOf, type ErasedDigests } from './check-record.ts'
import { TileLeaves } from './check-tiles.ts'
import type { TreeCheck } from './check-tree.ts'
import { type Collector, placeOf, said } from './collector.ts'
import { readRecordAt, readRecordsOf, recordKey } from './read.ts'

export interface WalkOptions {
  readonly database: Database
  readonly member: string
  readonly contents: AuditedContents
  readonly collector: Collector
  readonly statements: ReadonlyMap<string, StoredStatement & Position>
  readonly erased: ErasedDigests
  /** The tree to be followed in an epoch. */
  readonly treeOf: (epoch: number) => TreeCheck
  /** The size of the largest tree that is known of an epoch. */
  readonly mostOf: (epoch: number) => number
  readonly onEntries: (count: number) => void
}

/** What the walk saw, for what is checked afterwards. */
export interface Walked {
  /** Entries by epoch. */
  readonly sizes: Map<number, number>
  readonly erased: number
  /** The position up to which records are in the log. */
  readonly end: Position
}

/** The row of an entry, with what is wrong about it. */
interface FoundRow {
  readonly leaf: Buffer | undefined
  readonly suspect: boolean
}

/** Where an entry is, and what the tile has there. */
interface At {
  readonly epoch: number
  readonly index: number
  readonly byTile: Buffer | undefined
}

const batchesAtOnce = 16
const recordsAtOnce = 500

/** Goes through every batch of every epoch in order, and holds each entry against its row and its tile. */
export class Walk {
  readonly #options: WalkOptions
  readonly #sizes = new Map<number, number>()
  #epoch = 0
  #tree: TreeCheck | undefined
  #tiles: TileLeaves | undefined
  #end: Position = { txid: 0, ordinal: 0 }
  #erased = 0

  constructor(options: WalkOptions) {
    this.#options = options
  }

  async run(): Promise<Walked> {
    const { database, member } = this.#options
    let after = beforeBatches
    for (;;) {
      const batches = await readBatches(database, member, after, batchesAtOnce)
      const last = batches.at(-1)
      if (!last) break
      for (const batch of batches) await this.#batch(batch)
      after = last.key
    }
    this.#tree?.end()
    return { sizes: this.#sizes, erased: this.#erased, end: this.#end }
  }

  async #batch(batch: Batch): Promise<void> {
    const { collector } = this.#options
    if (batch.epoch !== this.#epoch) this.#beginEpoch(batch.epoch)
    const expected = this.#sizes.get(batch.epoch) ?? 0
    const place = { table: 'batch', epoch: batch.epoch, index: expected }
    if (batch.first !== expected) collector.add('removed', place, said.gap)
    // Where entries are missing the walk goes on behind the gap; a number beyond all that was signed is damage.
    const isGap = batch.first > expected && batch.first < this.#options.mostOf(batch.epoch)
    const first = isGap ? batch.first : expected
    const entries = readEntries(batch.entries)
    if (entries.length === 0 || batch.entries.length % entryBytes !== 0)
      collector.add('edited', place, said.edited)
    const isLink =
      batch.first === 0 && entries.length === 1 && entries[0]?.of === 'statement' && batch.epoch > 1
    const end = isLink ? this.#end : (entries.at(-1) ?? this.#end)
    if (comparePositions(batch, end) !== 0) collector.add('edited', place, said.edited)
    for (let at = 0; at < entries.length; at += recordsAtOnce) {
      await this.#entries(entries.slice(at, at + recordsAtOnce), batch.epoch, first + at, isLink)
    }
    this.#sizes.set(batch.epoch, first + entries.length)
  }

  #beginEpoch(epoch: number): void {
    this.#tree?.end()
    this.#epoch = epoch
    this.#tree = this.#options.treeOf(epoch)
    this.#tiles = new TileLeaves(this.#options.database, this.#options.member, epoch)
  }

  async #entries(entries: readonly Entry[], epoch: number, first: number, isLink: boolean): Promise<void> {
    const { database, member, collector, onEntries } = this.#options
    const exchanges = entries.flatMap((entry) => (entry.of === 'record' ? [entry.exchange] : []))
    const records = await readRecordsOf(database, member, exchanges)
    for (const [i, entry] of entries.entries()) {
      const index = first + i
      if (!isLink) {
        if (comparePositions(entry, this.#end) <= 0) {
          collector.add('reordered', { ...placeOf(entry, epoch, index), table: 'batch' }, said.moved)
        }
        this.#end = { txid: entry.txid, ordinal: entry.ordinal }
      }
      const byTile = await this.#tiles?.leaf(index)
      const row = await this.#row(entry, { epoch, index, byTile }, records)
      this.#tree?.add({
        index,
        byRow: row.leaf,
        byTile,
        rowIsSuspect: row.suspect,
        place: placeOf(entry, epoch, index),
      })
    }
    onEntries(entries.length)
  }

  async #row(entry: Entry, at: At, records: ReadonlyMap<string, StoredRecord>): Promise<FoundRow> {
    if (entry.of === 'record') {
      const record = records.get(recordKey(entry))
      if (record) return this.#record(record, entry, at)
    } else if (entry.of === 'statement') {
      const statement = this.#options.statements.get(entry.id)
      if (statement) return this.#placed(statementDigest(statement.id, statement.note), statement, entry, at)
    }
    return (await this.#misnamed(entry, at)) ?? this.#missing(entry, at)
  }

  #missing(entry: Entry, { epoch, index }: At): FoundRow {
    this.#options.collector.add('removed', placeOf(entry, epoch, index), said.removed)
    return { leaf: undefined, suspect: true }
  }

  /** The row that came in where the entry says, if it is the one that the tile has: then the entry's name was edited. */
  async #misnamed(entry: Entry, { epoch, index, byTile }: At): Promise<FoundRow | undefined> {
    const { database, member, statements, collector } = this.#options
    const record = await readRecordAt(database, member, entry)
    const statement = [...statements.values()].find((each) => comparePositions(each, entry) === 0)
    const digest = record ? digestOf(record) : statement && statementDigest(statement.id, statement.note)
    const leaf = digest && leafHash(logEntry(digest, entry))
    if (!leaf || !byTile?.equals(leaf)) return undefined
    const named = record ? { exchange: record.exchange, side: record.side, kind: record.kind } : {}
    collector.add('edited', { table: 'batch', epoch, index, ...named }, said.edited)
    return { leaf, suspect: false }
  }

  async #record(record: StoredRecord, entry: Entry, at: At): Promise<FoundRow> {
    const { collector, contents, erased } = this.#options
    const place = placeOf(entry, at.epoch, at.index)
    const digest = digestOf(record)
    if (!digest?.equals(record.digest)) {
      collector.add('edited', place, said.edited)
      return { leaf: digest && leafHash(logEntry(digest, record)), suspect: true }
    }
    const sealed = await checkSealed(record, contents, erased, place, collector)
    if (sealed === 'erased') this.#erased++
    const found = this.#placed(digest, record, entry, at)
    return sealed === 'wrong' ? { ...found, suspect: true } : found
  }

  /** Where the row says it came in must be where the batch has it; the tile tells which of them was changed. */
  #placed(digest: Buffer, row: Position, entry: Entry, { epoch, index, byTile }: At): FoundRow {
    const leaf = leafHash(logEntry(digest, row))
    if (comparePositions(row, entry) === 0) return { leaf, suspect: false }
    const place = placeOf(entry, epoch, index)
    if (byTile?.equals(leaf)) {
      this.#options.collector.add('edited', { ...place, table: 'batch' }, said.edited)
      return { leaf, suspect: false }
    }
    this.#options.collector.add('reordered', place, said.moved)
    return { leaf: leafHash(logEntry(digest, entry)), suspect: true }
  }
}
