import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { classOf, durationEnds, inParts, quantile } from '../durations.ts'
import type { CenterGround } from './ground.ts'
import { newestDirectory } from './store/directories.ts'
import { type CenterMinute, deleteOldMinutes, insertMinute, listMinutes } from './store/minutes.ts'

/** For so long minutes are kept. */
const keptMs = 8 * 86_400_000
const points = 96

/** How the center was in a part of the time that was asked for. */
export interface CenterHealthPoint {
  /** Its end, ISO 8601. */
  readonly at: string
  readonly answered: number
  readonly refused: number
  readonly failed: number
  /** Milliseconds below which half, and 99 of 100, requests stayed; null where there were none. */
  readonly p50: number | null
  readonly p99: number | null
  /** Seconds that the newest directory still had, where it was least. */
  readonly directoryLeft: number
  readonly directoryVersion: number
}

/** Keeps how the center was in each minute: what was asked of its public listener, and how its directory stood. */
export class CenterMinutes {
  readonly #ground: Pick<CenterGround, 'pool' | 'clock'>
  /** Of several processes on one database each has rows of its own. */
  readonly #process = randomUUID()
  #counted = nothing()

  constructor(ground: Pick<CenterGround, 'pool' | 'clock'>, watched: FastifyInstance) {
    this.#ground = ground
    watched.addHook('onResponse', async (_request, { statusCode, elapsedTime }) => {
      this.#counted[statusCode < 400 ? 'answered' : statusCode < 500 ? 'refused' : 'failed']++
      const place = classOf(elapsedTime / 1000)
      this.#counted.durations[place] = (this.#counted.durations[place] ?? 0) + 1
    })
  }

  /** Keeps what was counted since it was called last. Of a minute that could not be kept, the next one tells. */
  async keep(): Promise<void> {
    const { pool, clock } = this.#ground
    const newest = await newestDirectory(pool)
    const counted = this.#counted
    this.#counted = nothing()
    try {
      const left = Math.round(((newest?.validUntil ?? 0) - clock()) / 1000)
      await insertMinute(pool, this.#process, {
        ...{ at: clock(), ...counted, directoryLeft: Math.max(left, 0) },
        directoryVersion: newest?.version ?? 0,
      })
    } catch (error) {
      this.#counted = sumOf(counted, this.#counted)
      throw error
    }
  }

  async forget(): Promise<void> {
    await deleteOldMinutes(this.#ground.pool, this.#ground.clock() - keptMs)
  }
}

/** How the center was over the last hours, for plots. */
export async function readCenterHistory(
  { pool, clock }: Pick<CenterGround, 'pool' | 'clock'>,
  hours: number,
): Promise<CenterHealthPoint[]> {
  const until = clock()
  const since = until - hours * 3_600_000
  const minutes = await listMinutes(pool, since)
  return inParts(minutes, { since, until, points }).map(({ at, own }) => pointOf(own, at))
}

type Counted = { answered: number; refused: number; failed: number; durations: number[] }

function nothing(): Counted {
  return { answered: 0, refused: 0, failed: 0, durations: [...durationEnds, 0].map(() => 0) }
}

function sumOf(...all: readonly Omit<CenterMinute, 'at' | 'directoryLeft' | 'directoryVersion'>[]): Counted {
  const sum = nothing()
  for (const { answered, refused, failed, durations } of all) {
    sum.answered += answered
    sum.refused += refused
    sum.failed += failed
    for (const [place, count] of durations.entries())
      sum.durations[place] = (sum.durations[place] ?? 0) + count
  }
  return sum
}

function pointOf(minutes: readonly CenterMinute[], at: string): CenterHealthPoint {
  const { durations, ...counts } = sumOf(...minutes)
  return {
    at,
    ...counts,
    p50: quantile(durations, 0.5),
    p99: quantile(durations, 0.99),
    directoryLeft: Math.min(...minutes.map(({ directoryLeft }) => directoryLeft)),
    directoryVersion: Math.max(...minutes.map(({ directoryVersion }) => directoryVersion)),
  }
}
