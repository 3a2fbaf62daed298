import { randomBytes, randomUUID } from 'node:crypto'
import { createLogger } from '@sapan/kernel'
import { Sealer } from '@sapan/trust'
import { type TestDatabase, testDatabase } from '../../../kernel/test/database.ts'
import type { DraftOwner, Drafts } from '../../src/draft/draft.ts'
import { createDrafts, type DraftsGround } from '../../src/draft/drafts.ts'
import { servicesMigrations } from '../../src/index.ts'

export interface DraftStore extends AsyncDisposable {
  readonly database: TestDatabase
  readonly ground: DraftsGround
  readonly drafts: Drafts
  /** What was logged. */
  readonly lines: string[]
  at: number
}

/** Drafts on a database of their own, whose clock the test moves. */
export async function draftStore(): Promise<DraftStore> {
  const database = await testDatabase({ services: servicesMigrations })
  const lines: string[] = []
  const ground: DraftsGround = {
    pool: database.pool,
    clock: () => made.at,
    sealer: new Sealer(new Map([[1, randomBytes(32)]]), 1),
    hashKey: randomBytes(32),
    log: createLogger({ name: 'test', destination: { write: (line: string) => void lines.push(line) } }),
  }
  const made: DraftStore = {
    database,
    ground,
    drafts: createDrafts(ground),
    lines,
    at: Date.parse('2026-11-22T10:00:00+07:00'),
    [Symbol.asyncDispose]: () => database.drop(),
  }
  return made
}

export function somebody(): DraftOwner {
  return { account: randomUUID() }
}
