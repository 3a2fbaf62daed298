import { Batching, byteaArray, type Language, type Pool } from '@sapan/kernel'
import type { ProviderAccount } from './ports.ts'

/** A payload as it lies. */
export interface PayloadRow {
  /** In hex. */
  readonly id: string
  /** Of a session. */
  readonly uid: string | null
  readonly content_sealed: Buffer
  /** Seconds since 1970. */
  readonly consumed: number | null
}

/** A payload with what it stands on, which is asked for next: its grant, its session, its account. */
export interface GroundedPayload {
  readonly own: PayloadRow
  readonly ground: readonly PayloadRow[]
  readonly account: ProviderAccount | undefined
}

/** By the id under which it lies, in hex, or the uid of a session. */
export type PayloadKey = { readonly id: string } | { readonly uid: string }

export type PayloadReads = Batching<PayloadKey, GroundedPayload | undefined>

interface Row extends PayloadRow {
  readonly grant_id: string | null
  readonly session_uid: string | null
  readonly account_id: string | null
  readonly state: string | null
  readonly language: Language
  readonly ial: string
}

const columns = `encode(p.id, 'hex') as id, p.uid, p.content_sealed,
  floor(extract(epoch from p.consumed_at))::int as consumed`
const none =
  'null as grant_id, null as session_uid, null::uuid as account_id, null as state, null as language, null as ial'

// Through `select`, the planner does not see how many are asked for, and goes on with one plan for all.
const text = `with own as materialized (
    select * from identity.oidc_payload where id = any((select $1::bytea[])::bytea[])
    union all
    select * from identity.oidc_payload where uid = any((select $2::text[])::text[]))
  select ${columns}, encode(p.grant_id, 'hex') as grant_id, p.session_uid, a.id as account_id, a.state, a.language, a.ial
  from own p left join identity.account a on a.id = p.account_id
  union all
  select ${columns}, ${none} from identity.oidc_payload p
  where p.id in (select grant_id from own where grant_id is not null)
  union all
  select ${columns}, ${none} from identity.oidc_payload p
  where p.uid in (select session_uid from own where session_uid is not null)`

/** Reads payloads together that are asked for at the same time. */
export function createPayloadReads(pool: Pool): PayloadReads {
  return new Batching({
    answer: async (keys) => {
      const ids = keys.flatMap((key) => ('id' in key ? Buffer.from(key.id, 'hex') : []))
      const uids = keys.flatMap((key) => ('uid' in key ? key.uid : []))
      const values = [byteaArray(ids), uids]
      const { rows } = await pool.query<Row>({ name: 'oidc-payloads', text, values })
      return answersTo(keys, rows)
    },
  })
}

function answersTo(keys: readonly PayloadKey[], rows: readonly Row[]): (GroundedPayload | undefined)[] {
  const byId = new Map<string | null, Row>()
  const byUid = new Map<string | null, Row>()
  for (const row of rows) {
    // A row that was asked for tells more than the same one as another's ground, and comes first.
    if (!byId.has(row.id)) byId.set(row.id, row)
    if (row.uid !== null && !byUid.has(row.uid)) byUid.set(row.uid, row)
  }
  return keys.map((key) => {
    const own = 'id' in key ? byId.get(key.id) : byUid.get(key.uid)
    if (!own) return undefined
    const ground = [byId.get(own.grant_id), byUid.get(own.session_uid)].filter((row) => row !== undefined)
    return { own, ground, account: accountOf(own) }
  })
}

function accountOf({ account_id: id, state, language, ial }: Row): ProviderAccount | undefined {
  return id === null || state === null ? undefined : { id, state, language, ial }
}
