import { uuidv7 } from '@sapan/kernel'
import type { View } from '../documentbox.ts'
import type { DocumentBoxOptions } from '../ground.ts'

const place = (id: string) => Buffer.from(`view.opener ${id}`)

/** Who looked: the person (`account`), or somebody by a share, as they call themselves. */
export type Looker = { readonly account: string } | { readonly share: string; readonly opener: string }

/** Writes a look down before anything is shown. */
export async function writeView(
  { pool, clock, sealer }: DocumentBoxOptions,
  document: string,
  what: View['what'],
  who: Looker,
): Promise<void> {
  const at = clock()
  const id = uuidv7(at)
  const isShare = 'share' in who
  await pool.query(
    `insert into documentbox.view (id, document, at, what, account, share, opener_sealed)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      document,
      new Date(at),
      what,
      isShare ? null : who.account,
      isShare ? who.share : null,
      isShare ? sealer.seal(Buffer.from(who.opener), place(id)) : null,
    ],
  )
}

export async function viewsOf(
  { pool, sealer }: DocumentBoxOptions,
  document: string,
): Promise<readonly View[]> {
  const { rows } = await pool.query<{
    id: string
    at: Date
    what: View['what']
    opener_sealed: Buffer | null
  }>(
    `select id, at, what, opener_sealed from documentbox.view where document = $1
     order by at desc, id desc limit 100`,
    [document],
  )
  return rows.map((row) => ({
    at: row.at.getTime(),
    what: row.what,
    ...(row.opener_sealed !== null && {
      opener: sealer.open(row.opener_sealed, place(row.id)).toString('utf8'),
    }),
  }))
}
