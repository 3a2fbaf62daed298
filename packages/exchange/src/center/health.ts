import { isDatabaseDown } from '@sapan/kernel'
import { issuerWarning } from './checks/certificates.ts'
import type { CenterGround } from './ground.ts'
import { newestDirectory } from './store/directories.ts'
import { countContradictions } from './store/witness.ts'

/** `bad`: members are not served. `warning`: they are, but somebody should look. */
export interface CenterHealth {
  readonly status: 'ok' | 'warning' | 'bad'
  readonly database: 'up' | 'down'
  readonly directory: { readonly version: number; readonly validUntil: string } | null
  /** When certificates can be issued no longer, unless the issuer is renewed. */
  readonly issuerEnds: string
  /** Contradictions that the witness has met. */
  readonly contradictions: number
}

export async function readHealth(ground: CenterGround): Promise<CenterHealth> {
  const { pool, authority } = ground
  const issuerEnds = new Date(authority.endsAt).toISOString()
  try {
    const newest = await newestDirectory(pool)
    const contradictions = await countContradictions(pool)
    return {
      status: gradeOf(ground, newest?.validUntil ?? 0, contradictions),
      database: 'up',
      directory: newest
        ? { version: newest.version, validUntil: new Date(newest.validUntil).toISOString() }
        : null,
      issuerEnds,
      contradictions,
    }
  } catch (error) {
    if (!isDatabaseDown(error)) throw error
    return { status: 'bad', database: 'down', directory: null, issuerEnds, contradictions: 0 }
  }
}

function gradeOf(ground: CenterGround, validUntil: number, contradictions: number): CenterHealth['status'] {
  const now = ground.clock()
  if (validUntil <= now) return 'bad'
  return contradictions > 0 || ground.authority.endsAt - now < issuerWarning ? 'warning' : 'ok'
}
