import { createHash } from 'node:crypto'
import { type Clock, inTransaction, type Logger, type Pool, uuidv7 } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { exchangeProblem } from '../../problems.ts'
import { openPlain } from '../content.ts'
import type { Kept } from '../contents.ts'
import type { RecordKey } from '../record.ts'
import {
  type Candidate,
  deleteSegment,
  findCandidates,
  insertSegment,
  listUnfinished,
  listUnused,
  nameSegment,
  readKeptOf,
  readReached,
  saveReached,
  tryArchiveLock,
  unlockArchive,
} from '../store/archive.ts'
import { leastUuid } from '../store/exchanges.ts'
import { isAnyRestored } from '../store/restored.ts'
import type { ArchiveStore } from './archive-store.ts'
import { sealPiece, sealPointer } from './piece.ts'
import { segmentName } from './segment-name.ts'

/** Where contents go that are older than so many days. */
export interface ArchivePlan {
  readonly store: ArchiveStore
  readonly afterDays: number
}

export interface ArchivingOptions extends ArchivePlan {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly clock: Clock
  readonly log: Logger
}

const day = 86_400_000
/** Bytes of contents in a segment, where no single one is larger. */
const segmentBytes = 16 * 1024 * 1024
const candidatesAtOnce = 20_000
/** Bytes of contents that are read at once, from the database and back from the archive. */
const readAtOnce = 4 * 1024 * 1024
/** Milliseconds after which a round leaves the rest to the next. */
const longest = 60_000
/** A segment that no record names stays this long, for a copy of the database that was made before may be restored. */
const unusedFor = 35 * day
const first = leastUuid(0)
const trialName = 'trial'

/**
 * Puts contents that are old enough into the archive, a segment at a time: written, read back and compared before the database
 * lets go of them. What was begun and left by a gateway that ended is cleared away; where there is nothing to put there, the
 * archive is tried out. Of several gateways over one database one does it, and a database that came out of a backup waits until
 * its logs are recovered. Throws `archive-unreachable`, `archive-lost`; then everything stays where it is.
 */
export async function archive(options: ArchivingOptions): Promise<void> {
  const client = await options.pool.connect()
  // The lock goes with the session, where it cannot be given back.
  let isClean = false
  try {
    const mine = await tryArchiveLock(client)
    isClean = !mine
    if (!mine) return
    try {
      // Whoever it was copied from may go on with the same archive.
      if (await isAnyRestored(options.pool)) return
      await clearAway(options)
      if (!(await archiveAll(options))) await tryOut(options.store)
    } finally {
      isClean = await unlockArchive(client)
    }
  } finally {
    client.release(!isClean)
  }
}

async function clearAway({ pool, store, clock }: ArchivingOptions): Promise<void> {
  const now = clock()
  const over = [...(await listUnfinished(pool)), ...(await listUnused(pool, now, now - unusedFor))]
  for (const id of over) {
    await store.remove(segmentName(id))
    await deleteSegment(pool, id)
  }
}

/** What came of a step: whether a segment was written, and whether more may be waiting. */
interface Step {
  readonly wrote: boolean
  readonly more: boolean
}

/** True where anything was written. */
async function archiveAll(options: ArchivingOptions): Promise<boolean> {
  const until = performance.now() + longest
  let wrote = false
  for (let more = true; more && performance.now() < until; ) {
    const step = await archiveSome(options)
    wrote ||= step.wrote
    more = step.more
  }
  return wrote
}

async function archiveSome(options: ArchivingOptions): Promise<Step> {
  const { pool, clock, afterDays } = options
  const oldEnough = clock() - afterDays * day
  const end = leastUuid(oldEnough)
  const found = await findCandidates(pool, (await readReached(pool)) ?? first, end, candidatesAtOnce)
  const taken = takeUpTo(segmentBytes, found)
  const isAll = taken.length === found.length && found.length < candidatesAtOnce
  const [oldest] = found
  // A segment is filled, or has what came in a day.
  if (oldest && isAll && oldest.exchange > leastUuid(oldEnough - day)) return { wrote: false, more: false }
  const wrote = await writeSegment(options, taken)
  await saveReached(pool, isAll ? end : (taken.at(-1)?.exchange ?? end))
  return { wrote, more: !isAll }
}

function takeUpTo(bytes: number, found: readonly Candidate[]): Candidate[] {
  let sum = 0
  const over = found.findIndex((candidate, i) => {
    sum += candidate.bytes
    return i > 0 && sum > bytes
  })
  return found.slice(0, over === -1 ? found.length : over)
}

/** False where none of them is there any more. */
async function writeSegment(options: ArchivingOptions, candidates: readonly Candidate[]): Promise<boolean> {
  const { pool, sealer, store, clock } = options
  const id = uuidv7(clock())
  const parts: Buffer[] = []
  const pieces: { key: RecordKey; pointer: Buffer }[] = []
  // A piece at a time: of a whole segment it would hold up everything else for tens of milliseconds.
  const hash = createHash('sha256')
  let from = 0
  for await (const record of keptOf(pool, candidates)) {
    const plain = plainOf(options, record)
    if (plain === undefined) continue
    const digest = record.digest.toString('hex')
    const { bytes, key } = sealPiece(plain, digest)
    const hasBody = plain.at(-1) === 1
    const place = { from, length: bytes.length, hasBody, key }
    pieces.push({ key: record, pointer: sealPointer(sealer, digest, id, place) })
    parts.push(bytes)
    hash.update(bytes)
    from += bytes.length
  }
  if (pieces.length === 0) return false
  const whole = Buffer.concat(parts, from)
  parts.length = 0
  await insertSegment(pool, { id, bytes: whole.length, digest: hash.digest(), madeAt: clock() })
  await putSurely(store, segmentName(id), whole)
  const isNamed = await inTransaction(pool, (client) => nameSegment(client, id, pieces))
  if (!isNamed) await store.remove(segmentName(id))
  return true
}

/** A content that does not open stays where it is: an audit names it. */
function plainOf({ sealer, log }: ArchivingOptions, record: RecordKey & Kept): Buffer | undefined {
  try {
    return openPlain(sealer, record.digest.toString('hex'), record.content)
  } catch (error) {
    const { exchange, side, kind } = record
    log.warn({ err: error, exchange, side, kind }, 'a content does not open, and is not archived')
    return undefined
  }
}

async function* keptOf(pool: Pool, candidates: readonly Candidate[]): AsyncGenerator<RecordKey & Kept> {
  for (let at = 0; at < candidates.length; ) {
    const some = takeUpTo(readAtOnce, candidates.slice(at))
    yield* await readKeptOf(pool, some)
    at += some.length
  }
}

/** That an archive takes nothing, or gives nothing back, is known before it is needed. */
async function tryOut(store: ArchiveStore): Promise<void> {
  await putSurely(store, trialName, Buffer.from('A gateway tries its archive out.\n'))
  await store.remove(trialName)
}

/** Only what can be read back is let go of. */
async function putSurely(store: ArchiveStore, name: string, bytes: Buffer<ArrayBuffer>): Promise<void> {
  await store.put(name, bytes)
  for (let at = 0; at < bytes.length; at += readAtOnce) {
    const part = bytes.subarray(at, at + readAtOnce)
    const back = await store.read(name, at, part.length)
    if (!back.equals(part)) throw exchangeProblem('archive-lost', { detail: { th: name, en: name } })
  }
}
