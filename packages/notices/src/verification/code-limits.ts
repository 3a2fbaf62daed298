import { type PoolClient, Problem } from '@sapan/kernel'
import { noticesProblems } from '../problems.ts'

/** Who wants a code, and where to. */
export interface Asking {
  readonly holder: string
  readonly addressHash: Buffer
  readonly askerHash: Buffer
  /** The address is known to be theirs. */
  readonly isOwn: boolean
  /** Milliseconds since 1970. */
  readonly at: number
}

const hour = 3_600_000
const mostAnHour = 5
/** After so many to one address in an hour, only those who have asked for none there get one more each. */
const manyAnHour = 10

interface Counts {
  readonly holder: number
  readonly asker: number
  readonly strangers: number
}

/**
 * Five an hour for a holder, and five for an asker to one address. What strangers ask for is counted apart from what the
 * owner of an address asks for, and strangers together leave every other stranger one: nobody uses up another's. Held
 * under a lock per holder and per address, so that many at once are counted one after the other. Throws
 * `email-codes-too-many`.
 */
export async function refuseTooMany(client: PoolClient, asking: Asking): Promise<void> {
  const { holder, addressHash, askerHash, isOwn, at } = asking
  for (const name of [`holder ${holder}`, `address ${addressHash.toString('hex')}`].sort()) {
    await client.query(`select pg_advisory_xact_lock(hashtextextended('notices.check ' || $1, 0))`, [name])
  }
  const { rows } = await client.query<Counts>(
    `select count(*) filter (where holder = $1)::int as holder,
       count(*) filter (where address_hash = $2 and asker_hash = $3 and own = $4)::int as asker,
       count(*) filter (where address_hash = $2 and not own)::int as strangers
     from notices.address_check where (holder = $1 or address_hash = $2) and created_at > $5`,
    [holder, addressHash, askerHash, isOwn, new Date(at - hour)],
  )
  const counts = rows[0] ?? { holder: 0, asker: 0, strangers: 0 }
  const isCrowded = !isOwn && counts.strangers >= manyAnHour && counts.asker > 0
  if (counts.holder >= mostAnHour || counts.asker >= mostAnHour || isCrowded)
    throw new Problem(noticesProblems['email-codes-too-many'])
}
