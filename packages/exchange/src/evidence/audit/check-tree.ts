import { counted } from '@sapan/kernel'
import { type Checkpoint, CompactTree, parseCheckpoint, parseNote, verifyNote } from '@sapan/trust'
import { logOrigin } from '../origin.ts'
import type { StoredCheckpoint } from '../store/checkpoints.ts'
import { type Collector, type Place, said } from './collector.ts'

/** A log entry as the tree sees it. */
export interface TreeEntry {
  readonly index: number
  /** By the row; undefined where the row is gone. */
  readonly byRow: Buffer | undefined
  /** By the tile; undefined where the tile is gone. */
  readonly byTile: Buffer | undefined
  /** What the row itself showed to be wrong, if anything did. */
  readonly rowIsSuspect: boolean
  readonly place: Place
}

/**
 * Follows one epoch's tree from checkpoint to checkpoint. A signed root tells which is right where a row and its
 * tile disagree.
 */
export class TreeCheck {
  readonly #checkpoints: readonly (StoredCheckpoint & { readonly root: Buffer })[]
  readonly #collector: Collector
  readonly #epoch: number
  #verified = new CompactTree()
  #interval: TreeEntry[] = []
  #next = 0
  #lost = false

  constructor(
    epoch: number,
    checkpoints: readonly (StoredCheckpoint & { root: Buffer })[],
    collector: Collector,
  ) {
    this.#epoch = epoch
    this.#checkpoints = checkpoints
    this.#collector = collector
  }

  add(entry: TreeEntry): void {
    this.#interval.push(entry)
    const checkpoint = this.#checkpoints[this.#next]
    if (checkpoint && entry.index + 1 === checkpoint.size) this.#close(checkpoint)
  }

  /** After the last entry: what has no signature yet, and checkpoints of more than there is. */
  end(): void {
    for (const entry of this.#interval) this.#compare(entry, !entry.rowIsSuspect)
    this.#interval = []
    for (const { size } of this.#checkpoints.slice(this.#next)) {
      this.#collector.add(
        'removed',
        { table: 'batch', epoch: this.#epoch, index: size - 1 },
        {
          th: `ล็อกสั้นกว่าจุดตรวจที่ลงนามไว้ ${size} รายการ`,
          en: `the log is shorter than the ${counted(size, 'entry', 'entries')} of a signed checkpoint`,
        },
      )
    }
  }

  #close(checkpoint: StoredCheckpoint & { readonly root: Buffer }): void {
    this.#next++
    const byTile = this.#grown(({ byTile }) => byTile)
    const byRow = this.#grown(({ byRow }) => byRow)
    const tilesAreRight = byTile?.root().equals(checkpoint.root) ?? false
    const rowsAreRight = byRow?.root().equals(checkpoint.root) ?? false
    for (const entry of this.#interval) {
      this.#compare(entry, rowsAreRight || (!tilesAreRight && !entry.rowIsSuspect))
    }
    if (!tilesAreRight && !rowsAreRight && !this.#lost) this.#contradiction(checkpoint)
    this.#lost ||= !tilesAreRight && !rowsAreRight
    const right = rowsAreRight ? byRow : byTile
    this.#verified = right ?? this.#verified
    this.#interval = []
  }

  /** The tree with this interval's entries; undefined where one is gone. */
  #grown(leafOf: (entry: TreeEntry) => Buffer | undefined): CompactTree | undefined {
    const tree = this.#verified.clone()
    for (const entry of this.#interval) {
      const leaf = leafOf(entry)
      if (!leaf) return undefined
      tree.append(leaf)
    }
    return tree
  }

  /** `trustRow`: the row is right where it and the tile disagree. */
  #compare({ byRow, byTile, index, place, rowIsSuspect }: TreeEntry, trustRow: boolean): void {
    if (byRow && byTile && byRow.equals(byTile)) return
    if (byRow && trustRow) {
      const tile = { table: 'tile', epoch: this.#epoch, index }
      this.#collector.add(byTile ? 'edited' : 'removed', tile, byTile ? said.edited : said.removed)
    } else if (byRow && !rowIsSuspect) {
      this.#collector.add('edited', place, said.edited)
    }
  }

  #contradiction({ size }: StoredCheckpoint): void {
    const others = this.#interval.some(({ byRow, byTile }) => !byRow || !byTile || !byRow.equals(byTile))
    if (others) return
    this.#collector.add(
      'contradiction',
      { table: 'checkpoint', epoch: this.#epoch, index: size - 1 },
      {
        th: `รายการที่ ${this.#verified.size} ถึง ${size - 1} ไม่ใช่รายการที่ลงนามไว้`,
        en: `entries ${this.#verified.size} to ${size - 1} are not those that were signed`,
      },
    )
  }
}

/** A checkpoint's content, if its signature and its row agree with it. */
export function readCheckpoint(
  { epoch, size, note }: StoredCheckpoint,
  member: string,
  vkey: string,
  collector: Collector,
): Checkpoint | undefined {
  try {
    // As the log signed it: one signature, nothing beside it.
    const { text } = verifyNote(note, [vkey])
    const checkpoint = parseCheckpoint(text)
    const whole = parseNote(note).signatures.length === 1
    if (whole && checkpoint.size === size && checkpoint.origin === logOrigin(member, epoch)) return checkpoint
  } catch {
    // Said below.
  }
  collector.add('edited', { table: 'checkpoint', epoch, index: size - 1 }, said.edited)
  return undefined
}
