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

/** Of so many in one interval that row and tile disagree is told; who damaged more is found out by these. */
const mostDiffering = 100_000

/**
 * Follows one epoch's tree from checkpoint to checkpoint. A signed root tells which is right where a row and its
 * tile disagree. It holds no more than those: a log that caught up with a long backlog has millions of entries between two.
 */
export class TreeCheck {
  readonly #checkpoints: readonly (StoredCheckpoint & { readonly root: Buffer })[]
  readonly #collector: Collector
  readonly #epoch: number
  #verified = new CompactTree()
  /** By rows and by tiles: one and the same until they disagree, undefined from a leaf on that is gone. */
  #byRow: CompactTree | undefined
  #byTile: CompactTree | undefined
  #differing: TreeEntry[] = []
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
    this.#begin()
  }

  add(entry: TreeEntry): void {
    const { byRow, byTile } = entry
    const isOne = byRow !== undefined && byTile !== undefined && byRow.equals(byTile)
    if (!isOne && this.#byRow === this.#byTile) this.#byTile = this.#byRow?.clone()
    if (!isOne && this.#differing.length < mostDiffering) this.#differing.push(entry)
    this.#byRow = grown(this.#byRow, byRow)
    this.#byTile = isOne && this.#byTile === this.#byRow ? this.#byRow : grown(this.#byTile, byTile)
    const checkpoint = this.#checkpoints[this.#next]
    if (checkpoint && entry.index + 1 === checkpoint.size) this.#close(checkpoint)
  }

  /** After the last entry: what has no signature yet, and checkpoints of more than there is. */
  end(): void {
    for (const entry of this.#differing) this.#tell(entry, !entry.rowIsSuspect)
    this.#begin()
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

  #begin(): void {
    this.#byRow = this.#verified.clone()
    this.#byTile = this.#byRow
    this.#differing = []
  }

  #close(checkpoint: StoredCheckpoint & { readonly root: Buffer }): void {
    this.#next++
    const tilesAreRight = this.#byTile?.root().equals(checkpoint.root) ?? false
    const rowsAreRight = this.#byRow?.root().equals(checkpoint.root) ?? false
    for (const entry of this.#differing) {
      this.#tell(entry, rowsAreRight || (!tilesAreRight && !entry.rowIsSuspect))
    }
    if (!tilesAreRight && !rowsAreRight && !this.#lost) this.#contradiction(checkpoint)
    this.#lost ||= !tilesAreRight && !rowsAreRight
    this.#verified = (rowsAreRight ? this.#byRow : this.#byTile) ?? this.#verified
    this.#begin()
  }

  /** Row and tile disagree. `trustRow`: the row is right. */
  #tell({ byRow, byTile, index, place, rowIsSuspect }: TreeEntry, trustRow: boolean): void {
    if (byRow && trustRow) {
      const tile = { table: 'tile', epoch: this.#epoch, index }
      this.#collector.add(byTile ? 'edited' : 'removed', tile, byTile ? said.edited : said.removed)
    } else if (byRow && !rowIsSuspect) {
      this.#collector.add('edited', place, said.edited)
    }
  }

  #contradiction({ size }: StoredCheckpoint): void {
    if (this.#differing.length > 0) return
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

/** The tree with one more leaf; undefined where one is gone. */
function grown(tree: CompactTree | undefined, leaf: Buffer | undefined): CompactTree | undefined {
  if (leaf === undefined) return undefined
  tree?.append(leaf)
  return tree
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
