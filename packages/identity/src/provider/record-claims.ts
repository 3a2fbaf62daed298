import type { Text } from '@sapan/kernel'
import type { History } from '../history/history.ts'
import type { RecordClaims } from './consents.ts'

const NAMES = `select settings -> 'names' as names from identity.oidc_client where id = $1`

/** Writes what a person agreed to tell a service into their history, with the service's names as they are now. */
export function recordClaims({ record }: Pick<History, 'record'>): RecordClaims {
  return async (transaction, { account, kind, client }) => {
    // By the same connection: one that waited for another while it holds its own could wait for ever.
    const { rows } = await transaction.query<{ names: Text }>(NAMES, [client])
    const { th, en } = rows[0]?.names ?? { th: client, en: client }
    await record(transaction, { account, kind, detail: { th, en } })
  }
}
