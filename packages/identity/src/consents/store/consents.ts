import type { StatusRef } from '@sapan/exchange'
import type { Database } from '@sapan/kernel'
import { uuidv7 } from '@sapan/kernel'
import type { ConsentState, KeptConsent } from '../consent.ts'
import type { Asking } from '../terms.ts'

interface Row {
  id: string
  scheme: string
  subject_hash: Buffer
  account_id: string | null
  state: ConsentState
  consumer: string
  provider: string
  service: string
  purpose: string
  law: string | null
  operations: string[] | null
  fields: string[]
  reason_th: string
  reason_en: string
  reference: string
  asked_at: Date
  asked_until: Date | null
  given_at: Date | null
  expires_at: Date | null
  ended_at: Date | null
  unwanted: boolean
  status_uri: string | null
  status_index: number | null
}

/** Whom a consent is about, as it is found. */
export interface SubjectKey {
  readonly scheme: string
  readonly hash: Buffer
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Keeps a question, with who is to be told of it; its id. */
export async function insertAsked(
  database: Database,
  { terms, reason, reference }: Omit<Asking, 'subject'>,
  asked: { subject: SubjectKey; at: number; until: number; account?: string | undefined },
): Promise<string> {
  const { subject, at, until, account } = asked
  const id = uuidv7(at)
  await database.query(
    `insert into identity.consent (id, scheme, subject_hash, state, consumer, provider, service, purpose, law,
       operations, fields, reason_th, reason_en, reference, asked_at, asked_until, announce_to)
     values ($1, $2, $3, 'asked', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      id,
      subject.scheme,
      subject.hash,
      terms.consumer,
      terms.provider,
      terms.service,
      terms.purpose,
      terms.law ?? null,
      terms.operations ?? null,
      terms.fields,
      reason.th,
      reason.en,
      reference,
      new Date(at),
      new Date(until),
      account ?? null,
    ],
  )
  return id
}

/**
 * What is about these identifiers, the latest first; of very many, all that holds: however much an agency asks, nobody
 * loses sight of what they gave.
 */
export async function listOf(database: Database, subjects: readonly SubjectKey[]): Promise<KeptConsent[]> {
  const { rows } = await database.query<Row>(
    `select * from (
       select c.* from unnest($1::text[], $2::bytea[]) as s (scheme, hash)
       join identity.consent c on c.scheme = s.scheme and c.subject_hash = s.hash
       order by c.state <> 'given', not c.unwanted, c.asked_at desc, c.id desc limit 500) shown
     order by asked_at desc, id desc`,
    [subjects.map(({ scheme }) => scheme), subjects.map(({ hash }) => hash)],
  )
  return rows.map(readRow)
}

export async function findConsent(
  database: Database,
  id: string,
  lock = false,
): Promise<KeptConsent | undefined> {
  if (!isUuid.test(id)) return undefined
  const { rows } = await database.query<Row>(
    `select * from identity.consent where id = $1 ${lock ? 'for update' : ''}`,
    [id],
  )
  return rows[0] && readRow(rows[0])
}

export async function saveGiven(
  database: Database,
  consent: {
    id: string
    account: string
    fields: readonly string[]
    at: number
    expires: number
    status: StatusRef
  },
): Promise<void> {
  await database.query(
    `update identity.consent set state = 'given', account_id = $2, fields = $3, given_at = $4, expires_at = $5,
       status_uri = $6, status_index = $7 where id = $1`,
    [
      consent.id,
      consent.account,
      consent.fields,
      new Date(consent.at),
      new Date(consent.expires),
      consent.status.uri,
      consent.status.index,
    ],
  )
}

export async function saveEnded(
  database: Database,
  ended: {
    id: string
    account: string
    state: 'refused' | 'withdrawn'
    at: number
    unwanted?: boolean
  },
): Promise<void> {
  await database.query(
    'update identity.consent set state = $2, account_id = $3, ended_at = $4, unwanted = $5 where id = $1',
    [ended.id, ended.state, ended.account, new Date(ended.at), ended.unwanted ?? false],
  )
}

/** Lets an agency ask again for what was refused for good. */
export async function saveWanted(database: Database, id: string): Promise<void> {
  await database.query('update identity.consent set unwanted = false where id = $1', [id])
}

/** Consents that end before then and of which nobody was told yet: marked as told, at most a hundred. */
export async function takeEnding(database: Database, at: number, before: number): Promise<KeptConsent[]> {
  const { rows } = await database.query<Row>(
    `update identity.consent set reminded_at = $1 where id in (
       select id from identity.consent where state = 'given' and reminded_at is null
         and expires_at > $1 and expires_at <= $2 order by expires_at limit 100 for update skip locked
     ) returning *`,
    [new Date(at), new Date(before)],
  )
  return rows.map(readRow)
}

function readRow(row: Row): KeptConsent {
  const time = (name: string, at: Date | null) => (at === null ? {} : { [name]: at.getTime() })
  const { status_uri: uri, status_index: index } = row
  return {
    id: row.id,
    scheme: row.scheme,
    subjectHash: row.subject_hash,
    ...(row.account_id === null ? {} : { account: row.account_id }),
    state: row.state,
    consumer: row.consumer,
    provider: row.provider,
    service: row.service,
    purpose: row.purpose,
    ...(row.law === null ? {} : { law: row.law }),
    ...(row.operations === null ? {} : { operations: row.operations }),
    fields: row.fields,
    reason: { th: row.reason_th, en: row.reason_en },
    reference: row.reference,
    askedAt: row.asked_at.getTime(),
    ...time('askedUntil', row.asked_until),
    ...time('givenAt', row.given_at),
    ...time('expires', row.expires_at),
    ...time('endedAt', row.ended_at),
    ...(row.unwanted ? { unwanted: true } : {}),
    ...(uri === null || index === null ? {} : { status: { uri, index } }),
  }
}
