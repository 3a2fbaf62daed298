import type { Database } from '@sapan/kernel'
import type { KnownCircumstances } from '../circumstances.ts'
import { circumstancesId, circumstancesText } from '../leaf.ts'
import type { Circumstances } from '../stored.ts'

/** What the driver gives for a row. */
interface CircumstancesRow {
  id: Buffer
  client: string
  service: string
  operation: string
  method: string
  route: string
  purpose: string
  implied_purpose: boolean
  law: string
  grant_hash: string
  peer: string
  subject_key: number
  withheld_until: string | null
  certificate: string
}

/**
 * Keeps circumstances of which some may be there already, in one statement: whoever makes each of their records have
 * others must not make it a commit for each.
 */
export async function keepCircumstances(
  database: Database,
  circumstances: readonly KnownCircumstances[],
): Promise<void> {
  // In one order everywhere, so that two gateways that keep the same ones do not wait for each other.
  const kept = circumstances.toSorted((a, b) => a.id.compare(b.id))
  const each = <T>(of: (columns: Circumstances) => T) => kept.map(({ columns }) => of(columns))
  await database.query({
    name: 'evidence-keep-circumstances',
    text: `insert into evidence.circumstances (id, client, service, operation, method, route, purpose,
        implied_purpose, law, grant_hash, peer, subject_key, withheld_until, certificate)
      select * from unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
        $8::boolean[], $9::text[], $10::text[], $11::text[], $12::int[], $13::bigint[], $14::text[])
      on conflict do nothing`,
    values: [
      kept.map(({ id }) => id),
      each(({ client }) => client),
      each(({ service }) => service),
      each(({ operation }) => operation),
      each(({ method }) => method),
      each(({ route }) => route),
      each(({ purpose }) => purpose),
      each(({ impliedPurpose }) => impliedPurpose),
      each(({ law }) => law),
      each(({ grant }) => grant),
      each(({ peer }) => peer),
      each(({ subjectKey }) => subjectKey),
      each(({ withheldUntil }) => withheldUntil),
      each(({ certificate }) => certificate),
    ],
  })
}

/** How many circumstances an audit has in memory at once. */
const checkedAtOnce = 1000

/** Circumstances that are not what their identifier says, in hex. */
export async function findEditedCircumstances(database: Database): Promise<string[]> {
  const edited: string[] = []
  for (let after: Buffer | null = null; ; ) {
    const { rows }: { rows: CircumstancesRow[] } = await database.query<CircumstancesRow>(
      'select * from evidence.circumstances where $1::bytea is null or id > $1 order by id limit $2',
      [after, checkedAtOnce],
    )
    edited.push(...rows.filter((row) => !isIntact(row)).map(({ id }) => id.toString('hex')))
    const last = rows.at(-1)
    if (!last || rows.length < checkedAtOnce) return edited
    after = last.id
  }
}

function isIntact(row: CircumstancesRow): boolean {
  try {
    return circumstancesId(circumstancesText(readCircumstances(row))).equals(row.id)
  } catch {
    return false
  }
}

/** Identifiers, in hex, that a member's records name and that are not there. */
export async function findMissingCircumstances(database: Database, member: string): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `select distinct encode(r.circumstances, 'hex') as id from evidence.record r
     where r.member = $1 and not exists (select from evidence.circumstances c where c.id = r.circumstances)`,
    [member],
  )
  return rows.map(({ id }) => id)
}

export function readCircumstances(row: Omit<CircumstancesRow, 'id'>): Circumstances {
  return {
    client: row.client,
    service: row.service,
    operation: row.operation,
    method: row.method,
    route: row.route,
    purpose: row.purpose,
    impliedPurpose: row.implied_purpose,
    law: row.law,
    grant: row.grant_hash,
    peer: row.peer,
    subjectKey: row.subject_key,
    withheldUntil: row.withheld_until === null ? null : Number(row.withheld_until),
    certificate: row.certificate,
  }
}
