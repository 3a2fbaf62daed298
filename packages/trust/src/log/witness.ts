import { type Clock, Problem } from '@sapan/kernel'
import type { Signer } from '../keys/signer.ts'
import { type Checkpoint, parseCheckpoint, parseRoot, parseSize } from './checkpoint.ts'
import { cosign } from './cosignature.ts'
import { emptyRoot } from './hash.ts'
import { addSignatures, parseNote, verifyNote } from './note.ts'
import { verifyConsistency } from './proofs.ts'
import { cosignerVkey, type NoteVerifier, noteSignature, parseVkey } from './vkey.ts'

/** The latest checkpoint of a log that the witness cosigned. */
export interface WitnessedCheckpoint {
  readonly size: number
  readonly root: Buffer
  /** The note with the log's signature and the witness's cosignature. */
  readonly note: string
}

/** Where the witness remembers, durably: a restart that forgets would let a log go back. */
export interface WitnessStore {
  read(origin: string): Promise<WitnessedCheckpoint | undefined>
  /**
   * Replaces what is held for the origin, in one step, if its size is still `oldSize` (0: nothing held, or a
   * checkpoint of size 0). Returns whether it did. Must be on disk when it resolves.
   */
  compareAndSet(origin: string, oldSize: number, size: number, root: Buffer, note: string): Promise<boolean>
}

export interface WitnessOptions {
  /** The name in cosignatures: `center.example/witness`. */
  readonly name: string
  /** Ed25519, for nothing but this witness (c2sp.org/tlog-cosignature §Ed25519 signed message). */
  readonly signer: Signer
  readonly clock: Clock
  readonly store: WitnessStore
  /** The vkeys of a log, by its origin; undefined for a log that is not witnessed here. */
  readonly logs: (origin: string) => readonly string[] | undefined | Promise<readonly string[] | undefined>
}

/** Two signed statements of a log that cannot both be true: proof of a fork. */
export interface Contradiction {
  readonly origin: string
  /**
   * `same-size`: another root at the size that was cosigned. `not-consistent`: a larger tree for which no proof was
   * given that it continues the cosigned one. The second is proof only if the log cannot give that proof later.
   */
  readonly kind: 'same-size' | 'not-consistent'
  readonly held: WitnessedCheckpoint
  readonly offered: WitnessedCheckpoint
}

/** An HTTP answer of the witness protocol. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly contentType: string
  readonly body: string
  /** To be reported: the log's operator, and the other witnesses, must know. */
  readonly contradiction?: Contradiction
}

/** A request is no larger than this: 63 hashes, and a checkpoint with its signatures. */
const mostBytes = 64 * 1024
const mostProofLines = 63

const plain = 'text/plain; charset=utf-8'

/**
 * A transparency log witness (c2sp.org/tlog-witness): cosigns a log's checkpoints as long as each continues the one
 * before. Holds no state of its own, so that several processes can share a store.
 */
export class Witness {
  readonly #options: WitnessOptions

  constructor(options: WitnessOptions) {
    this.#options = options
    // Refuses a name or key that cannot cosign when it is set up, not at the first checkpoint.
    cosignerVkey(options.name, options.signer.publicKey)
  }

  /** The key with which others verify its cosignatures. */
  get vkey(): string {
    return cosignerVkey(this.#options.name, this.#options.signer.publicKey)
  }

  /** Answers `POST …/add-checkpoint`. Rejects only when the store does. */
  async addCheckpoint(body: string | Uint8Array): Promise<WitnessAnswer> {
    const submission = readSubmission(body)
    if (!submission) return refusal(400, 'This is not an add-checkpoint request of c2sp.org/tlog-witness.')
    const { checkpoint, oldSize } = submission
    const keys = await this.#options.logs(checkpoint.origin)
    if (!keys) return refusal(404, 'This log is not witnessed here.')
    const note = noteOfLog(submission.note, keys)
    if (note === undefined) return refusal(403, 'The checkpoint is not signed by the log.')
    if (oldSize > checkpoint.size) return refusal(400, 'The old size is above the size of the checkpoint.')
    return await this.#judge({ ...submission, note })
  }

  async #judge(submission: Submission): Promise<WitnessAnswer> {
    const { checkpoint, oldSize } = submission
    const held = await this.#options.store.read(checkpoint.origin)
    const contradiction = held && contradictionBetween(held, submission)
    const answer =
      oldSize === (held?.size ?? 0) ? await this.#continue(submission, held) : conflict(held?.size ?? 0)
    return contradiction ? { ...answer, contradiction } : answer
  }

  /** The old size is the one that is held: the checkpoint must continue it. */
  async #continue(
    { checkpoint, note, proof, oldSize }: Submission,
    held: WitnessedCheckpoint | undefined,
  ): Promise<WitnessAnswer> {
    const { origin, size, root } = checkpoint
    const oldRoot = held?.root ?? emptyRoot()
    if (!verifyConsistency({ oldSize, oldRoot, newSize: size, newRoot: root, proof })) {
      return refusal(422, 'The checkpoint is not shown to continue the one that was cosigned before.')
    }
    const { name, signer, clock, store } = this.#options
    const line = cosign(note, { name, signer, at: clock() })
    if (await store.compareAndSet(origin, oldSize, size, root, addSignatures(note, line))) {
      return { status: 200, contentType: plain, body: line }
    }
    // Another submission came first.
    return conflict((await store.read(origin))?.size ?? 0)
  }
}

interface Submission {
  readonly oldSize: number
  readonly proof: readonly Buffer[]
  readonly note: string
  readonly checkpoint: Checkpoint
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Undefined when malformed. */
function readSubmission(body: string | Uint8Array): Submission | undefined {
  if (body.length > mostBytes) return undefined
  try {
    const text = typeof body === 'string' ? body : utf8.decode(body)
    const split = text.indexOf('\n\n')
    if (split < 0) return undefined
    const [first = '', ...lines] = text.slice(0, split).split('\n')
    if (!first.startsWith('old ') || lines.length > mostProofLines) return undefined
    const note = text.slice(split + 2)
    return {
      oldSize: parseSize(first.slice('old '.length)),
      proof: lines.map(parseRoot),
      note,
      checkpoint: parseCheckpoint(parseNote(note).text),
    }
  } catch (error) {
    // TypeError: the bytes are not UTF-8.
    if (error instanceof Problem || error instanceof TypeError) return undefined
    throw error
  }
}

/**
 * The note with the log's own signatures alone; undefined where it has none. Cosignatures and other lines say nothing
 * about who made it, and anybody could add them to make many notes of one.
 */
function noteOfLog(note: string, keys: readonly string[]): string | undefined {
  const verifiers: NoteVerifier[] = keys.map(parseVkey).filter(({ type }) => type === noteSignature)
  try {
    const { text, signatures } = verifyNote(note, verifiers)
    return `${text}\n${signatures.map(({ line }) => line).join('')}`
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** The submission is signed by the log, and so is what is held. */
function contradictionBetween(
  held: WitnessedCheckpoint,
  { checkpoint, note, proof, oldSize }: Submission,
): Contradiction | undefined {
  const { origin, size, root } = checkpoint
  const offered = { size, root, note }
  if (size === held.size) {
    return root.equals(held.root) ? undefined : { origin, kind: 'same-size', held, offered }
  }
  if (size < held.size || oldSize !== held.size) return undefined
  const continues = verifyConsistency({ oldSize, oldRoot: held.root, newSize: size, newRoot: root, proof })
  return continues ? undefined : { origin, kind: 'not-consistent', held, offered }
}

function refusal(status: 400 | 403 | 404 | 422, reason: string): WitnessAnswer {
  return { status, contentType: plain, body: `${reason}\n` }
}

function conflict(size: number): WitnessAnswer {
  return { status: 409, contentType: 'text/x.tlog.size', body: `${size}\n` }
}
