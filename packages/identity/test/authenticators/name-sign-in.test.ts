import { inTransaction } from '@sapan/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDevices, type Devices } from '../../src/authenticators/devices.ts'
import { noteFailures } from '../../src/authenticators/failures.ts'
import { createNameSignIn, type NameSignIn, type NameVisit } from '../../src/authenticators/name-sign-in.ts'
import { countedAddress, createThrottle } from '../../src/authenticators/throttle.ts'
import { type AuthenticatorTest, authenticatorTest, goodPassword, rules, signInWith } from './ground.ts'

let test: AuthenticatorTest
let devices: Devices
let names: NameSignIn
let failures: string[]

beforeAll(async () => {
  test = await authenticatorTest()
})
afterAll(() => test.ground.database.drop())
beforeEach(() => {
  failures = []
  devices = createDevices(test.ground)
  names = restarted()
})

/** As after a restart: nothing is kept but what the database has. */
const restarted = () =>
  createNameSignIn(test.ground, {
    accounts: test.accounts,
    authenticators: test.authenticators,
    devices,
    throttle: createThrottle(test.ground, rules.limits),
    onFailure: (account) => failures.push(account),
  })

let visits = 0
const visitFrom = (address: string, device?: string): NameVisit => ({
  uid: `u${visits++}`,
  device,
  address,
  userAgent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/140',
})
/** A different address each time, as guessers have who own many machines. */
const anywhere = () => visitFrom(`203.0.${visits % 250}.${Math.floor(visits / 250)}`)

interface Person {
  readonly account: string
  readonly name: string
  readonly code: () => string
}

let people = 0
async function person(): Promise<Person> {
  const account = await test.open()
  const name = `person${people++}@example.org`
  const identifier = { scheme: 'email', value: name } as const
  await inTransaction(test.ground.pool, (client) => test.accounts.prove(client, account, identifier))
  const code = await test.totp(account)
  await test.authenticators.setPassword({ account }, goodPassword, [])
  test.ground.pass(30_000)
  return { account, name, code }
}

async function signIn(visit: NameVisit, name: string, password: string, code: string) {
  await names.begin(visit, { name, password })
  return names.finish(visit, { kind: 'totp', code })
}

/** What somebody sees who tries: the problem's code. */
const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'signed in',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )

describe('a sign-in with a name', () => {
  it('needs the password and a code', async () => {
    const { account, name, code } = await person()
    const { proof } = await signIn(visitFrom('203.0.113.1'), name.toUpperCase(), goodPassword, code())
    expect(proof).toMatchObject({ account, aal: '2.1', amr: ['pwd', 'otp', 'mfa'] })
    expect(proof.authenticators).toHaveLength(2)
  })

  it('takes a recovery code in place of the app, and says how many are left', async () => {
    const { account, name } = await person()
    const [code = ''] = await test.authenticators.renewRecoveryCodes({ account })
    const visit = visitFrom('203.0.113.1')
    await names.begin(visit, { name, password: goodPassword })
    expect(await names.finish(visit, { kind: 'recovery-code', code })).toMatchObject({ codesLeft: 9 })
  })

  it('says the same of an unknown name, a wrong password, a wrong code, and a person without a password', async () => {
    const { name, code } = await person()
    const bare = await test.open()
    const identifier = { scheme: 'email', value: 'bare@example.org' } as const
    await inTransaction(test.ground.pool, (client) => test.accounts.prove(client, bare, identifier))
    const said = await Promise.all([
      outcome(signIn(anywhere(), 'nobody@example.org', goodPassword, '123456')),
      outcome(signIn(anywhere(), name, 'another password', code())),
      outcome(signIn(anywhere(), name, goodPassword, '000000')),
      outcome(signIn(anywhere(), 'bare@example.org', goodPassword, '123456')),
      outcome(signIn(anywhere(), '1234567890121', goodPassword, '123456')),
      outcome(signIn(anywhere(), '\u0000; drop table account', goodPassword, '\u202E')),
    ])
    expect(new Set(said)).toEqual(new Set(['sign-in-refused']))
  })

  it('does not use up a code where the password was wrong', async () => {
    const { name, code } = await person()
    await outcome(signIn(anywhere(), name, 'another password', code()))
    expect(await outcome(signIn(anywhere(), name, goodPassword, code()))).toBe('signed in')
  })

  it('tries one code for a password: the next begins anew', async () => {
    const { name, code } = await person()
    const visit = anywhere()
    await names.begin(visit, { name, password: goodPassword })
    await outcome(names.finish(visit, { kind: 'totp', code: '000000' }))
    expect(await outcome(names.finish(visit, { kind: 'totp', code: code() }))).toBe('ceremony-over')
  })

  it('tells the owner of failures, after the answer', async () => {
    const { account, name } = await person()
    await outcome(signIn(anywhere(), name, 'another password', '000000'))
    expect(failures).toEqual([account])
  })
})

describe('guessing', () => {
  /** A password is tried in the first step; whether it is let through is all that a guesser learns. */
  const guess = async (name: string, visit = anywhere()) => {
    const said = await outcome(names.begin(visit, { name, password: 'a wrong password' }))
    return said === 'signed in' ? 'let through' : said
  }
  const guesses = async (name: string, count: number, from = anywhere) => {
    const said = []
    for (let i = 0; i < count; i++) said.push(await guess(name, from()))
    return said
  }

  it('from many addresses meets a wait that grows, for names that are nobody’s as well', async () => {
    const { name } = await person()
    for (const one of [name, 'nobody-at-all@example.org']) {
      const said = await guesses(one, 13)
      expect(said.slice(0, 11)).toEqual(Array(11).fill('let through'))
      expect(said.slice(-2)).toEqual(['sign-in-wait', 'sign-in-wait'])
      test.ground.pass(31_000)
      expect(await guesses(one, 2)).toEqual(['let through', 'sign-in-wait'])
      test.ground.pass(31_000)
      expect(await guesses(one, 1)).toEqual(['sign-in-wait'])
      test.ground.pass(30_000)
      expect(await guesses(one, 1)).toEqual(['let through'])
    }
  })

  it('gets no further in a day than the country allows', async () => {
    const { name } = await person()
    await guesses(name, 18)
    let tried = 11
    for (let minute = 0; minute < 24 * 60; minute += 20) {
      if ((await guess(name)) === 'let through') tried++
      test.ground.pass(1_200_000)
    }
    expect(tried).toBeLessThan(50)
  })

  it('never keeps the owner out: their own device and their passkey go on', async () => {
    const { account, name, code } = await person()
    const device = await devices.remember(test.ground.pool, account, undefined, 'x')
    const passkey = await test.passkey(account)
    await guesses(name, 15)
    expect(await outcome(signIn(anywhere(), name, goodPassword, code()))).toBe('sign-in-wait')
    expect(await outcome(signIn(visitFrom('203.0.113.9', device), name, goodPassword, code()))).toBe(
      'signed in',
    )
    await expect(signInWith(test, passkey)).resolves.toMatchObject({ account })
  })

  it('on the owner’s own device is counted for that device alone', async () => {
    const { account, name, code } = await person()
    const device = await devices.remember(test.ground.pool, account, undefined, 'x')
    const said = await guesses(name, 7, () => visitFrom('203.0.113.9', device))
    expect(said.at(-1)).toBe('sign-in-wait')
    expect(await outcome(signIn(anywhere(), name, goodPassword, code()))).toBe('signed in')
  })

  it('with another’s device cookie is guessing from an unknown device', async () => {
    const [one, other] = [await person(), await person()]
    const device = await devices.remember(test.ground.pool, other.account, undefined, 'x')
    const said = await guesses(one.name, 12, () => ({ ...anywhere(), device }))
    expect(said.at(-1)).toBe('sign-in-wait')
  })

  it('at many names from one address is met at the address, and nowhere else', async () => {
    const said = []
    for (let i = 0; i < 42; i++) said.push(await guess(`n${i}@example.org`, visitFrom('198.51.100.7')))
    expect(said.at(-1)).toBe('sign-in-wait')
    const { name, code } = await person()
    expect(await outcome(signIn(visitFrom('198.51.100.8'), name, goodPassword, code()))).toBe('signed in')
  })

  it('many times at once is let through no more often than one after another', async () => {
    const { name } = await person()
    const said = await Promise.all(Array.from({ length: 30 }, () => guess(name)))
    expect(said.filter((each) => each === 'let through').length).toBeLessThanOrEqual(11)
  })

  it('goes on being counted after a restart', async () => {
    const { name } = await person()
    await guesses(name, 12)
    names = restarted()
    expect(await guess(name)).toBe('sign-in-wait')
  })

  it('leaves nothing behind once it is forgotten', async () => {
    for (let i = 0; i < 5; i++) await outcome(names.begin(anywhere(), { name: `x${i}`, password: 'wrong' }))
    test.ground.pass(30 * 24 * 3_600_000)
    for (let i = 0; i < 40; i++) await outcome(names.begin(anywhere(), { name: `y${i}`, password: 'wrong' }))
    const { rows } = await test.ground.pool.query('select from identity.throttle where tried_at < $1', [
      new Date(test.ground.clock() - 3_600_000),
    ])
    expect(rows).toHaveLength(0)
  })

  it('says how long to wait', async () => {
    const { name } = await person()
    await guesses(name, 11)
    await expect(signIn(anywhere(), name, 'x', '0')).rejects.toMatchObject({ extensions: { retryAfter: 30 } })
  })
})

describe('an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
  ])('%s is counted as %s', (address, counted) => {
    expect(countedAddress(address)).toBe(counted)
  })
})

describe('a failure in the history', () => {
  it.each([
    ['never used for this account', false],
    ['a device that you used before', true],
  ])('says from which device it was: %s', async (said, isKnown) => {
    const { account } = await person()
    const { pool } = test.ground
    const device = isKnown ? await devices.remember(pool, account, undefined, 'x') : undefined
    noteFailures({ ...test.ground, devices })(account, visitFrom('203.0.113.9', device))
    await expect
      .poll(async () => (await test.ground.history.list(account, { limit: 1 }))[0]?.text.en)
      .toBe(`Somebody tried to sign in and did not succeed, from Chrome on Windows (${said})`)
  })
})
