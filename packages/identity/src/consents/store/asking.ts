import type { Database } from '@sapan/kernel'
import type { ConsentTerms } from '../consent.ts'
import type { SubjectKey } from './consents.ts'

/** An agency's question to a person. */
export interface Asked {
  /** The agency, whose subsystems ask. */
  readonly member: string
  readonly subject: SubjectKey
  readonly terms: ConsentTerms
  readonly at: number
}

/** Questions of one agency to one person follow one another until the transaction is over. */
export async function holdAsking(database: Database, { member, subject }: Asked): Promise<void> {
  const key = `consent question ${member} ${subject.scheme} ${subject.hash.toString('hex')}`
  await database.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key])
}

/** What the person refused for good: the same agency, service and purpose, whatever the fields. Its id. */
export async function findUnwanted(database: Database, asked: Asked): Promise<string | undefined> {
  const { subject, member, terms } = asked
  return await firstId(
    database,
    `select id from identity.consent where scheme = $1 and subject_hash = $2 and unwanted
       and starts_with(consumer, $3 || '/') and service = $4 and purpose = $5 limit 1`,
    [subject.scheme, subject.hash, member, terms.service, terms.purpose],
  )
}

/** A question on the same terms that waits for its answer. Its id. */
export async function findSameAsked(
  database: Database,
  { subject, terms, at }: Asked,
): Promise<string | undefined> {
  return await firstId(
    database,
    `select id from identity.consent where scheme = $1 and subject_hash = $2 and state = 'asked' and asked_until > $3
       and consumer = $4 and service = $5 and purpose = $6 and law is not distinct from $7::text
       and fields @> $8 and fields <@ $8
       and (operations is null) = ($9::text[] is null) and (operations is null or (operations @> $9 and operations <@ $9))
     limit 1`,
    [
      subject.scheme,
      subject.hash,
      new Date(at),
      terms.consumer,
      terms.service,
      terms.purpose,
      terms.law ?? null,
      terms.fields,
      terms.operations ?? null,
    ],
  )
}

/** How often the agency has asked this person since then, whatever became of it. */
export async function countAsked(
  database: Database,
  { subject, member }: Asked,
  since: number,
): Promise<number> {
  const { rows } = await database.query<{ asked: number }>(
    `select count(*)::int as asked from identity.consent
     where scheme = $1 and subject_hash = $2 and asked_at > $3 and starts_with(consumer, $4 || '/')`,
    [subject.scheme, subject.hash, new Date(since), member],
  )
  return rows[0]?.asked ?? 0
}

/** Questions of which their people were not told yet; marked as told when the transaction commits. */
export async function takeUnannounced(
  database: Database,
  at: number,
): Promise<{ id: string; consumer: string; account: string }[]> {
  const { rows } = await database.query<{ id: string; consumer: string; account: string }>(
    `update identity.consent set announced_at = $1 where id in (
       select id from identity.consent where announced_at is null and announce_to is not null and state = 'asked'
       order by asked_at limit 100 for update skip locked)
     returning id, consumer, announce_to as account`,
    [new Date(at)],
  )
  return rows
}

async function firstId(
  database: Database,
  text: string,
  values: readonly unknown[],
): Promise<string | undefined> {
  const { rows } = await database.query<{ id: string }>(text, [...values])
  return rows[0]?.id
}
