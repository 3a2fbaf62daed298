import { inTransaction, type Pool, Problem } from '@sapan/kernel'
import {
  formatCheckpoint,
  hashesFromTiles,
  parseCheckpoint,
  parseNote,
  rootHash,
  type Sealer,
  type Signer,
  signNote,
  verifyNote,
  vkey,
} from '@sapan/trust'
import { exchangeProblems } from '../problems.ts'
import { logOrigin } from './origin.ts'
import { insertCheckpoint, readLastCheckpoint, type StoredCheckpoint } from './store/checkpoints.ts'
import { type LogHead, readLogHead } from './store/log-heads.ts'
import { tileReader } from './store/tiles.ts'

export interface CheckpointerOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly member: string
  /** The member's log key. */
  readonly signer: Signer
}

/** Signs the heads of a member's log: only what is committed, and never less than was signed before. */
export class Checkpointer {
  readonly #options: CheckpointerOptions
  /** What this process signed last, so that a database set back beneath it is noticed. */
  #signed: { readonly epoch: number; readonly size: number; readonly root: Buffer } | undefined

  constructor(options: CheckpointerOptions) {
    this.#options = options
  }

  /**
   * Whether the database has less than this process has signed, or other entries: it may have grown again since it
   * was set back.
   */
  async isSetBack({ epoch, size }: LogHead): Promise<boolean> {
    const signed = this.#signed
    if (!signed || epoch > signed.epoch) return false
    if (epoch < signed.epoch || size < signed.size) return true
    return size > signed.size && !signed.root.equals(await this.#root(epoch, signed.size))
  }

  /** Throws `evidence-damaged` unless the tree still has the root of the last checkpoint. */
  async checkLast(epoch: number): Promise<StoredCheckpoint | undefined> {
    const { pool, member } = this.#options
    const last = await readLastCheckpoint(pool, member, epoch)
    if (!last) return undefined
    const { root } = parseCheckpoint(parseNote(last.note).text)
    if (!root.equals(await this.#root(epoch, last.size))) throw damaged(member, last.size)
    return last
  }

  /** A checkpoint of the empty log, to ask a witness what it knows; not kept. */
  async empty(epoch: number): Promise<StoredCheckpoint> {
    return { epoch, size: 0, note: this.#sign(epoch, 0, await this.#root(epoch, 0)) }
  }

  /**
   * The checkpoint of the head, signed and kept. Undefined where the lease has passed to another, whose turn it
   * then is.
   */
  async sign(head: LogHead): Promise<StoredCheckpoint | undefined> {
    const { pool, sealer, member } = this.#options
    const { epoch, size } = head
    const root = await this.#root(epoch, size)
    const signed = await inTransaction(pool, async (client) => {
      const found = await readLogHead(client, sealer, member, true)
      if (found?.head.term !== head.term || found.head.epoch !== epoch || found.head.size < size)
        return undefined
      const checkpoint = { epoch, size, note: this.#sign(epoch, size, root) }
      await insertCheckpoint(client, member, checkpoint)
      return checkpoint
    })
    if (signed) this.#signed = { epoch, size, root }
    return signed
  }

  /**
   * What a checkpoint that somebody else holds proves against this database, since none but this log's key can have signed it:
   * that more was signed than is there (`ahead`), or another tree (`contradicts`). Null where it is not this log's, or fits.
   */
  async provedBy(note: string, { epoch, size }: StoredCheckpoint): Promise<Proved | null> {
    const origin = logOrigin(this.#options.member, epoch)
    const signed = readOwn(note, vkey(origin, this.#options.signer.publicKey))
    if (signed?.origin !== origin) return null
    if (signed.size > size) return { outcome: 'ahead', size: signed.size }
    return signed.root.equals(await this.#root(epoch, signed.size)) ? null : { outcome: 'contradicts' }
  }

  #sign(epoch: number, size: number, root: Buffer): string {
    const origin = logOrigin(this.#options.member, epoch)
    return signNote(formatCheckpoint({ origin, size, root }), { name: origin, signer: this.#options.signer })
  }

  async #root(epoch: number, size: number): Promise<Buffer> {
    const { pool, member } = this.#options
    return await rootHash(size, hashesFromTiles(size, tileReader(pool, member, epoch)))
  }
}

export type Proved =
  | { readonly outcome: 'ahead'; readonly size: number }
  | { readonly outcome: 'contradicts' }

/** Undefined where it is no checkpoint with that key's signature. */
function readOwn(note: string, key: string): ReturnType<typeof parseCheckpoint> | undefined {
  try {
    return parseCheckpoint(verifyNote(note, [key]).text)
  } catch {
    return undefined
  }
}

function damaged(member: string, size: number): Problem {
  return new Problem(exchangeProblems['evidence-damaged'], {
    detail: {
      th: `ต้นไม้ของล็อก ${member} ไม่ตรงกับจุดตรวจที่ลงนามไว้ ณ ขนาด ${size}`,
      en: `The tree of the log of ${member} does not have the root that was signed at size ${size}.`,
    },
  })
}
