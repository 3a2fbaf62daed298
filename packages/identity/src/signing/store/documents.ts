import type { Pool } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { openValue, sealValue } from '../../store/sealed.ts'

/** What is kept of a document beside its bytes. */
export interface AboutDocument {
  readonly name: string
  readonly reason: string
  /** What a visible signature shows; empty for one that is not seen. */
  readonly lines: readonly string[]
  /** The field of the document that is filled; a new one where it is absent. */
  readonly field?: string
  /** Of the code (RFC 7636). */
  readonly verifier: string
  /** Left for a time-stamp. */
  readonly stampBytes: number
  /** Where at the desk the officer goes on afterwards. */
  readonly back?: string
}

export interface SigningDocument {
  readonly id: string
  readonly account: string
  readonly appointment: string
  readonly credential: string
  readonly state: 'waiting' | 'signed' | 'refused'
  readonly about: AboutDocument
  readonly at: number
  readonly signedAt?: number
}

interface Row {
  readonly id: string
  readonly account_id: string
  readonly appointment_id: string
  readonly credential: string
  readonly state: SigningDocument['state']
  readonly about_sealed: Buffer
  readonly at: Date
  readonly signed_at: Date | null
}

const columns = 'id, account_id, appointment_id, credential, state, about_sealed, at, signed_at'
const placeOf = (column: 'about' | 'content', id: string): string => `signing_document.${column} ${id}`

export async function insertDocument(
  { pool, sealer }: { pool: Pool; sealer: Sealer },
  document: SigningDocument,
  content: Uint8Array,
): Promise<void> {
  const { id, account, appointment, credential, state, about, at } = document
  await pool.query(
    `insert into identity.signing_document (${columns}, content_sealed)
     values ($1, $2, $3, $4, $5, $6, $7, null, $8)`,
    [
      id,
      account,
      appointment,
      credential,
      state,
      sealValue(sealer, placeOf('about', id), { ...about }),
      new Date(at),
      sealer.seal(content, Buffer.from(placeOf('content', id))),
    ],
  )
}

/** What nobody confirmed goes after a day. */
export async function dropForgotten(pool: Pool, before: number): Promise<void> {
  await pool.query("delete from identity.signing_document where state <> 'signed' and at < $1", [
    new Date(before),
  ])
}

/** The account's own documents, the newest first. */
export async function documentsOf(pool: Pool, sealer: Sealer, account: string): Promise<SigningDocument[]> {
  const { rows } = await pool.query<Row>(
    `select ${columns} from identity.signing_document where account_id = $1 order by id desc limit 50`,
    [account],
  )
  return rows.map((row) => documentOf(row, sealer))
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** With its bytes; undefined for a document of somebody else. */
export async function ownDocument(
  pool: Pool,
  sealer: Sealer,
  { account, id }: { account: string; id: string },
): Promise<(SigningDocument & { readonly content: Buffer }) | undefined> {
  if (!UUID.test(id)) return undefined
  const { rows } = await pool.query<Row & { content_sealed: Buffer }>(
    `select ${columns}, content_sealed from identity.signing_document where id = $1 and account_id = $2`,
    [id, account],
  )
  const [row] = rows
  if (!row) return undefined
  const content = sealer.open(row.content_sealed, Buffer.from(placeOf('content', id)))
  return { ...documentOf(row, sealer), content }
}

/** False where it was settled already. */
export async function settleDocument(
  { pool, sealer }: { pool: Pool; sealer: Sealer },
  id: string,
  outcome: { state: 'refused' } | { state: 'signed'; content: Uint8Array; at: number },
): Promise<boolean> {
  const isSigned = outcome.state === 'signed'
  const { rowCount } = await pool.query(
    `update identity.signing_document set state = $2, content_sealed = coalesce($3, content_sealed), signed_at = $4
     where id = $1 and state = 'waiting'`,
    [
      id,
      outcome.state,
      isSigned ? sealer.seal(outcome.content, Buffer.from(placeOf('content', id))) : null,
      isSigned ? new Date(outcome.at) : null,
    ],
  )
  return rowCount === 1
}

function documentOf(row: Row, sealer: Sealer): SigningDocument {
  // What `insertDocument` sealed.
  const about = openValue(sealer, placeOf('about', row.id), row.about_sealed) as AboutDocument
  return {
    id: row.id,
    account: row.account_id,
    appointment: row.appointment_id,
    credential: row.credential,
    state: row.state,
    about,
    at: row.at.getTime(),
    ...(row.signed_at === null ? {} : { signedAt: row.signed_at.getTime() }),
  }
}
