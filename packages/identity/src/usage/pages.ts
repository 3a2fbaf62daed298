import { randomUUID } from 'node:crypto'
import type { IdentityGround } from '../ground.ts'
import { openValue, type Sealable, sealValue } from '../store/sealed.ts'
import type { MergedAccess, Source } from './source.ts'

/** A page of accesses as it was told, and where the next goes on. */
export interface KeptPage {
  readonly id: string
  readonly accesses: readonly MergedAccess[]
  /** Until when accesses are withheld by law. */
  readonly withheld: readonly string[]
  /** Members whose gateways did not answer: what they know is missing. */
  readonly silent: readonly string[]
  readonly sources: readonly Source[]
  /** At how many agencies' gateways there was something new to see. */
  readonly news: number
  /** The member to which it is confined. */
  readonly agency: string | null
}

const keptFor = 3_600_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

type Ground = Pick<IdentityGround, 'pool' | 'clock' | 'sealer'>

/** Keeps the page, sealed for its person, and forgets old ones. */
export async function keepPage(
  { pool, clock, sealer }: Ground,
  account: string,
  page: Omit<KeptPage, 'id'>,
): Promise<KeptPage> {
  const id = randomUUID()
  const sealed = sealValue(
    sealer,
    `usage_page.content ${account} ${id}`,
    JSON.stringify(page) satisfies Sealable,
  )
  const now = clock()
  await pool.query(
    'insert into identity.usage_page (id, account_id, content_sealed, at) values ($1, $2, $3, $4)',
    [id, account, sealed, new Date(now)],
  )
  await pool.query('delete from identity.usage_page where at < $1', [new Date(now - keptFor)])
  return { id, ...page }
}

/** A page of this person's that is not older than an hour. */
export async function findPage(ground: Ground, account: string, id: string): Promise<KeptPage | undefined> {
  if (!UUID.test(id)) return undefined
  const { rows } = await ground.pool.query<{ content_sealed: Buffer }>(
    'select content_sealed from identity.usage_page where id = $1 and account_id = $2 and at >= $3',
    [id, account, new Date(ground.clock() - keptFor)],
  )
  const [row] = rows
  if (!row) return undefined
  const text = openValue(ground.sealer, `usage_page.content ${account} ${id}`, row.content_sealed)
  return { id, ...(JSON.parse(String(text)) as Omit<KeptPage, 'id'>) }
}
