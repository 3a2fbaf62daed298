import { randomInt } from 'node:crypto'
import { inTransaction } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuthenticators } from '../../src/authenticators/authenticators.ts'
import { createDevices } from '../../src/authenticators/devices.ts'
import { usualHashCost } from '../../src/authenticators/memorised.ts'
import { createNameSignIn, type NameSignIn } from '../../src/authenticators/name-sign-in.ts'
import { type AuthenticatorTest, authenticatorTest, goodPassword } from './ground.ts'

let test: AuthenticatorTest
let names: NameSignIn

beforeAll(async () => {
  test = await authenticatorTest()
  const account = await test.open()
  const identifier = { scheme: 'email', value: 'known@example.org' } as const
  await inTransaction(test.ground.pool, (client) => test.accounts.prove(client, account, identifier))
  await test.totp(account)
  // As it is in a house: what a hash costs must hide what the rest costs.
  const ground = { ...test.ground, hashCost: usualHashCost }
  const costly = createAuthenticators(ground, async () => undefined)
  await costly.setPassword({ account }, goodPassword, [])
  const nothing = async () => {}
  names = createNameSignIn(ground, {
    accounts: test.accounts,
    authenticators: test.authenticators,
    devices: createDevices(ground),
    throttle: { attempt: nothing, forgive: nothing },
    onFailure: () => {},
  })
})
afterAll(() => test.ground.database.drop())

const samples = 400

/**
 * Both names in pairs, so that whatever else the machine does falls on both alike. Which comes first is drawn: memory is
 * given back every few hashes, and would meet the same name each time in any fixed order. Milliseconds.
 */
async function measured(
  attempt: (name: string, uid: string) => Promise<unknown>,
): Promise<readonly [number[], number[]]> {
  const times: readonly [number[], number[]] = [[], []]
  for (let pair = 0; pair < samples; pair++) {
    for (const which of randomInt(2) === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const start = performance.now()
      const name = which === 0 ? 'known@example.org' : 'nobody@example.org'
      await attempt(name, `u${pair}-${which}`).catch(() => {})
      times[which].push(performance.now() - start)
    }
  }
  return times
}

/** The largest distance between two distributions (Kolmogorov and Smirnov), 0 to 1. */
function distance(a: readonly number[], b: readonly number[]): number {
  const share = (times: readonly number[], at: number) =>
    times.filter((time) => time <= at).length / times.length
  return Math.max(...[...a, ...b].map((at) => Math.abs(share(a, at) - share(b, at))))
}

/** Above it the two differ, but for one time in a thousand. */
const telling = 1.95 * Math.sqrt(2 / samples)

describe('the time of a sign-in with a name', () => {
  it('tells nobody whether there is such an account', async () => {
    const [known, unknown] = await measured((name, uid) =>
      names.begin(
        { uid, device: undefined, address: '203.0.113.1', userAgent: '' },
        { name, password: 'a wrong password' },
      ),
    )
    expect(distance(known, unknown)).toBeLessThan(telling)
  })

  it('tells nobody with the second step either', async () => {
    const [known, unknown] = await measured(async (name, uid) => {
      const visit = { uid, device: undefined, address: '203.0.113.1', userAgent: '' }
      await names.begin(visit, { name, password: 'a wrong password' })
      await names.finish(visit, { kind: 'totp', code: '123456' })
    })
    expect(distance(known, unknown)).toBeLessThan(telling)
  })

  it('would be told apart without the work for nobody: the measure can see it', () => {
    const known = Array.from({ length: samples }, (_, i) => 30 + (i % 20))
    const unknown = Array.from({ length: samples }, (_, i) => 5 + (i % 20))
    expect(distance(known, unknown)).toBeGreaterThan(telling)
  })
})
