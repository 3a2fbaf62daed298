import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../packages/kernel/test/database.ts'
import { run } from './support.ts'

let folder: string
let database: TestDatabase
let config: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-identity-commands-'))
  database = await testDatabase()
  config = join(folder, 'identity.yaml')
  await writeFile(config, fileOf(database.url))
  // Loaded once for all tests: it is most of the house.
  await import('../src/run/serve-identity.ts')
}, 240_000)
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

const fileOf = (url: string) => `issuer: http://localhost:4201
portal: http://localhost:4203
desk: http://localhost:4202
listen: { identity: "127.0.0.1:4201", desk: "127.0.0.1:4202" }
operator: TH/GOV/DGA
gateway: { edge: "http://127.0.0.1:1", subsystem: TH/GOV/DGA/identity }
contact: { email: help@example.go.th, dataProtection: dpo@example.go.th }
database: { url: "${url}" }
`

async function written(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

const sapan = (...argv: string[]) => run([...argv, '--config', config])

/** The block of the guide for developers that begins with `clients:`. */
async function clientsOfGuide(): Promise<string> {
  const guide = await readFile(new URL('../../../docs/guides/identity.md', import.meta.url), 'utf8')
  return /```yaml\n(clients:\n[\s\S]*?)```/.exec(guide)?.[1] ?? ''
}

describe('sapan identity clients', () => {
  it('registers the clients of the guide, and changes nothing the second time', async () => {
    const path = await written('clients.yaml', await clientsOfGuide())
    const first = await sapan('identity', 'clients', path)
    expect(first).toMatchObject({ code: 0 })
    expect(first.out).toContain('rd-efiling: registered')
    expect(first.out).toMatch(/its secret, shown this once: [\w-]{43}/)
    const second = await sapan('identity', 'clients', path)
    expect(second.out).toContain('rd-efiling: as it was')
    expect(second.out).not.toContain('secret')
  })

  it('refuses a file with its place, and registers nothing of it', async () => {
    const wrong = (await clientsOfGuide()).replaceAll('rd-', 'other-').replace('https://', 'http://')
    const { code, notes } = await sapan('identity', 'clients', await written('wrong.yaml', wrong))
    expect(code).toBe(1)
    expect(notes).toContain('/clients/0/')
    const { rows } = await database.pool.query("select id from identity.oidc_client where id like 'other-%'")
    expect(rows).toEqual([])
  })
})

/** The block of the guide of the desk. */
async function officersOfGuide(): Promise<string> {
  const guide = await readFile(new URL('../../../docs/guides/desk.md', import.meta.url), 'utf8')
  return /```csv\n([\s\S]*?)```/.exec(guide)?.[1] ?? ''
}

describe('sapan identity officers', () => {
  const bring = (path: string) => sapan('identity', 'officers', path, '--agency', 'TH/GOV/RD')

  it('brings in the file of the guide, once', async () => {
    const path = await written('officers.csv', await officersOfGuide())
    expect((await bring(path)).out).toContain('added 3, changed 0, left 0')
    expect((await bring(path)).out).toContain('added 0, changed 0, left 3')
  })

  it('names the lines that have to be mended, and brings in nobody', async () => {
    const text = (await officersOfGuide()).replace(/^\d{13}/m, '1234567890123')
    const { code, notes } = await bring(await written('wrong.csv', text))
    expect(code).toBe(1)
    expect(notes).toContain('2 national_id:')
  })
})

describe('sapan notices', () => {
  it('shows what waits and what was given up, and gives that another round', async () => {
    expect((await sapan('notices', 'outbox')).out).toContain('given up: 0')
    await database.pool.query(
      `with told as (insert into notices.message (id, account, kind, content_sealed, sent_at)
         values (gen_random_uuid(), gen_random_uuid(), 'question', '', now()) returning id, account)
       insert into notices.delivery (channel, message_id, account, kind, state, outcome, attempts, next_at, created_at, finished_at)
       select 'email', id, account, 'question', 'dead', 'refused 550', 15, now(), now(), now() from told`,
    )
    expect((await sapan('notices', 'outbox')).out).toContain('given up: 1')
    expect((await sapan('notices', 'revive')).out).toContain('tried again: 1')
    expect((await sapan('notices', 'outbox')).out).toMatch(/waiting: 1[\s\S]*given up: 0/)
  })
})
