import { randomBytes } from 'node:crypto'
import type { Database } from '@sapan/kernel'
import { Problem } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import type { IdentityGround } from '../../ground.ts'
import { authenticatorProblems } from '../../problems/authenticators.ts'
import { openValue, type Sealable, sealValue } from '../../store/sealed.ts'

/** What was begun: of which kind, in which visit, for whom. */
export interface Ceremony {
  readonly kind:
    | 'add-passkey'
    | 'use-passkey'
    | 'add-totp'
    | 'open-account'
    | 'recover-account'
    | 'decide-recovery'
    | 'open-again'
    | 'open-by-email'
    | 'opened-account'
  /** Something that only this visit has: an interaction, a session. */
  readonly bound: string
  readonly account?: string | undefined
}

export interface Ceremonies {
  /** Gives a number under which it is finished, within `seconds`. */
  begin(ceremony: Ceremony, content: Sealable, seconds: number): Promise<string>
  /** What was kept. The ceremony is over, whatever comes of it: nothing is tried twice. Throws `ceremony-over`. */
  finish(database: Database, id: string, ceremony: Ceremony): Promise<unknown>
  /** What was kept, which stays. Throws `ceremony-over`. */
  look(id: string, ceremony: Ceremony): Promise<unknown>
}

interface CeremonyRow {
  content_sealed: Buffer
}

const NUMBER = /^[A-Za-z0-9_-]{43}$/
/** How many that ran out are cleared away when a new one begins: more than come in, so that they never pile up. */
const clearedAtOnce = 4

export function createCeremonies(
  ground: Pick<IdentityGround, 'pool' | 'clock' | 'sealer' | 'hashKey'>,
): Ceremonies {
  const { pool, clock, sealer, hashKey } = ground
  const hashOf = (id: string) => keyedHash(hashKey, `ceremony:${id}`)
  const boundHash = (bound: string) => keyedHash(hashKey, `ceremony-bound:${bound}`)
  const condition = `id_hash = $1 and kind = $2 and bound_hash = $3 and account_id is not distinct from $4
    and expires_at > $5`
  const valuesOf = (id: string, { kind, bound, account }: Ceremony) => [
    hashOf(id),
    kind,
    boundHash(bound),
    account ?? null,
    new Date(clock()),
  ]
  const contentOf = (id: string, rows: readonly CeremonyRow[]): unknown => {
    if (rows[0] === undefined) throw new Problem(authenticatorProblems['ceremony-over'])
    return openValue(sealer, placeOf(id), rows[0].content_sealed)
  }
  return {
    begin: async ({ kind, bound, account }, content, seconds) => {
      const id = randomBytes(32).toString('base64url')
      const sealed = sealValue(sealer, placeOf(id), content)
      const now = clock()
      await pool.query({
        name: 'ceremony-begin',
        text: `with cleared as (
            delete from identity.ceremony where id_hash in (
              select id_hash from identity.ceremony where expires_at <= $7 limit ${clearedAtOnce}
              for update skip locked))
          insert into identity.ceremony (id_hash, kind, bound_hash, account_id, content_sealed, expires_at)
          values ($1, $2, $3, $4, $5, $6)`,
        values: [
          ...[hashOf(id), kind, boundHash(bound), account ?? null, sealed],
          ...[new Date(now + seconds * 1000), new Date(now)],
        ],
      })
      return id
    },
    finish: async (database, id, ceremony) => {
      if (!NUMBER.test(id)) throw new Problem(authenticatorProblems['ceremony-over'])
      const { rows } = await database.query<CeremonyRow>(
        `delete from identity.ceremony where ${condition} returning content_sealed`,
        valuesOf(id, ceremony),
      )
      return contentOf(id, rows)
    },
    look: async (id, ceremony) => {
      if (!NUMBER.test(id)) throw new Problem(authenticatorProblems['ceremony-over'])
      const { rows } = await pool.query<CeremonyRow>(
        `select content_sealed from identity.ceremony where ${condition}`,
        valuesOf(id, ceremony),
      )
      return contentOf(id, rows)
    },
  }
}

function placeOf(id: string): string {
  return `ceremony.content_sealed ${id}`
}
