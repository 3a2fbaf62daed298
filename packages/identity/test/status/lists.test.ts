import { randomUUID } from 'node:crypto'
import { readStatusList, type StatusRef } from '@sapan/exchange'
import type { PoolClient } from '@sapan/kernel'
import { generateSigner } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../kernel/test/database.ts'
import { createStatusLists, type StatusLists } from '../../src/status/lists.ts'
import { createTokens } from '../../src/tokens/tokens.ts'
import { viewOf } from './directory.ts'

const issuer = 'https://id.example'
let database: TestDatabase
let lists: StatusLists
let now = Date.parse('2026-05-01T08:00:00Z')
const tokens = createTokens({
  issuer,
  clock: () => now,
  signer: generateSigner('ecdsa-p256-sha256'),
  statusLists: `${issuer}/status`,
})
const open = (options: { size?: number; servedFor?: number } = {}) =>
  createStatusLists({ pool: database.pool, clock: () => now, signer: tokens.signer, issuer, ...options })

beforeAll(async () => {
  database = await testDatabase({ identity: new URL('../../src/store/migrations/', import.meta.url) })
  lists = open()
})
afterAll(async () => {
  await lists?.stop()
  await database?.drop()
})

async function inTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } finally {
    client.release()
  }
}

async function newAccount(state = 'open'): Promise<string> {
  const id = randomUUID()
  await database.pool.query(
    `insert into identity.account (id, state, ial, created_at, changed_at) values ($1, $2, '1', now(), now())`,
    [id, state],
  )
  return id
}

const allocate = (account: string, from = lists) =>
  inTransaction((client) => from.allocate(client, { account, kind: 'consent' }))

async function get(ref: StatusRef, headers: Record<string, string> = {}, from = lists) {
  const path = ref.uri.slice(`${issuer}/status`.length)
  return from.handler({ method: 'GET', path, headers, body: new Uint8Array() })
}

async function statusOf(ref: StatusRef, from = lists) {
  const { body } = await get(ref, {}, from)
  const jws = Buffer.from(body).toString()
  const view = viewOf([tokens.directoryEntry()])
  return readStatusList(jws, { view, uri: ref.uri, now }).at(ref.index)
}

describe('a status list', () => {
  it('says of each entry what was last set, and of what was withdrawn that for ever', async () => {
    const account = await newAccount()
    const [kept, withdrawn, suspended] = [
      await allocate(account),
      await allocate(account),
      await allocate(account),
    ]
    await inTransaction(async (client) => {
      await lists.set(client, withdrawn, 'withdrawn')
      await lists.set(client, suspended, 'suspended')
    })
    expect([await statusOf(kept), await statusOf(withdrawn), await statusOf(suspended)]).toEqual([
      'valid',
      'withdrawn',
      'suspended',
    ])
    await inTransaction(async (client) => {
      await lists.set(client, withdrawn, 'valid')
      await lists.set(client, suspended, 'valid')
    })
    expect([await statusOf(withdrawn), await statusOf(suspended)]).toEqual(['withdrawn', 'valid'])
  })

  it('says nothing of a change whose transaction was undone', async () => {
    const ref = await allocate(await newAccount())
    await inTransaction(async (client) => {
      await lists.set(client, ref, 'withdrawn')
      await client.query('rollback')
      await client.query('begin')
    })
    expect(await statusOf(ref)).toBe('valid')
  })

  it('stops everything of one account, and of no other, until it goes on', async () => {
    const [owner, other] = [await newAccount(), await newAccount()]
    const [mine, suspended, theirs] = [await allocate(owner), await allocate(owner), await allocate(other)]
    await inTransaction(async (client) => {
      await lists.set(client, suspended, 'suspended')
      await lists.suspendAll(client, owner)
    })
    expect([await statusOf(mine), await statusOf(theirs)]).toEqual(['suspended', 'valid'])
    await inTransaction((client) => lists.resumeAll(client, owner))
    expect([await statusOf(mine), await statusOf(suspended)]).toEqual(['valid', 'suspended'])
  })

  it('lets no session go on that was stopped, nor one that was ended with all of an account', async () => {
    const [mine, others] = [await newAccount(), await newAccount()]
    const session = (account: string) =>
      inTransaction((client) => lists.allocate(client, { account, kind: 'session' }))
    const [stopped, consent, theirs] = [await session(mine), await allocate(mine), await session(others)]
    await inTransaction((client) => lists.suspendAll(client, mine))
    await inTransaction((client) => lists.resumeAll(client, mine))
    expect([await statusOf(stopped), await statusOf(consent)]).toEqual(['withdrawn', 'valid'])
    const ended = await session(mine)
    await inTransaction((client) => lists.withdrawSessions(client, mine))
    expect([await statusOf(ended), await statusOf(consent), await statusOf(theirs)]).toEqual([
      'withdrawn',
      'valid',
      'valid',
    ])
  })

  it('begins stopped for who is frozen, so that nothing slips in beside a freeze', async () => {
    expect(await statusOf(await allocate(await newAccount('frozen')))).toBe('suspended')
  })

  it('draws places at random, no place twice, and opens another list when one is full enough', async () => {
    const small = open({ size: 16 })
    const account = await newAccount()
    const refs: StatusRef[] = []
    for (let n = 0; n < 40; n++) refs.push(await allocate(account, small))
    const places = refs.map(({ uri, index }) => `${uri} ${index}`)
    expect(new Set(places).size).toBe(40)
    expect(new Set(refs.map(({ uri }) => uri)).size).toBeGreaterThan(2)
    expect(refs.map(({ index }) => index)).not.toEqual(refs.map(({ index }) => index).sort((a, b) => a - b))
    await small.stop()
  })

  it('refuses to set what is no entry of its own', async () => {
    const wrong = [
      { uri: 'https://other.example/status/1', index: 0 },
      { uri: `${issuer}/status/1`, index: 130_000 },
      { uri: `${issuer}/status/x`, index: 0 },
    ]
    for (const ref of wrong) {
      await expect(inTransaction((client) => lists.set(client, ref, 'withdrawn'))).rejects.toThrow(RangeError)
    }
  })

  it('is signed for its address, its issuer and a minute', async () => {
    const ref = await allocate(await newAccount())
    const { body, headers, status } = await get(ref)
    expect([status, headers['content-type']]).toEqual([200, 'application/statuslist+jwt'])
    const jws = Buffer.from(body).toString()
    const view = viewOf([tokens.directoryEntry()])
    const read = (uri: string, at: number) => readStatusList(jws, { view, uri, now: at })
    expect(read(ref.uri, now).expires - read(ref.uri, now).issuedAt).toBe(60_000)
    expect(() => read(`${issuer}/status/999`, now)).toThrow('status-list-invalid')
    expect(() => read(ref.uri, now + 60_000)).toThrow('status-list-invalid')
    expect(() => read(ref.uri, now - 60_000)).toThrow('status-list-invalid')
    const others = viewOf([{ issuer: 'https://other.example', jwk: tokens.directoryEntry().jwk }])
    expect(() => readStatusList(jws, { view: others, uri: ref.uri, now })).toThrow('status-list-invalid')
  })
})

describe('who asks for a list', () => {
  it('is told that theirs is the newest, and gets a fresh one when it has aged', async () => {
    const ref = await allocate(await newAccount())
    const { headers } = await get(ref)
    expect((await get(ref, { 'if-none-match': headers.etag ?? '' })).status).toBe(304)
    now += 6_000
    expect((await get(ref, { 'if-none-match': headers.etag ?? '' })).status).toBe(200)
  })

  it('is held until it changes, and answered when another process changes it', async () => {
    const ref = await allocate(await newAccount())
    const other = open()
    const { headers } = await get(ref)
    const held = get(ref, { 'if-none-match': headers.etag ?? '', prefer: 'wait=10' })
    await inTransaction((client) => other.set(client, ref, 'withdrawn'))
    const { status, body } = await held
    expect(status).toBe(200)
    const view = viewOf([tokens.directoryEntry()])
    const list = readStatusList(Buffer.from(body).toString(), { view, uri: ref.uri, now })
    expect(list.at(ref.index)).toBe('withdrawn')
    await other.stop()
  })

  it('is answered at once where it has an older list, whatever it would wait', async () => {
    const ref = await allocate(await newAccount())
    const { headers } = await get(ref)
    await inTransaction((client) => lists.set(client, ref, 'suspended'))
    expect((await get(ref, { 'if-none-match': headers.etag ?? '', prefer: 'wait=10' })).status).toBe(200)
  })

  it('is let go when the process ends', async () => {
    const ref = await allocate(await newAccount())
    const ending = open()
    const { headers } = await get(ref, {}, ending)
    const held = get(ref, { 'if-none-match': headers.etag ?? '', prefer: 'wait=10' }, ending)
    await new Promise((resolve) => setImmediate(resolve))
    await ending.stop()
    expect((await held).status).toBe(304)
  })

  it.each([
    ['GET', '/0'],
    ['GET', '/999999'],
    ['GET', '/9999999999999'],
    ['GET', '/1/2'],
    ['GET', '/'],
    ['GET', '/../1'],
  ])('gets nothing for %s %s', async (method, path) => {
    const { status } = await lists.handler({ method, path, headers: {}, body: new Uint8Array() })
    expect(status).toBe(404)
  })

  it('may only read', async () => {
    const { status } = await lists.handler({
      method: 'POST',
      path: '/1',
      headers: {},
      body: new Uint8Array(),
    })
    expect(status).toBe(405)
  })
})
