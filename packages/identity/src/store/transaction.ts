import type { PoolClient } from '@sapan/kernel'

export { inTransaction } from '@sapan/kernel'

/** Where queries run: alone, or in a transaction. */
export type Database = Pick<PoolClient, 'query'>

/** Whether a query failed because what must be unique is there already (SQLSTATE 23505). */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}
