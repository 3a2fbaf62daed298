import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../packages/kernel/test/database.ts'
import { readIdentityFile, writeIdentityFile } from '../src/config/identity.ts'
import { openDemonstration } from '../src/documents/demonstration.ts'
import { deskRoutes } from '../src/identity/desk.ts'
import type { House } from '../src/identity/house.ts'
import { openOperator } from '../src/run/identity.ts'

let folder: string
let database: TestDatabase
let house: House

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-desk-'))
  database = await testDatabase()
  const config = join(folder, 'identity.yaml')
  await writeIdentityFile(config, {
    issuer: 'http://localhost:4201',
    portal: 'http://localhost:4203',
    desk: 'http://localhost:4202',
    listen: { identity: '127.0.0.1:4201', desk: '127.0.0.1:4202' },
    operator: 'TH/GOV/DGA',
    gateway: { edge: 'http://127.0.0.1:1', subsystem: 'TH/GOV/DGA/identity' },
    contact: { email: 'help@example.go.th', dataProtection: 'dpo@example.go.th' },
    database: { url: database.url },
  })
  const { issuer, timestamper, statusOf } = await openDemonstration(folder)
  house = await openOperator(await readIdentityFile(config), {
    databaseUrl: database.url,
    log: createLogger({ name: 'test', level: 'error' }),
    documents: {
      authority: { issuer, addresses: {} },
      timestamper,
      agencySeals: new Map(),
      statusOf,
      lists: async () => [],
    },
  })
}, 60_000)
afterAll(async () => {
  await house?.close()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

/** What tests of who may do it say, over all rooms. */
async function tested(): Promise<string> {
  const texts = await Promise.all(
    ['identity', 'casework', 'desk', 'operator'].map(async (room) => {
      const at = new URL(`../../../packages/${room}/test/authorisation/`, import.meta.url)
      const files = (await readdir(at)).filter((name) => name.endsWith('.test.ts'))
      return Promise.all(files.map((name) => readFile(new URL(name, at), 'utf8')))
    }),
  )
  return texts.flat().join('\n')
}

describe('everything that officers send at the desk', () => {
  it('has a test of who may send it: one that names `POST` and its path', async () => {
    const said = new Set((await tested()).match(/POST \/desk[\w/:-]*/g))
    const sent = deskRoutes(house).filter(({ method }) => method === 'POST')
    expect(sent.length).toBeGreaterThan(25)
    expect(sent.map(({ path }) => `POST ${path}`).filter((one) => !said.has(one))).toEqual([])
  })

  it('asks for a duty, whoever sends it', () => {
    const open = deskRoutes(house).filter(({ needs }) => !needs?.duties?.length)
    expect(open.map(({ path }) => path)).toEqual([])
  })
})
