import type { BoxDocument, DocumentBoxHouse, NumberedDocument } from './documentbox.ts'
import type { DocumentBoxOptions } from './ground.ts'
import { type DocumentReach, isWithin, toShare } from './reach.ts'
import { endShareOf, makeShare, opening, sharesOf } from './sharing/shares.ts'
import { type DocumentRow, documentColumns, documentOf, putDocument, readContent } from './store/documents.ts'
import { viewsOf, writeView } from './store/views.ts'
import { isUuid } from './uuid.ts'

/** People's signed documents. */
export function createDocumentBox(ground: DocumentBoxOptions): DocumentBoxHouse {
  const { clock } = ground
  const own = (account: string, id: string, reach: readonly DocumentReach[] = []) =>
    ownDocument(ground, account, id, reach)
  return {
    put: (client, document) => putDocument(ground, client, document),
    list: (account, reach = []) => listOf(ground, account, reach),
    async read(account, id, reach) {
      const document = await own(account, id, reach)
      if (document !== undefined) await writeView(ground, id, 'seen', { account })
      return document
    },
    async content(account, id, reach) {
      if ((await own(account, id, reach)) === undefined) return undefined
      await writeView(ground, id, 'file', { account })
      return await readContent(ground, id)
    },
    async end(client, id, why, by) {
      await client.query(
        `update documentbox.document set ended_at = $2, ended_why = $3, ended_by = $4
         where id = $1 and ended_at is null`,
        [id, new Date(clock()), why, by ?? null],
      )
    },
    byNumber: (number) => numbered(ground, number),
    async views(account, id, reach) {
      return (await own(account, id, reach)) && (await viewsOf(ground, id))
    },
    async shares(account, id, reach) {
      return (await own(account, id, toShare(reach ?? []))) && (await sharesOf(ground, id))
    },
    async share(account, id, hours, reach) {
      if ((await own(account, id, toShare(reach ?? []))) === undefined) return undefined
      const share = await makeShare(ground, account, id, hours)
      await writeView(ground, id, 'shared', { account })
      return share
    },
    async endShare(account, id, share, reach) {
      if ((await own(account, id, toShare(reach ?? []))) !== undefined)
        await endShareOf(ground, account, id, share)
    },
    silentOf: ground.silentOf,
    ...opening(ground),
  }
}

/** What is a party's was only put in by whom it was issued to: they see it as long as it lies within their reach. */
function isTheirs(row: DocumentRow, account: string, reach: readonly DocumentReach[]): boolean {
  return row.party === null ? row.owner === account : isWithin(row, row.party, reach)
}

async function listOf(
  { pool }: DocumentBoxOptions,
  account: string,
  reach: readonly DocumentReach[],
): Promise<readonly BoxDocument[]> {
  const { rows } = await pool.query<DocumentRow>(
    `select ${documentColumns} from documentbox.document
     where (owner = $1 and party is null) or party = any($2::text[])
     order by issued_at desc, id desc limit 500`,
    [account, reach.map(({ party }) => party)],
  )
  return rows.filter((row) => isTheirs(row, account, reach)).map(documentOf)
}

async function ownDocument(
  { pool, log }: DocumentBoxOptions,
  account: string,
  id: string,
  reach: readonly DocumentReach[],
): Promise<BoxDocument | undefined> {
  const { rows } = isUuid(id)
    ? await pool.query<DocumentRow>(`select ${documentColumns} from documentbox.document where id = $1`, [id])
    : { rows: [] }
  const [row] = rows
  if (row !== undefined && isTheirs(row, account, reach)) return documentOf(row)
  log.warn({ account, ...(isUuid(id) && { document: id }) }, 'a document that is not theirs was asked for')
  return undefined
}

async function numbered({ pool }: DocumentBoxOptions, number: string): Promise<readonly NumberedDocument[]> {
  const { rows } = await pool.query<DocumentRow>(
    `select ${documentColumns} from documentbox.document where number = $1 order by issued_at limit 20`,
    [number],
  )
  return rows.map(documentOf).map(({ issuer, title, issuedAt, validTill, ended, sha256 }) => ({
    issuer,
    title,
    number,
    issuedAt,
    ...(validTill !== undefined && { validTill }),
    ...(ended && { ended }),
    sha256,
  }))
}
