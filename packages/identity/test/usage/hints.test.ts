import { randomBytes, randomUUID } from 'node:crypto'
import { sealHint } from '@sapan/exchange'
import { inTransaction, nationalIdCheckDigit } from '@sapan/kernel'
import { agreementJwk, agreementKey, generateSigner } from '@sapan/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAccounts } from '../../src/account/accounts.ts'
import { createTokens } from '../../src/tokens/tokens.ts'
import { collectHints } from '../../src/usage/hints/collect.ts'
import { hintsOf, markSeen } from '../../src/usage/hints/store.ts'
import { type TestGround, testGround } from '../ground.ts'

const key = agreementKey(randomBytes(32))
let ground: TestGround
let accounts: ReturnType<typeof createAccounts>
let told: { account: string; key: string; title: { en: string }; body: { en: string }; link: string }[]
let waiting: { number: number; jwe: string }[]
let isSilent: boolean
let asked: { gateway: string; taken: readonly number[] }[]

beforeAll(async () => {
  ground = await testGround()
  accounts = createAccounts(ground)
})
afterAll(() => ground.database.drop())
beforeEach(() => {
  told = []
  waiting = []
  asked = []
  isSilent = false
})

const rd = { owner: 'TH/GOV/RD', gateways: ['TH/GOV/RD/gateway-1', 'TH/GOV/RD/gateway-2'], members: [] }

/** RD's gateways, of which the second alone may answer; the outbox forgets what was taken. */
const collect = () =>
  collectHints(ground, {
    key,
    accounts,
    tokens: createTokens({
      ...ground,
      signer: generateSigner('ecdsa-p256-sha256'),
      hintKey: key,
      statusLists: 'https://id.example/status',
    }),
    door: {
      operators: async () => [rd],
      hints: async ({ gateway, taken }) => {
        asked.push({ gateway, taken })
        if (isSilent || gateway.endsWith('1')) throw new Error('no answer')
        waiting = waiting.filter(({ number }) => !taken.includes(number))
        return { hints: waiting }
      },
    },
    notices: {
      send: async (_, notice) => {
        if (!told.some((one) => one.account === notice.account && one.key === notice.key)) told.push(notice)
      },
    },
  })

let last = 0
async function person() {
  const digits = `1${String(++last).padStart(11, '0')}`
  const number = `${digits}${nationalIdCheckDigit(digits)}`
  const account = await inTransaction(ground.pool, async (client) => {
    const { id } = await accounts.create(client, { language: 'th' })
    await accounts.prove(client, id, { scheme: 'national-id', value: number })
    return id
  })
  return { account, number }
}

async function hint(subject: string, { unusual = false, at = ground.clock(), to = key } = {}): Promise<void> {
  const jwe = (await sealHint(agreementJwk(to), { subject, at, unusual })) ?? ''
  waiting.push({ number: waiting.length + 1, jwe })
}

describe('a hint of a gateway', () => {
  it('says to a person’s page that there is something new to see, until they have looked', async () => {
    const { account, number } = await person()
    await hint(number)
    expect(await collect()).toBe(1)
    expect(await hintsOf(ground.pool, account)).toEqual([{ owner: rd.owner, isNew: true }])
    ground.pass(1000)
    await markSeen(ground.pool, { account, owners: [rd.owner], at: ground.clock() })
    expect(await hintsOf(ground.pool, account)).toEqual([{ owner: rd.owner, isNew: false }])
    ground.pass(1000)
    await hint(number)
    await collect()
    expect(await hintsOf(ground.pool, account)).toEqual([{ owner: rd.owner, isNew: true }])
    expect(told).toEqual([])
  })

  it('finds who has only a passport by it', async () => {
    const account = await inTransaction(ground.pool, async (client) => {
      const { id } = await accounts.create(client, { language: 'en' })
      await accounts.prove(client, id, { scheme: 'passport', value: 'FRA:SMT000042' })
      return id
    })
    await hint('FRA:SMT000042')
    await hint('FRA:SMT000043')
    await collect()
    expect(await hintsOf(ground.pool, account)).toEqual([{ owner: rd.owner, isNew: true }])
  })

  it('of an unusual access is told the person, once a day, and says nothing of it', async () => {
    const { account, number } = await person()
    for (let i = 0; i < 3; i++) await hint(number, { unusual: true })
    await collect()
    await hint(number, { unusual: true })
    await collect()
    expect(told).toMatchObject([{ account, kind: 'access', link: '/me/usage' }])
    expect(told[0]?.title.en).toBe('An unusual look at your data')
    expect(JSON.stringify(told)).not.toMatch(/Revenue|สรรพากร|tax/)
    ground.pass(86_400_000)
    await hint(number, { unusual: true })
    await collect()
    expect(told).toHaveLength(2)
  })

  it('is acknowledged only when it is kept, and changes nothing the second time', async () => {
    const { account, number } = await person()
    await hint(number, { unusual: true })
    const [first] = waiting
    await collect()
    expect(asked.filter(({ gateway }) => gateway.endsWith('2'))).toMatchObject([
      { taken: [] },
      { taken: [1] },
    ])
    expect(waiting).toEqual([])
    // The acknowledgement was lost.
    waiting = first ? [first] : []
    await collect()
    expect(told).toHaveLength(1)
    expect(await hintsOf(ground.pool, account)).toHaveLength(1)
  })

  it('stays at the gateway while that is silent', async () => {
    const { account, number } = await person()
    await hint(number)
    isSilent = true
    expect(await collect()).toBe(0)
    isSilent = false
    expect(await collect()).toBe(1)
    expect(await hintsOf(ground.pool, account)).toHaveLength(1)
  })

  it('is dropped where it is of nobody, for another key, or none; those beside it are kept', async () => {
    const { account, number } = await person()
    await hint('1234567890121')
    await hint(number, { to: agreementKey(randomBytes(32)) })
    waiting.push({ number: 3, jwe: `x${randomUUID()}` })
    await hint(number)
    expect(await collect()).toBe(4)
    expect(waiting).toEqual([])
    expect(await hintsOf(ground.pool, account)).toHaveLength(1)
  })

  it('that comes after the person has looked is nothing new', async () => {
    const { account, number } = await person()
    await hint(number)
    ground.pass(1000)
    await markSeen(ground.pool, { account, owners: [rd.owner], at: ground.clock() })
    expect(await hintsOf(ground.pool, account)).toEqual([])
    await collect()
    expect(await hintsOf(ground.pool, account)).toEqual([{ owner: rd.owner, isNew: false }])
  })

  it('from the future is from now', async () => {
    const { account, number } = await person()
    await hint(number, { at: ground.clock() + 9 * 86_400_000 })
    await collect()
    ground.pass(1000)
    await markSeen(ground.pool, { account, owners: [rd.owner], at: ground.clock() })
    expect(await hintsOf(ground.pool, account)).toEqual([{ owner: rd.owner, isNew: false }])
  })
})
