import type { KnownCircumstances } from '../circumstances.ts'
import { circumstancesId, circumstancesText } from '../leaf.ts'
import type { Circumstances } from '../stored.ts'
import type { Database } from './transaction.ts'

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

/** Keeps circumstances that may be there already. */
export async function keepCircumstances(
  database: Database,
  { id, columns }: KnownCircumstances,
): Promise<void> {
  await database.query({
    name: 'evidence-keep-circumstances',
    text: `insert into evidence.circumstances (id, client, service, operation, method, route, purpose,
        implied_purpose, law, grant_hash, peer, subject_key, withheld_until, certificate)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing`,
    values: [
      id,
      columns.client,
      columns.service,
      columns.operation,
      columns.method,
      columns.route,
      columns.purpose,
      columns.impliedPurpose,
      columns.law,
      columns.grant,
      columns.peer,
      columns.subjectKey,
      columns.withheldUntil,
      columns.certificate,
    ],
  })
}

/** Circumstances that are not what their identifier says, in hex. */
export async function findEditedCircumstances(database: Database): Promise<string[]> {
  const { rows } = await database.query<CircumstancesRow>('select * from evidence.circumstances order by id')
  return rows.filter((row) => !isIntact(row)).map(({ id }) => id.toString('hex'))
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
