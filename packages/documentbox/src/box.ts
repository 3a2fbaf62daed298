import type { BoxDocument, DocumentBoxHouse, NumberedDocument } from './documentbox.ts'
import type { DocumentBoxOptions } from './ground.ts'
import { endShareOf, makeShare, opening, sharesOf } from './sharing/shares.ts'
import { type DocumentRow, documentColumns, documentOf, putDocument, readContent } from './store/documents.ts'
import { viewsOf, writeView } from './store/views.ts'
import { isUuid } from './uuid.ts'

/** People's signed documents. */
export function createDocumentBox(ground: DocumentBoxOptions): DocumentBoxHouse {
  const { clock } = ground
  const own = (account: string, id: string, parties: readonly string[] = []) =>
    ownDocument(ground, account, id, parties)
  return {
    put: (client, document) => putDocument(ground, client, document),
    list: (account, parties = []) => listOf(ground, account, parties),
    async read(account, id, parties) {
      const document = await own(account, id, parties)
      if (document !== undefined) await writeView(ground, id, 'seen', { account })
      return document
    },
    async content(account, id, parties) {
      if ((await own(account, id, parties)) === undefined) return undefined
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
    async views(account, id, parties) {
      return (await own(account, id, parties)) && (await viewsOf(ground, id))
    },
    async shares(account, id, parties) {
      return (await own(account, id, parties)) && (await sharesOf(ground, id))
    },
    async share(account, id, hours, parties) {
      if ((await own(account, id, parties)) === undefined) return undefined
      const share = await makeShare(ground, account, id, hours)
      await writeView(ground, id, 'shared', { account })
      return share
    },
    async endShare(account, id, share, parties) {
      if ((await own(account, id, parties)) !== undefined) await endShareOf(ground, account, id, share)
    },
    silentOf: ground.silentOf,
    ...opening(ground),
  }
}

/** What is a party's was only put in by whom it was issued to: they see it as long as they act for the party. */
const isTheirs = (account: string, parties: string) =>
  `((owner = ${account} and party is null) or party = any(${parties}::text[]))`

async function listOf(
  { pool }: DocumentBoxOptions,
  account: string,
  parties: readonly string[],
): Promise<readonly BoxDocument[]> {
  const { rows } = await pool.query<DocumentRow>(
    `select ${documentColumns} from documentbox.document where ${isTheirs('$1', '$2')}
     order by issued_at desc, id desc limit 500`,
    [account, parties],
  )
  return rows.map(documentOf)
}

async function ownDocument(
  { pool, log }: DocumentBoxOptions,
  account: string,
  id: string,
  parties: readonly string[],
): Promise<BoxDocument | undefined> {
  const { rows } = isUuid(id)
    ? await pool.query<DocumentRow>(
        `select ${documentColumns} from documentbox.document
         where id = $1 and ${isTheirs('$2', '$3')}`,
        [id, account, parties],
      )
    : { rows: [] }
  if (rows[0] === undefined)
    log.warn({ account, ...(isUuid(id) && { document: id }) }, 'a document that is not theirs was asked for')
  return rows[0] && documentOf(rows[0])
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
