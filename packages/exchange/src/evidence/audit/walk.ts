import { leafHash, type Sealer } from '@sapan/trust'
import { type Entry, entryBytes, readEntries } from '../entry.ts'
import { logEntry, statementDigest } from '../leaf.ts'
import type { StoredStatement } from '../statement.ts'
import { type Batch, readBatches } from '../store/batches.ts'
import type { Database } from '../store/transaction.ts'
import { comparePositions, type Position, type StoredRecord } from '../stored.ts'
import { checkSealed, digestOf, type ErasedDigests } from './check-record.ts'
import { TileLeaves } from './check-tiles.ts'
import type { TreeCheck } from './check-tree.ts'
import { type Collector, placeOf, said } from './collector.ts'
import { readRecordsOf, recordKey } from './read.ts'

export interface WalkOptions {
  readonly database: Database
  readonly member: string
  readonly sealer: Sealer
  readonly collector: Collector
  readonly statements: ReadonlyMap<string, StoredStatement & Position>
  readonly erased: ErasedDigests
  /** The tree to be followed in an epoch. */
  readonly treeOf: (epoch: number) => TreeCheck
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
    let after = { epoch: -1, first: -1 }
    for (;;) {
      const batches = await readBatches(database, member, after, batchesAtOnce)
      const last = batches.at(-1)
      if (!last) break
      for (const batch of batches) await this.#batch(batch)
      after = { epoch: last.epoch, first: last.first }
    }
    this.#tree?.end()
    return { sizes: this.#sizes, erased: this.#erased, end: this.#end }
  }

  async #batch(batch: Batch): Promise<void> {
    const { collector } = this.#options
    if (batch.epoch !== this.#epoch) this.#beginEpoch(batch.epoch)
    const expected = this.#sizes.get(batch.epoch) ?? 0
    const place = { table: 'batch', epoch: batch.epoch, index: batch.first }
    if (batch.first !== expected) collector.add('removed', place, said.gap)
    const entries = readEntries(batch.entries)
    if (entries.length === 0 || batch.entries.length % entryBytes !== 0)
      collector.add('edited', place, said.edited)
    const isLink =
      batch.first === 0 && entries.length === 1 && entries[0]?.of === 'statement' && batch.epoch > 1
    const end = isLink ? this.#end : (entries.at(-1) ?? this.#end)
    if (comparePositions(batch, end) !== 0) collector.add('edited', place, said.edited)
    for (let at = 0; at < entries.length; at += recordsAtOnce) {
      await this.#entries(entries.slice(at, at + recordsAtOnce), batch.epoch, batch.first + at, isLink)
    }
    this.#sizes.set(batch.epoch, batch.first + entries.length)
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
      const row = this.#row(entry, epoch, index, records)
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

  #row(entry: Entry, epoch: number, index: number, records: ReadonlyMap<string, StoredRecord>): FoundRow {
    const { collector, statements } = this.#options
    const place = placeOf(entry, epoch, index)
    if (entry.of === 'record') {
      const record = records.get(recordKey(entry))
      if (record) return this.#record(record, entry, epoch, index)
    } else if (entry.of === 'statement') {
      const statement = statements.get(entry.id)
      if (statement) return this.#statement(statement, entry, epoch, index)
    }
    collector.add('removed', place, said.removed)
    return { leaf: undefined, suspect: true }
  }

  #record(record: StoredRecord, entry: Entry, epoch: number, index: number): FoundRow {
    const { collector, sealer, erased } = this.#options
    const place = placeOf(entry, epoch, index)
    const digest = digestOf(record)
    if (!digest?.equals(record.digest)) {
      collector.add('edited', place, said.edited)
      return { leaf: digest && leafHash(logEntry(digest, record)), suspect: true }
    }
    if (checkSealed(record, sealer, erased, place, collector)) this.#erased++
    return this.#placed(digest, record, entry, epoch, index)
  }

  #statement(statement: StoredStatement & Position, entry: Entry, epoch: number, index: number): FoundRow {
    return this.#placed(statementDigest(statement.id, statement.note), statement, entry, epoch, index)
  }

  /** Where the row says it came in must be where the batch has it; the tree then says which of them was changed. */
  #placed(digest: Buffer, row: Position, entry: Entry, epoch: number, index: number): FoundRow {
    const leaf = leafHash(logEntry(digest, row))
    if (comparePositions(row, entry) === 0) return { leaf, suspect: false }
    this.#options.collector.add('reordered', placeOf(entry, epoch, index), said.moved)
    return { leaf: leafHash(logEntry(digest, entry)), suspect: true }
  }
}
