import { type TestDatabase, testDatabase } from '../../kernel/test/database.ts'

const migrations = (of: string) => new URL(`../src/${of}/store/migrations/`, import.meta.url)

/** Fresh databases with the tables of their owners, who find nothing to be migrated. */
export const evidenceDatabase = (): Promise<TestDatabase> =>
  testDatabase({ evidence: migrations('evidence') })

export const centerDatabase = (): Promise<TestDatabase> => testDatabase({ center: migrations('center') })

export const gatewayDatabase = (): Promise<TestDatabase> =>
  testDatabase({
    gateway: migrations('gateway'),
    directory: migrations('directory'),
    evidence: migrations('evidence'),
    queue: migrations('queue'),
  })
