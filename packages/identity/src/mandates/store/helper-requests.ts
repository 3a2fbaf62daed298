import type { Database, PoolClient, Text } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { openValue, sealValue } from '../../store/sealed.ts'

export interface HelperContent {
  readonly helperName: Text
  readonly appointment: string
  readonly agency: string
  readonly case: string
  readonly scopes: readonly string[]
  /** What both screens show. */
  readonly sign: string
}

/** A helper at a counter who asked to act. Times are milliseconds since 1970. */
export interface HelperRequest extends HelperContent {
  readonly id: string
  readonly helper: string
  /** Absent where nobody has the number, or their account is not open. */
  readonly person?: string
  readonly question?: string
  readonly state: 'open' | 'approved' | 'refused' | 'expired'
  readonly mandate?: string
  readonly askedAt: number
  readonly expiresAt: number
}

interface HelperRow {
  readonly id: string
  readonly helper_id: string
  readonly person_id: string | null
  readonly content_sealed: Buffer
  readonly question: string | null
  readonly state: Exclude<HelperRequest['state'], 'expired'>
  readonly mandate_id: string | null
  readonly asked_at: Date
  readonly expires_at: Date
}

const columns = 'id, helper_id, person_id, content_sealed, question, state, mandate_id, asked_at, expires_at'
const place = (id: string): string => `helper_request.content ${id}`

/** The rows of what helpers have asked for. */
export class HelperRecords {
  readonly #sealer: Sealer

  constructor(sealer: Sealer) {
    this.#sealer = sealer
  }

  async insert(
    client: PoolClient,
    request: Omit<HelperRequest, 'state' | 'mandate' | 'question'>,
  ): Promise<void> {
    const { id, helper, person, askedAt, expiresAt, helperName, scopes, ...content } = request
    const { appointment, agency, case: of, sign } = content
    const sealed = { appointment, agency, case: of, sign, scopes, helperName: { ...helperName } }
    await client.query(
      `insert into identity.helper_request (id, helper_id, person_id, content_sealed, state, asked_at, expires_at)
       values ($1, $2, $3, $4, 'open', $5, $6)`,
      [
        id,
        helper,
        person ?? null,
        sealValue(this.#sealer, place(id), sealed),
        new Date(askedAt),
        new Date(expiresAt),
      ],
    )
  }

  async byId(database: Database, id: string, now: number, lock = false): Promise<HelperRequest | undefined> {
    const { rows } = await database.query<HelperRow>(
      `select ${columns} from identity.helper_request where id = $1${lock ? ' for update' : ''}`,
      [id],
    )
    return rows[0] && this.#read(rows[0], now)
  }

  async waitingFor(database: Database, person: string, now: number): Promise<HelperRequest[]> {
    const { rows } = await database.query<HelperRow>(
      `select ${columns} from identity.helper_request
       where person_id = $1 and state = 'open' and expires_at > $2 order by asked_at, id`,
      [person, new Date(now)],
    )
    return rows.map((row) => this.#read(row, now))
  }

  /** Requests of which their person was not told yet, held until the transaction is over, and marked. */
  async takeUnannounced(client: PoolClient, now: number, most: number): Promise<HelperRequest[]> {
    const { rows } = await client.query<HelperRow>(
      `update identity.helper_request set announced_at = $1 where id in (
         select id from identity.helper_request
         where announced_at is null and person_id is not null and state = 'open' and expires_at > $1
         order by asked_at limit $2 for update skip locked)
       returning ${columns}`,
      [new Date(now), most],
    )
    return rows.map((row) => this.#read(row, now))
  }

  /** What a helper has asked for since a time, the newest first. */
  async askedBy(
    database: Database,
    helper: string,
    { since, now }: { readonly since: number; readonly now: number },
  ): Promise<HelperRequest[]> {
    const { rows } = await database.query<HelperRow>(
      `select ${columns} from identity.helper_request
       where helper_id = $1 and asked_at > $2 order by asked_at desc, id desc limit 50`,
      [helper, new Date(since)],
    )
    return rows.map((row) => this.#read(row, now))
  }

  async keepQuestion(database: Database, id: string, question: string): Promise<void> {
    await database.query('update identity.helper_request set question = $2 where id = $1', [id, question])
  }

  async close(
    client: PoolClient,
    id: string,
    { state, mandate }: { state: 'approved' | 'refused'; mandate?: string },
  ): Promise<void> {
    await client.query('update identity.helper_request set state = $2, mandate_id = $3 where id = $1', [
      id,
      state,
      mandate ?? null,
    ])
  }

  #read(row: HelperRow, now: number): HelperRequest {
    const content = openValue(this.#sealer, place(row.id), row.content_sealed) as HelperContent
    const isExpired = row.state === 'open' && now >= row.expires_at.getTime()
    return {
      ...content,
      id: row.id,
      helper: row.helper_id,
      ...(row.person_id === null ? {} : { person: row.person_id }),
      ...(row.question === null ? {} : { question: row.question }),
      state: isExpired ? 'expired' : row.state,
      ...(row.mandate_id === null ? {} : { mandate: row.mandate_id }),
      askedAt: row.asked_at.getTime(),
      expiresAt: row.expires_at.getTime(),
    }
  }
}
