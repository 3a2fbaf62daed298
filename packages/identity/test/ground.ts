import { randomBytes } from 'node:crypto'
import { createLogger, type Logger, type Pool } from '@sapan/kernel'
import { Sealer } from '@sapan/trust'
import { type TestDatabase, testDatabase } from '../../kernel/test/database.ts'
import type { Levels } from '../src/levels/level.ts'
import { testLevels } from './levels.ts'

export { testLevels }

/** What most rooms stand on, over a fresh database and a clock that the test moves. */
export interface TestGround {
  readonly pool: Pool
  readonly clock: () => number
  readonly log: Logger
  readonly sealer: Sealer
  readonly hashKey: Uint8Array
  readonly levels: Levels
  readonly issuer: string
  readonly database: TestDatabase
  /** Moves the clock forward. */
  pass(milliseconds: number): void
}

export const noon = Date.UTC(2026, 10, 21, 5)

/** With the tables of other contexts too, where `more` names them. */
export async function testGround(more: Readonly<Record<string, URL>> = {}): Promise<TestGround> {
  const database = await testDatabase({
    identity: new URL('../src/store/migrations/', import.meta.url),
    ...more,
  })
  let now = noon
  return {
    pool: database.pool,
    clock: () => now,
    log: createLogger({ name: 'test', level: 'silent' }),
    sealer: new Sealer(new Map([[1, randomBytes(32)]]), 1),
    hashKey: randomBytes(32),
    levels: testLevels,
    issuer: 'http://localhost:4400',
    database,
    pass: (milliseconds) => {
      now += milliseconds
    },
  }
}
