import type { Database, PoolClient } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { openValue, sealValue } from '../../store/sealed.ts'
import type { MandateContent, MandateRecord, MandateSource, StatusPlace } from '../mandate.ts'

interface MandateRow {
  readonly id: string
  readonly source: MandateSource
  readonly holder_id: string
  readonly giver_id: string | null
  readonly content_sealed: Buffer
  readonly valid_from: Date
  readonly valid_till: Date | null
  readonly ended_at: Date | null
  readonly suspended: boolean
  readonly status_uri: string
  readonly status_index: number
}

const columns = `id, source, holder_id, giver_id, content_sealed, valid_from, valid_till, ended_at,
  holder_suspended or giver_suspended as suspended, status_uri, status_index`

const place = (id: string): string => `mandate.content ${id}`

export interface NewMandate extends Omit<MandateRecord, 'endedAt' | 'suspended'> {
  readonly subjectHash?: Buffer
  readonly createdAt: number
}

export type EndedBy = 'holder' | 'giver' | 'register'

/** The rows of mandates. */
export class MandateRecords {
  readonly #sealer: Sealer

  constructor(sealer: Sealer) {
    this.#sealer = sealer
  }

  async insert(client: PoolClient, mandate: NewMandate): Promise<void> {
    const { id, source, holder, giver, from, till, status, subjectHash, createdAt } = mandate
    await client.query(
      `insert into identity.mandate (id, source, holder_id, giver_id, subject_hash, content_sealed, valid_from,
         valid_till, status_uri, status_index, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        source,
        holder,
        giver ?? null,
        subjectHash ?? null,
        this.#seal(id, mandate.content),
        new Date(from),
        till === undefined ? null : new Date(till),
        status.uri,
        status.index,
        new Date(createdAt),
      ],
    )
  }

  async byId(database: Database, id: string, lock = false): Promise<MandateRecord | undefined> {
    const text = `select ${columns} from identity.mandate where id = $1${lock ? ' for update' : ''}`
    const { rows } = await database.query<MandateRow>(text, [id])
    return rows[0] && this.#read(rows[0])
  }

  /** What someone holds and has not ended; what ran out by itself is among it. */
  async heldBy(database: Database, holder: string): Promise<MandateRecord[]> {
    return await this.#many(database, 'holder_id = $1 and ended_at is null', holder)
  }

  async givenBy(database: Database, giver: string): Promise<MandateRecord[]> {
    return await this.#many(database, 'giver_id = $1 and ended_at is null', giver)
  }

  async derived(
    database: Database,
    { holder, source, subjectHash }: { holder: string; source: MandateSource; subjectHash: Buffer },
  ): Promise<MandateRecord | undefined> {
    const { rows } = await database.query<MandateRow>(
      `select ${columns} from identity.mandate
       where holder_id = $1 and source = $2 and subject_hash = $3 and ended_at is null`,
      [holder, source, subjectHash],
    )
    return rows[0] && this.#read(rows[0])
  }

  /** False where it had ended before. */
  async end(client: PoolClient, id: string, by: EndedBy, at: number): Promise<boolean> {
    const { rowCount } = await client.query(
      'update identity.mandate set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null',
      [id, new Date(at), by],
    )
    return rowCount === 1
  }

  /** Suspends what an account holds and has given, or lets it go on; returns the places that change by it. */
  async suspend(client: PoolClient, account: string, suspended: boolean): Promise<StatusPlace[]> {
    const { rows } = await client.query<{ uri: string; index: number; was: boolean; is: boolean }>(
      `with before as (
         select id, holder_suspended or giver_suspended as was from identity.mandate
         where (holder_id = $1 or giver_id = $1) and ended_at is null for update
       )
       update identity.mandate m set
         holder_suspended = case when holder_id = $1 then $2 else holder_suspended end,
         giver_suspended = case when giver_id = $1 then $2 else giver_suspended end
       from before where before.id = m.id
       returning m.status_uri as uri, m.status_index as index, before.was,
         m.holder_suspended or m.giver_suspended as is`,
      [account, suspended],
    )
    return rows.filter(({ was, is }) => was !== is).map(({ uri, index }) => ({ uri, index }))
  }

  async #many(database: Database, where: string, account: string): Promise<MandateRecord[]> {
    const { rows } = await database.query<MandateRow>(
      `select ${columns} from identity.mandate where ${where} order by created_at, id`,
      [account],
    )
    return rows.map((row) => this.#read(row))
  }

  #seal(id: string, { limits, ...content }: MandateContent): Buffer {
    const { amount, agencies } = limits
    return sealValue(this.#sealer, place(id), {
      ...content,
      name: { ...content.name },
      limits: { amount, agencies },
    })
  }

  #read(row: MandateRow): MandateRecord {
    return {
      id: row.id,
      source: row.source,
      holder: row.holder_id,
      ...(row.giver_id === null ? {} : { giver: row.giver_id }),
      content: openValue(this.#sealer, place(row.id), row.content_sealed) as MandateContent,
      from: row.valid_from.getTime(),
      ...(row.valid_till === null ? {} : { till: row.valid_till.getTime() }),
      ...(row.ended_at === null ? {} : { endedAt: row.ended_at.getTime() }),
      suspended: row.suspended,
      status: { uri: row.status_uri, index: row.status_index },
    }
  }
}
