import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFreezing, type Freezing } from '../../src/account/freezing.ts'
import type { Proof } from '../../src/authenticators/authenticator.ts'
import { createDevices } from '../../src/authenticators/devices.ts'
import { createRecovery, type Recovery } from '../../src/recovery/recovery.ts'
import { type AuthenticatorTest, authenticatorTest, origin, signInWith } from '../authenticators/ground.ts'
import { outcome } from '../mandates/world.ts'
import { SoftwareAuthenticator } from '../software-authenticator.ts'

let test: AuthenticatorTest
let freezing: Freezing
let recovery: Recovery
const nothing = async () => {}
const hour = 3_600_000

beforeAll(async () => {
  test = await authenticatorTest()
  const devices = createDevices(test.ground)
  const { accounts } = test
  freezing = createFreezing(test.ground, {
    accounts,
    devices,
    revokeSessions: nothing,
    statuses: { suspendAll: nothing, resumeAll: nothing },
    mandates: { suspendAll: nothing },
  })
  recovery = createRecovery(test.ground, { accounts, devices, revokeSessions: nothing, settle: nothing })
})
afterAll(() => test.ground.database.drop())

type Who = 'old passkey' | 'young passkey' | 'passkey since' | 'recovered' | 'code app' | 'stranger'

/** A frozen account, and what each proves who tries to open it. */
async function proofs(): Promise<{ account: string; of: Record<Who, Proof> }> {
  const [account, other] = [await test.open(), await test.open()]
  const [old, strangers] = [await test.passkey(account), await test.passkey(other)]
  await test.totp(account)
  test.ground.pass(72 * hour)
  const young = await test.passkey(account)
  await freezing.freeze(account)
  const since = await test.passkey(account)
  const owner = { account, label: 'x', bound: 'v' }
  const device = new SoftwareAuthenticator(origin)
  const { ceremony, options } = await test.authenticators.beginPasskey(owner)
  const answer = { ceremony, response: device.create(options), bound: 'v', name: 'x', keepsFormer: true }
  await recovery.begin({ account, how: 'in-person', evidence: 'e' }, answer)
  test.ground.pass(2 * hour)
  await recovery.ripen()
  const passkey = await signInWith(test, old)
  const app = (await test.authenticators.list(account)).find(({ kind }) => kind === 'totp')?.id ?? ''
  return {
    account,
    of: {
      'old passkey': passkey,
      'young passkey': await signInWith(test, young),
      'passkey since': await signInWith(test, since),
      recovered: await signInWith(test, device),
      'code app': { ...passkey, authenticators: [app] },
      stranger: { ...(await signInWith(test, strangers)), account },
    },
  }
}

describe('opening a frozen account', () => {
  it.each([
    ['old passkey', 'done'],
    ['recovered', 'done'],
    ['young passkey', 'unfreeze-refused'],
    ['passkey since', 'unfreeze-refused'],
    ['code app', 'unfreeze-refused'],
    ['stranger', 'unfreeze-refused'],
  ] as const)('with %s: %s', async (who, expected) => {
    const { account, of } = await proofs()
    expect((await freezing.mayOpen(of[who])) !== undefined).toBe(expected === 'done')
    expect(await outcome(freezing.unfreeze(of[who]))).toBe(expected)
    expect((await test.accounts.find(account))?.state).toBe(expected === 'done' ? 'open' : 'frozen')
  })
})
