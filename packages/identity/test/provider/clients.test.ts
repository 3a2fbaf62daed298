import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClients } from '../../src/clients/clients.ts'
import { importClients } from '../../src/clients/import.ts'
import { type TestGround, testGround } from '../ground.ts'
import { knownToClients } from './issuer.ts'
import { portal, publicClient } from './relying-party.ts'

let ground: TestGround
const known = { ...knownToClients, isMember: (member: string) => member.startsWith('TH/GOV/') }

beforeAll(async () => {
  ground = await testGround()
})
afterAll(() => ground.database.drop())

const room = () => createClients(ground, known)
const fapi = { ...publicClient, profile: 'fapi2', authentication: 'private_key_jwt', bound: 'dpop' } as const
const jwks = { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] }

describe('a client', () => {
  test('is registered, changed and disabled, with who did it and when', async () => {
    const clients = room()
    await clients.register({ ...publicClient, id: 'kept' }, 'appointment 1')
    ground.pass(1000)
    const names = { th: 'ชื่อใหม่', en: 'New name' }
    await clients.change('kept', { ...publicClient, id: 'kept', names }, 'appointment 2')
    expect(await clients.find('kept')).toMatchObject({
      names,
      createdBy: 'appointment 1',
      changedBy: 'appointment 2',
    })
    await clients.disable('kept', 'appointment 3')
    expect(await clients.metadata('kept')).toBeUndefined()
    expect((await clients.find('kept'))?.disabledAt).toBe(ground.clock())
    await clients.enable('kept', 'appointment 3')
    expect(await clients.metadata('kept')).toMatchObject({ client_id: 'kept', subject_type: 'pairwise' })
    expect((await clients.list('TH/GOV/DGA')).map(({ settings }) => settings.id)).toContain('kept')
    expect(await clients.list('TH/GOV/RD')).toEqual([])
  })

  test('of an id that is taken, unknown, or of another member is refused', async () => {
    const clients = room()
    await clients.register({ ...publicClient, id: 'taken' }, 'x')
    await expect(clients.register({ ...publicClient, id: 'taken' }, 'x')).rejects.toMatchObject({
      code: 'sign-in-client-taken',
    })
    await expect(clients.disable('nobody', 'x')).rejects.toMatchObject({ code: 'sign-in-client-unknown' })
    const moved = { ...publicClient, id: 'taken', member: 'TH/GOV/RD' }
    await expect(clients.change('taken', moved, 'x')).rejects.toMatchObject({
      code: 'sign-in-client-invalid',
    })
  })

  test('with a secret is shown it once; only its hash is kept', async () => {
    const clients = room()
    const settings = { ...publicClient, id: 'secretive', authentication: 'client_secret_basic' }
    const { secret = '' } = await clients.register(settings, 'x')
    expect(secret.length).toBeGreaterThan(40)
    const renewed = await clients.renewSecret('secretive', 'x')
    expect(renewed).not.toBe(secret)
    const { rows } = await ground.pool.query("select * from identity.oidc_client where id = 'secretive'")
    expect(JSON.stringify(rows)).not.toContain(renewed)
    await expect(room().renewSecret('taken', 'x')).rejects.toMatchObject({ code: 'sign-in-client-invalid' })
  })
})

describe('settings that do not go together', () => {
  const wrong: [name: string, change: object, place: string][] = [
    ['no https', { redirectUris: ['http://agency.example/cb'] }, '/redirectUris/0'],
    ['a fragment', { redirectUris: ['https://agency.example/cb#x'] }, '/redirectUris/0'],
    ['a user name', { redirectUris: ['https://a@agency.example/cb'] }, '/redirectUris/0'],
    ['a wildcard', { redirectUris: ['https://*.agency.example/cb'] }, '/redirectUris/0'],
    ['dots', { redirectUris: ['https://agency.example/a/../cb'] }, '/redirectUris/0'],
    ['hidden dots', { redirectUris: ['https://agency.example/%2e%2e/cb'] }, '/redirectUris/0'],
    ['a script', { redirectUris: ['javascript:alert(1)'] }, '/redirectUris/0'],
    ['none', { redirectUris: [] }, '/redirectUris'],
    ['a scope that is none', { scopes: ['openid', 'everything'] }, '/scopes'],
    ['no openid', { scopes: ['profile'] }, '/scopes'],
    ['a level that is none', { least: { ial: '9' } }, '/least/ial'],
    ['no member', { member: 'TH/COM/NOBODY' }, '/member'],
    ['fapi2 without a key', { ...fapi }, '/jwks'],
    ['fapi2 with a secret', { ...fapi, authentication: 'client_secret_basic' }, '/authentication'],
    ['fapi2 with nothing bound', { ...fapi, jwks, bound: undefined }, '/bound'],
    ['fapi2 with RS256', { ...fapi, jwks, idTokenAlgorithm: 'RS256' }, '/idTokenAlgorithm'],
    ['a private key', { ...fapi, jwks: { keys: [{ ...jwks.keys[0], d: 'd' }] } }, '/jwks'],
    ['exchange without proof of itself', { exchange: true }, '/authentication'],
    ['two ways to its keys', { ...fapi, jwks, jwksUri: 'https://agency.example/jwks' }, '/jwks'],
    ['a certificate’s name without certificates', { tlsSubject: { kind: 'dns', value: 'a' } }, '/tlsSubject'],
    ['something unknown', { secret: 'mine' }, '/secret'],
    ['a long name', { names: { th: 'ก'.repeat(201), en: 'x' } }, '/names/th'],
  ]
  test.each(wrong)('are refused with their place: %s', async (_name, change, place) => {
    const settings = { ...publicClient, id: 'wrong', ...change }
    const clean = JSON.parse(JSON.stringify(settings))
    await expect(room().register(clean, 'x')).rejects.toMatchObject({
      code: 'sign-in-client-invalid',
      extensions: { place },
    })
    expect(await room().find('wrong')).toBeUndefined()
  })
})

describe('a file of clients', () => {
  const by = { by: 'file', known }
  const file = (...clients: object[]) => JSON.stringify({ clients })

  test('brings in what is new, changes what differs, and leaves the rest', async () => {
    const clients = room()
    const text = `clients:
  - id: from-yaml
    member: TH/GOV/RD
    names: { th: ยื่นภาษี, en: Tax filing }
    profile: basic
    authentication: client_secret_basic
    redirectUris: [https://tax.example/callback]
    scopes: [openid]
`
    const [first] = await importClients(clients, text, by)
    expect(first).toMatchObject({ id: 'from-yaml', outcome: 'registered', secret: expect.any(String) })
    expect(await importClients(clients, text, by)).toEqual([{ id: 'from-yaml', outcome: 'same' }])
    const changed = text.replace('[openid]', '[openid, profile]')
    expect(await importClients(clients, changed, by)).toEqual([{ id: 'from-yaml', outcome: 'changed' }])
  })

  test('is refused whole, with the place, where one of it is wrong', async () => {
    const clients = room()
    const good = { ...publicClient, id: 'good-one' }
    const bad = { ...publicClient, id: 'bad-one', scopes: ['profile'] }
    await expect(importClients(clients, file(good, bad), by)).rejects.toMatchObject({
      extensions: { place: '/clients/1/scopes' },
    })
    await expect(importClients(clients, file(good, good), by)).rejects.toMatchObject({
      extensions: { place: '/clients/1/id' },
    })
    for (const text of ['{', 'clients: 1', '[]', '', 'a: &a [*a]', '\u0000']) {
      await expect(importClients(clients, text, by)).rejects.toMatchObject({ code: 'sign-in-client-invalid' })
    }
    expect(await clients.find('good-one')).toBeUndefined()
  })

  test('of one agency speaks of its own clients alone', async () => {
    const own = { ...by, member: 'TH/GOV/DGA' }
    const clients = room()
    await clients.register({ ...publicClient, id: 'of-tax', member: 'TH/GOV/RD' }, 'x')
    for (const one of [
      { ...publicClient, id: 'foreign', member: 'TH/GOV/RD' },
      { ...portal, id: 'false-portal' },
      { ...publicClient, id: 'of-tax' },
    ]) {
      await expect(importClients(clients, file(one), own)).rejects.toMatchObject({
        code: 'sign-in-client-invalid',
      })
    }
  })
})
