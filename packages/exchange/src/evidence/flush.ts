import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { LogKeeper } from './log-keeper.ts'
import type { Flushed, Pending } from './status.ts'
import { readCoveringCheckpoint, readWitnessedSizes } from './store/checkpoints.ts'
import { readLastPosition } from './store/entries.ts'
import { type LogHead, readLogHead } from './store/log-heads.ts'
import { readCoveringStamp } from './store/stamps.ts'
import { comparePositions } from './stored.ts'
import type { WitnessClient } from './witness-client.ts'
import { witnessedSize, witnessesNeeded } from './witness-policy.ts'

/** Milliseconds. */
const lookAgainAfter = 100

export interface FlushOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  /** Undefined where the log is taken no further: then only what is there is told. */
  readonly keeper: LogKeeper | undefined
  readonly member: string
  readonly witnesses: () => readonly WitnessClient[]
  readonly witnessesAtLeast: number
  readonly hasTimestamping: () => boolean
  readonly flushWithin: number
}

/**
 * Takes all that was recorded so far through log, checkpoint, witness and stamp, or says what is pending when the time
 * is up. Where another process leads the log, it waits for that one to sequence; witness and stamp need no lease.
 * It waits neither for what nobody gives, nor for more witnesses than are demanded.
 */
export async function flushLog(options: FlushOptions): Promise<Flushed> {
  const { pool, sealer, keeper, member, flushWithin } = options
  const deadline = performance.now() + flushWithin
  const target = await readLastPosition(pool, member)
  let state = await look(options, 0)
  let size: number | undefined
  let publication: Promise<unknown> | undefined
  if (!keeper) return look(options, (await readLogHead(pool, sealer, member))?.head.size ?? 0)
  for (;;) {
    await beforeDeadline(deadline, keeper.round())
    const head = (await readLogHead(pool, sealer, member))?.head
    if (head && size === undefined && comparePositions(head, target) >= 0) size = head.size
    if (size !== undefined) {
      publication ??= keeper.publish(true).finally(() => {
        publication = undefined
      })
      await beforeDeadline(Math.min(deadline, performance.now() + lookAgainAfter), publication)
      state = await look(options, size, head)
    }
    const isDone = size !== undefined && !state.pending.some((step) => isGiven(options, step))
    if (isDone || keeper.recoverNeeded || performance.now() >= deadline) break
    await sleep(Math.min(lookAgainAfter, Math.max(0, deadline - performance.now())))
  }
  return size === undefined ? { ...state, pending: ['log', 'checkpoint', 'witness', 'stamp'] } : state
}

/** Whether a step can come at all: a country may have no witness, and no authority for time-stamps. */
function isGiven({ witnesses, witnessesAtLeast, hasTimestamping }: FlushOptions, step: Pending): boolean {
  if (step === 'stamp') return hasTimestamping()
  const named = witnesses().length
  return step !== 'witness' || (named > 0 && named >= witnessesNeeded(witnessesAtLeast, named))
}

/** What the first `size` entries of the log still miss. */
async function look(
  { pool, sealer, member, witnesses, witnessesAtLeast, hasTimestamping }: FlushOptions,
  size: number,
  known?: LogHead,
): Promise<Flushed> {
  const head = known ?? (await readLogHead(pool, sealer, member))?.head
  const epoch = head?.epoch ?? 1
  if (size === 0 && (head?.size ?? 0) === 0) return { member, epoch, size: 0, pending: [] }
  const [checkpoint, cosigned, stamp] = await Promise.all([
    readCoveringCheckpoint(pool, member, epoch, size),
    readWitnessedSizes(pool, member, epoch),
    readCoveringStamp(pool, member, epoch, size),
  ])
  const names = witnesses().map(({ name }) => name)
  const pending: Pending[] = []
  if (!checkpoint) pending.push('checkpoint')
  if (witnessedSize(cosigned, names, witnessesAtLeast) < Math.max(1, size)) pending.push('witness')
  if (!stamp || !hasTimestamping()) pending.push('stamp')
  return { member, epoch, size, pending }
}

/** What fails or takes too long shows as pending; why, the keeper knows. */
async function beforeDeadline(deadline: number, work: Promise<unknown>): Promise<void> {
  const left = Math.max(0, deadline - performance.now())
  await Promise.race([work.catch(() => {}), sleep(left, undefined, { ref: false })])
}
