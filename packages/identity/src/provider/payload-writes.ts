import { Batching, byteaArray, type Clock, type Pool } from '@sapan/kernel'

/** What is kept of a payload. */
export interface PayloadValues {
  readonly model: string
  readonly grant: Buffer | null
  readonly uid: string | null
  readonly userCode: string | null
  readonly sessionUid: string | null
  readonly account: string | null
  readonly client: string | null
  readonly sealed: Buffer
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null
  readonly seen?: SeenSession
}

/** What a person is shown of a session beside what the provider keeps of it. */
export interface SeenSession {
  /** With what it is used, sealed. */
  readonly agent: Buffer
  /** By what each client knows it: hashes. */
  readonly sids: readonly string[]
}

/** `unhurried`: its commit need not wait for the disk. */
export type PayloadWrite = { readonly id: Buffer; readonly unhurried?: boolean } & (
  | { readonly kind: 'keep'; readonly values: PayloadValues }
  | { readonly kind: 'consume' | 'remove' }
)

/** Whether it was done: not where a proof was seen before, or something was consumed before. */
export type PayloadWrites = Batching<PayloadWrite, boolean>

/** Writes in one statement, and so with one commit, what is written at the same time. */
export function createPayloadWrites({ pool, clock }: { pool: Pool; clock: Clock }): PayloadWrites {
  return new Batching<PayloadWrite, boolean>({
    keyOf: ({ id }) => id.toString('hex'),
    answer: async (writes) => {
      const statement = statementFor(writes, clock())
      const { rows } = await pool.query<{ id: string }>(statement)
      const done = new Set(rows.map(({ id }) => id))
      return writes.map((write) => !isContended(write) || done.has(write.id.toString('hex')))
    },
  })
}

/** Where several may try, and one succeeds. */
function isContended(write: PayloadWrite): boolean {
  return write.kind === 'consume' || (write.kind === 'keep' && write.values.model === once)
}

const once = 'ReplayDetection'

type Kept = Extract<PayloadWrite, { kind: 'keep' }>

/** One statement, of the parts that are needed; prepared once a connection by their names. */
function statementFor(writes: readonly PayloadWrite[], now: number) {
  const kept = writes.filter((write): write is Kept => write.kind === 'keep')
  const sessions = kept.filter(({ values }) => values.seen !== undefined)
  const consumed = idsOf(writes, 'consume')
  const removed = idsOf(writes, 'remove')
  const unhurried = writes.every((write) => write.unhurried)
  const values: unknown[] = []
  const names: string[] = []
  const parts: string[] = []
  const part = (name: string, given: readonly unknown[], text: (first: number) => string) => {
    names.push(name)
    parts.push(`${name} as (${text(values.length + 1)})`)
    values.push(...given)
  }
  if (kept.length > 0) part('kept', [now, ...valuesOf(kept)], keepText)
  if (sessions.length > 0) part('seen', [now, ...seenOf(sessions)], seenText)
  if (consumed.length > 0) part('consumed', [now, byteaArray(consumed)], consumeText)
  if (removed.length > 0) part('removed', [byteaArray(removed)], removeText)
  return {
    name: `oidc-payload-write ${names.join(' ')}${unhurried ? ' unhurried' : ''}`,
    text: `with ${parts.join(', ')} ${answerText(names, unhurried)}`,
    values,
  }
}

function idsOf(writes: readonly PayloadWrite[], kind: PayloadWrite['kind']): Buffer[] {
  return writes.filter((write) => write.kind === kind).map(({ id }) => id)
}

function valuesOf(kept: readonly Kept[]): unknown[] {
  const of = (value: (values: PayloadValues) => unknown) => kept.map(({ values }) => value(values))
  return [
    byteaArray(kept.map(({ id }) => id)),
    of(({ model }) => model),
    byteaArray(kept.map(({ values }) => values.grant)),
    of(({ uid }) => uid),
    of(({ userCode }) => userCode),
    of(({ sessionUid }) => sessionUid),
    of(({ account }) => account),
    of(({ client }) => client),
    byteaArray(kept.map(({ values }) => values.sealed)),
    of(({ expiresAt }) => expiresAt),
  ]
}

function seenOf(sessions: readonly Kept[]): unknown[] {
  return [
    sessions.map(({ values }) => values.uid),
    sessions.map(({ values }) => values.account),
    byteaArray(sessions.map(({ values }) => values.seen?.agent ?? null)),
    sessions.map(({ values }) => values.seen?.sids.join(' ') ?? ''),
  ]
}

const types = ['bytea', 'text', 'bytea', 'text', 'text', 'text', 'uuid', 'text', 'bytea', 'float8']
const columns = 'id, model, grant_id, uid, user_code, session_uid, account_id, client_id, content_sealed'

/** In the order of ids, so that two processes don't wait for each other in a circle. */
function keepText(first: number): string {
  const arrays = types.map((type, at) => `$${first + 1 + at}::${type}[]`).join(', ')
  return `insert into identity.oidc_payload as o (${columns}, expires_at)
    select ${columns}, to_timestamp(expires / 1000) from unnest(${arrays}) as given (${columns}, expires) order by id
    on conflict (id) do update set grant_id = excluded.grant_id, account_id = excluded.account_id,
      session_uid = excluded.session_uid, content_sealed = excluded.content_sealed,
      -- An interaction ends when it was to end: so its row changes in its place.
      expires_at = case when o.model = 'Interaction' then o.expires_at else excluded.expires_at end
      where o.model <> '${once}' or o.expires_at <= ${timeAt(first)}
    returning id, model`
}

/** When and with what a session is used, for the person's list of their sessions. */
function seenText(first: number): string {
  return `insert into identity.sign_in_session (uid, account_id, agent_sealed, sids, first_used_at, last_used_at)
    select uid, account, agent, string_to_array(sids, ' '), ${timeAt(first)}, ${timeAt(first)}
    from unnest($${first + 1}::text[], $${first + 2}::uuid[], $${first + 3}::bytea[], $${first + 4}::text[])
      as given (uid, account, agent, sids)
    order by uid
    on conflict (uid) do update set agent_sealed = excluded.agent_sealed, sids = excluded.sids,
      last_used_at = excluded.last_used_at`
}

function consumeText(first: number): string {
  return `update identity.oidc_payload set consumed_at = ${timeAt(first)}
    where ${isIn(first + 1)} and consumed_at is null returning id`
}

function removeText(first: number): string {
  return `delete from identity.oidc_payload where ${isIn(first)}`
}

/** Through `select`, the planner does not see how many there are, and goes on with one plan for all. */
function isIn(parameter: number): string {
  return `id = any((select $${parameter}::bytea[])::bytea[])`
}

/** A parameter of milliseconds since 1970. */
function timeAt(parameter: number): string {
  return `to_timestamp($${parameter}::float8 / 1000)`
}

/** The ids of what several may have tried. PostgreSQL looks at how a transaction commits when it ends. */
function answerText(names: readonly string[], unhurried: boolean): string {
  const lists = [
    ...(names.includes('kept') ? [`select encode(id, 'hex') as id from kept where model = '${once}'`] : []),
    ...(names.includes('consumed') ? [`select encode(id, 'hex') as id from consumed`] : []),
    ...(unhurried ? [`select set_config('synchronous_commit', 'off', true) as id`] : []),
  ]
  return lists.length > 0 ? lists.join(' union all ') : `select '' as id where false`
}
