import type { Database } from '@sapan/kernel'
import type { CaseView } from '../../case/cases.ts'

/** That an officer looked at what a case holds. */
export async function insertView(client: Database, id: string, officer: string, at: number): Promise<void> {
  await client.query(
    'insert into casework.case_view (case_id, at, officer) values ($1, $2, $3) on conflict do nothing',
    [id, new Date(at), officer],
  )
}

export async function readViews(client: Database, id: string): Promise<CaseView[]> {
  const { rows } = await client.query<{ officer: string; at: Date }>(
    'select officer, at from casework.case_view where case_id = $1 order by at desc, officer limit 1000',
    [id],
  )
  return rows.map(({ officer, at }) => ({ officer, at: at.getTime() }))
}
