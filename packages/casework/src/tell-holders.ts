import type { PoolClient } from '@sapan/kernel'
import type { CaseworkOptions, TaskNews } from './casework.ts'
import { summaryOf, type TaskRow } from './store/row.ts'

/** Tells all who hold a task's duty, but not who it is about: nobody handles a task about themselves. */
export async function tellHolders(
  { officers, tell }: Pick<CaseworkOptions, 'officers' | 'tell'>,
  client: PoolClient,
  { what, row }: { readonly what: TaskNews['what']; readonly row: TaskRow },
): Promise<void> {
  for (const { account } of await officers.colleagues(row.agency, row.duty)) {
    if (account !== row.subject) await tell(client, { what, to: account, task: summaryOf(row) })
  }
}
