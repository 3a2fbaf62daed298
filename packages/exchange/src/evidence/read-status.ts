import { isDatabaseDown, type Pool } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { LogKeeper } from './log-keeper.ts'
import { logOrigin } from './origin.ts'
import type { EvidenceStatus, Grade, LogStatus, StepStatus } from './status.ts'
import { readLastCheckpoint, readWitnessedSizes } from './store/checkpoints.ts'
import { countAfter } from './store/entries.ts'
import { type LogHead, readLogHead } from './store/log-heads.ts'
import { readStampedSize } from './store/stamps.ts'
import type { WitnessClient } from './witness-client.ts'
import { witnessesNeeded } from './witness-policy.ts'

export interface StatusOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly members: () => readonly string[]
  readonly keeperOf: (member: string) => LogKeeper
  readonly witnesses: () => readonly WitnessClient[]
  readonly witnessesAtLeast: number
  readonly hasTimestamping: () => boolean
}

/** See `Evidence.status`. */
export async function readStatus(options: StatusOptions): Promise<EvidenceStatus> {
  try {
    const logs = await Promise.all(options.members().map((member) => readLogStatus(options, member)))
    return { database: 'up', logs: logs.flatMap((log) => log ?? []) }
  } catch (error) {
    if (isDatabaseDown(error)) return { database: 'down', logs: [] }
    throw error
  }
}

async function readLogStatus(options: StatusOptions, member: string): Promise<LogStatus | undefined> {
  const { pool, sealer, witnesses, witnessesAtLeast } = options
  const head = (await readLogHead(pool, sealer, member))?.head
  if (!head) return undefined
  const { epoch, size } = head
  const [checkpoint, witnessed, stamped, unsequenced] = await Promise.all([
    readLastCheckpoint(pool, member, epoch),
    readWitnessedSizes(pool, member, epoch),
    readStampedSize(pool, member, epoch),
    countAfter(pool, member, head),
  ])
  const keeper = options.keeperOf(member)
  const signed = checkpoint?.size ?? 0
  return {
    member,
    origin: logOrigin(member, epoch),
    epoch,
    size,
    unsequenced,
    leading: keeper.leading,
    checkpoint: step(head, signed, size > signed ? head.unwitnessedSince : null, keeper.failure),
    witnesses: witnesses().map(({ name }) => ({
      name,
      ...step(head, witnessed.get(name) ?? 0, head.unwitnessedSince, keeper.witnessFailure(name)),
    })),
    witnessesNeeded: witnessesNeeded(witnessesAtLeast, witnesses().length),
    stamp: options.hasTimestamping()
      ? step(head, stamped, head.unstampedSince, keeper.stampFailure)
      : { grade: 'off', size: stamped, since: head.unstampedSince, reason: null },
    recoverNeeded: keeper.recoverNeeded,
  }
}

function step(head: LogHead, size: number, since: number | null, reason: string | null): StepStatus {
  const grade: Grade = size >= head.size ? 'done' : reason === null ? 'waiting' : 'failing'
  return { grade, size, since: grade === 'done' ? null : since, reason: grade === 'failing' ? reason : null }
}
