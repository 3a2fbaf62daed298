import { inTransaction } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDevices } from '../../src/authenticators/devices.ts'
import { clearOld } from '../../src/retention/retention.ts'
import { type AuthenticatorTest, authenticatorTest } from '../authenticators/ground.ts'

let test: AuthenticatorTest
let account: string

const day = 86_400_000
const country = { retention: { proofingAttempts: 90, counterVisits: 7, devices: 400, sessions: 30 } }

beforeAll(async () => {
  test = await authenticatorTest()
  account = await test.open()
})
afterAll(() => test.ground.database.drop())

const clear = () => clearOld({ ...test.ground, country })
const historyOf = async () => (await test.ground.history.list(account, { limit: 50 })).length

describe('a device', () => {
  it('is known until nobody has used it for the days of the country', async () => {
    const devices = createDevices(test.ground)
    const token = await devices.remember(test.ground.pool, account, undefined, 'x')
    test.ground.pass(399 * day)
    await devices.remember(test.ground.pool, account, token, 'x')
    test.ground.pass(400 * day)
    expect((await clear()).devices).toBe(0)
    expect(await devices.isKnown(account, token)).toBe(true)
    test.ground.pass(1)
    expect((await clear()).devices).toBe(1)
    expect(await devices.isKnown(account, token)).toBe(false)
  })

  it('is cleared once, where two processes clear at the same moment', async () => {
    const devices = createDevices(test.ground)
    for (let i = 0; i < 5; i++) await devices.remember(test.ground.pool, account, undefined, 'x')
    test.ground.pass(401 * day)
    const cleared = await Promise.all([clear(), clear(), clear()])
    expect(cleared.reduce((sum, one) => sum + one.devices, 0)).toBe(5)
  })
})

describe('history', () => {
  it('is kept for ever', async () => {
    await inTransaction(test.ground.pool, (client) =>
      test.ground.history.record(client, { account, kind: 'unfrozen' }),
    )
    const before = await historyOf()
    test.ground.pass(10_000 * day)
    await clear()
    expect(await historyOf()).toBe(before)
  })
})
