import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { LogKeeper } from './log-keeper.ts'
import type { Flushed, Pending } from './status.ts'
import { readCoveringCheckpoint, readFirstWitnessed } from './store/checkpoints.ts'
import { readLastPosition } from './store/entries.ts'
import { type LogHead, readLogHead } from './store/log-heads.ts'
import { readCoveringStamp } from './store/stamps.ts'
import { comparePositions } from './stored.ts'

export interface FlushOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  /** Undefined where the log is taken no further: then only what is there is told. */
  readonly keeper: LogKeeper | undefined
  readonly member: string
  readonly hasWitnesses: () => boolean
  readonly hasTimestamping: () => boolean
  readonly flushWithin: number
}

/**
 * Takes all that was recorded so far through log, checkpoint, witness and stamp, or says what is pending when the time
 * is up. Where another process leads the log, it waits for that one to sequence; witness and stamp need no lease.
 */
export async function flushLog(options: FlushOptions): Promise<Flushed> {
  const { pool, sealer, keeper, member, flushWithin } = options
  const deadline = performance.now() + flushWithin
  const target = await readLastPosition(pool, member)
  let state = await look(options, 0)
  let size: number | undefined
  if (!keeper) return look(options, (await readLogHead(pool, sealer, member))?.head.size ?? 0)
  for (;;) {
    await beforeDeadline(deadline, keeper.round())
    const head = (await readLogHead(pool, sealer, member))?.head
    if (head && size === undefined && comparePositions(head, target) >= 0) size = head.size
    if (size !== undefined) {
      await beforeDeadline(deadline, keeper.publish(true))
      state = await look(options, size, head)
    }
    const isDone = size !== undefined && state.pending.length === 0
    if (isDone || keeper.recoverNeeded || performance.now() >= deadline) break
    await sleep(Math.min(100, Math.max(0, deadline - performance.now())))
  }
  return size === undefined ? { ...state, pending: ['log', 'checkpoint', 'witness', 'stamp'] } : state
}

/** What the first `size` entries of the log still miss. */
async function look(
  { pool, sealer, member, hasWitnesses, hasTimestamping }: FlushOptions,
  size: number,
  known?: LogHead,
): Promise<Flushed> {
  const head = known ?? (await readLogHead(pool, sealer, member))?.head
  const epoch = head?.epoch ?? 1
  if (size === 0 && (head?.size ?? 0) === 0) return { member, epoch, size: 0, pending: [] }
  const [checkpoint, witnessed, stamp] = await Promise.all([
    readCoveringCheckpoint(pool, member, epoch, size),
    readFirstWitnessed(pool, member, epoch, size),
    readCoveringStamp(pool, member, epoch, size),
  ])
  const pending: Pending[] = []
  if (!checkpoint) pending.push('checkpoint')
  if (witnessed === undefined || !hasWitnesses()) pending.push('witness')
  if (!stamp || !hasTimestamping()) pending.push('stamp')
  return { member, epoch, size, pending }
}

/** What fails or takes too long shows as pending; why, the keeper knows. */
async function beforeDeadline(deadline: number, work: Promise<unknown>): Promise<void> {
  const left = Math.max(0, deadline - performance.now())
  await Promise.race([work.catch(() => {}), sleep(left, undefined, { ref: false })])
}
