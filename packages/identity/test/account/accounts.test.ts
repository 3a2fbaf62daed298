import { inTransaction } from '@sapan/kernel'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Accounts, Profile } from '../../src/account/account.ts'
import { createAccounts } from '../../src/account/accounts.ts'
import { type TestGround, testGround } from '../ground.ts'

let ground: TestGround
let accounts: Accounts

beforeAll(async () => {
  ground = await testGround()
  accounts = createAccounts(ground)
})
afterAll(() => ground.database.drop())

const opened = () => inTransaction(ground.pool, (client) => accounts.create(client, { language: 'th' }))
const proved = (id: string, scheme: 'national-id' | 'email', value: string) =>
  inTransaction(ground.pool, (client) => accounts.prove(client, id, { scheme, value }))

const profile: Profile = {
  givenName: { th: 'สมใจ', en: 'Somjai' },
  familyName: { th: 'ใจดี', en: 'Jaidee' },
  birthDate: '1987-04-13',
  source: 'TH/GOV/DOPA',
  fetchedAt: Date.UTC(2026, 10, 21),
}

describe('an account', () => {
  it('begins open, at the lowest level, without a name', async () => {
    const { id } = await opened()
    expect(await accounts.find(id)).toMatchObject({ state: 'open', ial: '1.1', name: { th: '', en: '' } })
  })

  it('is found by nothing that cannot be an id', async () => {
    for (const id of ['', "' or 1=1 --", '00000000-0000-0000-0000-000000000000', 'x'.repeat(5000)])
      expect(await accounts.find(id)).toBeUndefined()
  })

  it('has the name of its profile, which comes back as it was saved', async () => {
    const { id } = await opened()
    await inTransaction(ground.pool, (client) => accounts.saveProfile(client, id, profile))
    expect(await accounts.profileOf(id)).toEqual(profile)
    expect((await accounts.find(id))?.name).toEqual({ th: 'สมใจ ใจดี', en: 'Somjai Jaidee' })
  })

  it('never falls to a lower level', async () => {
    const { id } = await opened()
    for (const [ial, has] of [
      ['2.3', '2.3'],
      ['1.3', '2.3'],
      ['3', '3'],
    ] as const) {
      await inTransaction(ground.pool, (client) => accounts.raiseIal(client, id, ial))
      expect((await accounts.find(id))?.ial).toBe(has)
    }
  })

  it('takes no level that the country does not have', async () => {
    const { id } = await opened()
    const raise = inTransaction(ground.pool, (client) => accounts.raiseIal(client, id, '9'))
    await expect(raise).rejects.toThrow(RangeError)
  })

  it('leaves nothing when its transaction is given up', async () => {
    let id = ''
    const broken = inTransaction(ground.pool, async (client) => {
      id = (await accounts.create(client, { language: 'en' })).id
      throw new Error('given up')
    })
    await expect(broken).rejects.toThrow('given up')
    expect(await accounts.find(id)).toBeUndefined()
  })
})

describe('an identifier', () => {
  it('finds its account however it is written', async () => {
    const { id } = await opened()
    await proved(id, 'national-id', '1-2345-67890-12-1')
    await proved(id, 'email', ' Somjai@Example.go.TH ')
    expect((await accounts.findByIdentifier('national-id', '1234567890121'))?.id).toBe(id)
    expect((await accounts.findByIdentifier('email', 'somjai@example.go.th'))?.id).toBe(id)
  })

  it('belongs to one account alone once it is proved', async () => {
    const [one, other] = [await opened(), await opened()]
    await proved(one.id, 'email', 'one@example.org')
    await expect(proved(other.id, 'email', 'ONE@example.org')).rejects.toMatchObject({
      code: 'identifier-taken',
    })
    expect(await accounts.identifiersOf(other.id)).toEqual([])
  })

  it('goes to one of two who prove it at the same moment', async () => {
    const both = await Promise.all([opened(), opened()])
    const outcomes = await Promise.allSettled(both.map(({ id }) => proved(id, 'email', 'race@example.org')))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = outcomes.find((outcome) => outcome.status === 'rejected')
    expect(lost).toMatchObject({ reason: { code: 'identifier-taken' } })
  })

  it('finds nobody while it is only said, and gives way to what is proved', async () => {
    const { id } = await opened()
    const said = { scheme: 'email', value: 'said@example.org' } as const
    await inTransaction(ground.pool, (client) => accounts.say(client, id, said))
    expect(await accounts.findByIdentifier('email', said.value)).toBeUndefined()
    await proved(id, 'email', 'proved@example.org')
    await inTransaction(ground.pool, (client) => accounts.say(client, id, said))
    expect(await accounts.identifiersOf(id)).toEqual([
      { scheme: 'email', value: 'proved@example.org', proved: true },
    ])
  })

  it('with a wrong check digit is refused', async () => {
    const { id } = await opened()
    await expect(proved(id, 'national-id', '1234567890122')).rejects.toMatchObject({
      code: 'identifier-invalid',
    })
  })

  it('finds nobody and breaks nothing, whatever is entered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (value) => {
        for (const scheme of ['national-id', 'email', 'passport', 'external:thaid'] as const)
          expect(await accounts.findByIdentifier(scheme, value)).toBeUndefined()
      }),
      { numRuns: 15 },
    )
  })

  it('lies in no table as it was written', async () => {
    const { id } = await opened()
    await proved(id, 'email', 'hidden-words@example.org')
    const { rows } = await ground.pool.query('select i::text as text from identity.identifier i')
    const stored = rows.map(({ text }) => text).join()
    expect(stored).not.toContain(Buffer.from('hidden-words').toString('hex'))
    expect(stored).not.toContain('hidden-words')
  })
})
