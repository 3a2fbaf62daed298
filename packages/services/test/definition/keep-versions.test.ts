import { inTransaction, migrate, uuidv7 } from '@sapan/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../kernel/test/database.ts'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import { keepVersions } from '../../src/definition/keep-versions.ts'
import { definitionsOf } from '../../src/definition/load.ts'
import { servicesMigrations } from '../../src/index.ts'
import { sampleDefinition } from '../sample/definition.ts'

let database: TestDatabase
const at = Date.UTC(2026, 10, 22)
const id = 'school-bus-card'

function version(number: number, files: string): ServiceDefinition {
  return { ...sampleDefinition(), version: number, digest: files.repeat(64) }
}

const keep = (all: readonly ServiceDefinition[], isTrial = false) =>
  keepVersions({ pool: database.pool, clock: () => at, definitions: definitionsOf(all) }, { isTrial })

async function handIn(number: number): Promise<void> {
  await database.pool.query(
    `insert into services.draft
       (id, service, version, account_id, content_sealed, revision, created_at, changed_at, case_id, submitted_at)
     values ($1, $2, $3, $4, '', 1, now(), now(), $5, now())`,
    [uuidv7(at), id, number, uuidv7(at), uuidv7(at)],
  )
}

beforeAll(async () => {
  database = await testDatabase()
  await migrate(database.pool, 'services', servicesMigrations)
})
afterAll(() => database.drop())
beforeEach(async () => {
  await inTransaction(database.pool, async (client) => {
    await client.query('delete from services.version')
    await client.query('delete from services.draft')
  })
})

describe('versions in force', () => {
  it('stay as they were: an older one whose files were changed is refused, by its name', async () => {
    await keep([version(1, 'a'), version(2, 'b')])
    await keep([version(1, 'a'), version(2, 'b'), version(3, 'c')])
    const refusal = await keep([version(1, 'd'), version(2, 'b'), version(3, 'c')]).catch((error) => error)
    expect(refusal.code).toBe('definition-changed')
    expect(refusal.extensions.versions).toEqual([{ service: id, version: 1 }])
  })

  it('cannot be taken away from under their cases', async () => {
    await keep([version(1, 'a'), version(2, 'b')])
    await expect(keep([version(2, 'b')])).rejects.toMatchObject({ code: 'definition-changed' })
  })

  it('may be mended while they are the newest, until something is handed in under them', async () => {
    await keep([version(1, 'a')])
    await keep([version(1, 'b')])
    await handIn(1)
    await expect(keep([version(1, 'c')])).rejects.toMatchObject({ code: 'definition-changed' })
    await keep([version(1, 'b')])
  })

  it('in a demonstration the newest may be mended then, too, but no older one', async () => {
    await keep([version(1, 'a'), version(2, 'b')])
    await handIn(2)
    await keep([version(1, 'a'), version(2, 'c')], true)
    await expect(keep([version(1, 'd'), version(2, 'c')], true)).rejects.toMatchObject({
      code: 'definition-changed',
    })
  })

  it('are left out with the whole service, which may be given elsewhere', async () => {
    await keep([version(1, 'a')])
    await keep([])
  })

  it('are kept once by processes that start at once', async () => {
    const all = [version(1, 'a'), version(2, 'b')]
    await Promise.all(Array.from({ length: 8 }, () => keep(all)))
    const { rows } = await database.pool.query('select version from services.version order by version')
    expect(rows.map((row) => row.version)).toEqual([1, 2])
  })
})
