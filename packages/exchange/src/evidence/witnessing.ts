import type { Database, Logger, Pool } from '@sapan/kernel'
import { inTransaction } from '@sapan/kernel'
import { consistencyProof, hashesFromTiles, parseNote, type Sealer, verifyCosignature } from '@sapan/trust'
import type { Proved } from './checkpointing.ts'
import { logOrigin } from './origin.ts'
import { insertCosignature, readWitnessedSizes, type StoredCheckpoint } from './store/checkpoints.ts'
import { readLogHead, saveLogHead } from './store/log-heads.ts'
import { tileReader } from './store/tiles.ts'
import type { WitnessClient, WitnessReply } from './witness-client.ts'
import { witnessedSize } from './witness-policy.ts'

export interface WitnessingOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly member: string
  readonly log: Logger
  readonly witnesses: () => readonly WitnessClient[]
  readonly witnessesAtLeast: number
  /** Milliseconds that one call may take. */
  readonly callWithin: number
  /** What a checkpoint that a witness shows proves against this database. */
  readonly provedBy: (note: string, checkpoint: StoredCheckpoint) => Promise<Proved | null>
}

/** What came of offering a checkpoint to one witness. */
export type Offered =
  | { readonly outcome: 'cosigned' }
  /** It knows less than the checkpoint, or nothing of the log. */
  | { readonly outcome: 'behind' }
  /** It shows that this log signed more than this database has: `size` entries. */
  | { readonly outcome: 'ahead'; readonly size: number }
  /** It shows that this log signed another tree. */
  | { readonly outcome: 'contradicts' }
  | { readonly outcome: 'failed'; readonly reason: string }

/** It says that it knows more, or another log. */
interface Objection {
  readonly outcome: 'objects'
}
const objection: Objection = { outcome: 'objects' }

/** Offers a member's checkpoints to its witnesses, and keeps what they sign. */
export class Witnessing {
  readonly #options: WitnessingOptions
  /** Why the last try failed, by witness. */
  readonly failures = new Map<string, string>()

  constructor(options: WitnessingOptions) {
    this.#options = options
  }

  /** Offers a checkpoint to every witness that has not signed it, at the same time. */
  async offer(checkpoint: StoredCheckpoint, again = false): Promise<Offered[]> {
    const { pool, member, witnesses } = this.#options
    const sizes = await readWitnessedSizes(pool, member, checkpoint.epoch)
    const wanted = witnesses().filter(({ name }) => again || (sizes.get(name) ?? -1) < checkpoint.size)
    return await Promise.all(
      wanted.map((witness) =>
        this.#offerTo(witness, checkpoint, Math.min(sizes.get(witness.name) ?? 0, checkpoint.size)),
      ),
    )
  }

  async #offerTo(witness: WitnessClient, checkpoint: StoredCheckpoint, known: number): Promise<Offered> {
    try {
      const said = await this.#submit(witness, checkpoint, known)
      const offered = said.outcome === 'objects' ? await this.#shown(witness, checkpoint) : said
      if (offered.outcome === 'failed') this.failures.set(witness.name, offered.reason)
      else this.failures.delete(witness.name)
      return offered
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.failures.set(witness.name, reason)
      this.#options.log.warn({ witness: witness.name, member: this.#options.member, error }, 'witness failed')
      return { outcome: 'failed', reason }
    }
  }

  /** That a log may not go on is nothing to be believed: a witness could stop every log by a word. It must show what was signed. */
  async #shown(witness: WitnessClient, checkpoint: StoredCheckpoint): Promise<Offered> {
    const { member, callWithin, provedBy } = this.#options
    const asked = witness.latest?.(logOrigin(member, checkpoint.epoch))
    const note = asked ? await orAbort(AbortSignal.timeout(callWithin), asked) : null
    const proved = note === null ? null : await provedBy(note, checkpoint)
    return (
      proved ?? { outcome: 'failed', reason: 'it speaks of another log, and shows none that this one signed' }
    )
  }

  /** Our memory of what the witness knows can be behind: it then says what it knows, and is asked once more. */
  async #submit(
    witness: WitnessClient,
    checkpoint: StoredCheckpoint,
    known: number,
  ): Promise<Exclude<Offered, Proved> | Objection> {
    const first = await this.#call(witness, checkpoint, known)
    if (first.status !== 'conflict') return await this.#settle(witness, checkpoint, first)
    if (first.size > checkpoint.size || first.size === known) return objection
    const second = await this.#call(witness, checkpoint, first.size)
    if (second.status !== 'conflict') return await this.#settle(witness, checkpoint, second)
    if (second.size > checkpoint.size || second.size === first.size) return objection
    return { outcome: 'behind' }
  }

  async #call(
    witness: WitnessClient,
    { epoch, size, note }: StoredCheckpoint,
    known: number,
  ): Promise<WitnessReply> {
    const { pool, member, callWithin } = this.#options
    const proof = await consistencyProof(known, size, hashesFromTiles(size, tileReader(pool, member, epoch)))
    const signal = AbortSignal.timeout(callWithin)
    return await orAbort(signal, witness.submit(logOrigin(member, epoch), known, proof, note, signal))
  }

  async #settle(
    witness: WitnessClient,
    checkpoint: StoredCheckpoint,
    reply: Exclude<WitnessReply, { status: 'conflict' }>,
  ): Promise<Exclude<Offered, Proved> | Objection> {
    if (reply.status === 'refused') {
      if (reply.code === 404) return { outcome: 'behind' }
      if (reply.code === 422) return objection
      return { outcome: 'failed', reason: `refused with ${reply.code}` }
    }
    const lines = reply.lines.map((line) => (line.endsWith('\n') ? line : `${line}\n`)).join('')
    verifyCosignature(checkpoint.note, witness.vkey, lines)
    if (checkpoint.size > 0) await this.#keep(witness, checkpoint, lines)
    return { outcome: 'cosigned' }
  }

  async #keep(witness: WitnessClient, { epoch, size, note }: StoredCheckpoint, lines: string): Promise<void> {
    const { pool, sealer, member } = this.#options
    const { signatures } = parseNote(`${parseNote(note).text}\n${lines}`)
    const line = signatures.find(({ name }) => name === witness.name)?.line
    if (line === undefined) throw new Error('the witness signed under another name')
    await inTransaction(pool, async (client) => {
      const found = await readLogHead(client, sealer, member, true)
      const before = await this.#enoughCosigned(client, epoch)
      await insertCosignature(client, member, { epoch, size, witness: witness.name, line })
      if (!found || found.head.unwitnessedSince === null || found.head.epoch !== epoch) return
      const enough = await this.#enoughCosigned(client, epoch)
      if (enough === before && enough < found.head.size) return
      const unwitnessedSince = found.head.size <= enough ? null : found.now
      await saveLogHead(client, sealer, { ...found.head, unwitnessedSince })
    })
  }

  /** The size that as many witnesses as are demanded have cosigned. */
  async #enoughCosigned(database: Database, epoch: number): Promise<number> {
    const { member, witnesses, witnessesAtLeast } = this.#options
    const names = witnesses().map(({ name }) => name)
    return witnessedSize(await readWitnessedSizes(database, member, epoch), names, witnessesAtLeast)
  }
}

/** The call's result, or a rejection when the signal fires: not every client heeds it. */
export async function orAbort<T>(signal: AbortSignal, call: Promise<T>): Promise<T> {
  return await new Promise<T>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    call.then(resolve, reject)
  })
}
