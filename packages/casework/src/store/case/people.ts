import type { Database } from '@sapan/kernel'
import type { CasePerson } from '../../case/case.ts'
import { readCursor } from './cursor.ts'
import { type CaseRow, listedColumns } from './row.ts'

const columns = listedColumns
  .split(', ')
  .map((column) => `service_case.${column}`)
  .join(', ')

/** Cases that the account handed in, and those about whom it acts for: the latest first. One more than asked for. */
export async function casesOfPerson(
  client: Database,
  { account, parties }: CasePerson,
  limit: number,
  after?: string,
): Promise<CaseRow[]> {
  const cursor = after === undefined ? undefined : readCursor(after)
  const from = [new Date(cursor?.at ?? 8.64e15 / 2), cursor?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff']
  const { rows } = await client.query<CaseRow>(
    `with own as (
       select id, received_at from casework.service_case
       where applicant = $1 and (received_at, id) < ($3, $4::uuid) order by received_at desc, id desc limit $5
     ), of_parties as (
       select page.* from unnest($2::text[]) as known (party), lateral (
         select case_id as id, received_at from casework.case_party
         where party = known.party and role = 'about' and (received_at, case_id) < ($3, $4::uuid)
         order by received_at desc, case_id desc limit $5) as page
     ), page as (
       select id, received_at from own union select id, received_at from of_parties
       order by received_at desc, id desc limit $5
     )
     select ${columns} from page join casework.service_case using (id)
     order by page.received_at desc, id desc`,
    [account, parties, ...from, limit + 1],
  )
  return rows
}

/** Cases in which the consent of one of these parties is awaited. */
export async function casesAwaiting(client: Database, parties: readonly string[]): Promise<CaseRow[]> {
  const { rows } = await client.query<CaseRow>(
    `select ${columns} from casework.case_party join casework.service_case on id = case_id
     where case_party.party = any($1::text[]) and role = 'asked'
       and state in ('awaiting-payment', 'awaiting-consent')
       and exists (select from jsonb_array_elements(consents) as asked
         where asked ->> 'of' = case_party.party and asked ->> 'id' = any(awaited_consents))
     order by case_party.received_at desc, id limit 100`,
    [parties],
  )
  return rows
}
