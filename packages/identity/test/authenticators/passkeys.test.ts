import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SoftwareAuthenticator } from '../software-authenticator.ts'
import { type AuthenticatorTest, authenticatorTest, origin, signInWith } from './ground.ts'

let test: AuthenticatorTest

beforeAll(async () => {
  test = await authenticatorTest()
})
afterAll(() => test.ground.database.drop())

const refused = { code: 'passkey-refused' }
const over = { code: 'ceremony-over' }

describe('a passkey', () => {
  it('signs in whoever added it, without a name', async () => {
    const account = await test.open()
    const device = await test.passkey(account)
    expect(await signInWith(test, device)).toMatchObject({ account, aal: '2.2', amr: ['hwk', 'user', 'mfa'] })
  })

  it.each([
    ['that devices share', { isSynced: true, counts: false }, '2.1'],
    ['that is bound to a device', {}, '2.2'],
    ['that an officer saw in a security key', { hardwareSeen: true }, '3'],
    ['that an officer saw but devices share', { hardwareSeen: true, isSynced: true }, '2.1'],
  ])('%s gives the level that the country names', async (_, kind, aal) => {
    const device = await test.passkey(await test.open(), kind)
    expect((await signInWith(test, device)).aal).toBe(aal)
  })

  it('works again and again, with a counter and without', async () => {
    for (const counts of [true, false]) {
      const device = await test.passkey(await test.open(), { counts })
      await signInWith(test, device)
      await signInWith(test, device)
    }
  })

  it('may be one of several', async () => {
    const account = await test.open()
    const devices = [await test.passkey(account), await test.passkey(account)]
    for (const device of devices) expect((await signInWith(test, device)).account).toBe(account)
  })

  it('asks the browser for one that it can find by itself, with the user verified', async () => {
    const account = await test.open()
    await test.passkey(account)
    const { options } = await test.authenticators.beginPasskey({ account, label: 'x', bound: 'visit' })
    expect(options.authenticatorSelection).toMatchObject({
      residentKey: 'required',
      userVerification: 'required',
    })
    expect(options.excludeCredentials).toHaveLength(1)
    const { options: asked } = await test.authenticators.beginSignIn({ bound: 'visit' })
    expect(asked).toMatchObject({ userVerification: 'required', allowCredentials: [] })
  })
})

describe('a sign-in with a passkey is refused', () => {
  it.each([
    ['from another origin', { origin: 'https://sapan.example.com' }],
    ['from another port than ours', { origin: 'http://localhost:9999' }],
    ['for another rpID', { rpId: 'example.com' }],
    ['over another challenge', { challenge: Buffer.from('another').toString('base64url') }],
    ['without the user verified', { unverified: true }],
    ['with the answer to another question', { type: 'webauthn.create' }],
    ['with another word on whether the key may be copied', { otherBackup: true }],
  ])('%s', async (_, lie) => {
    const device = await test.passkey(await test.open())
    await expect(signInWith(test, device, lie)).rejects.toMatchObject(refused)
    await expect(signInWith(test, device)).resolves.toBeDefined()
  })

  it('with client data that was changed after it was signed', async () => {
    const device = await test.passkey(await test.open())
    const lie = { origin: 'https://false.example' }
    const mended = signInWith(test, device, lie, (text) => text.replace('https://false.example', origin))
    await expect(mended).rejects.toMatchObject(refused)
  })

  it('with an answer that was used already, or in another visit, or too late', async () => {
    const device = await test.passkey(await test.open())
    const { authenticators, ground } = test
    const begin = () => authenticators.beginSignIn({ bound: 'visit' })
    const first = await begin()
    const answer = { ceremony: first.ceremony, response: device.get(first.options) }
    await authenticators.provePasskey({ bound: 'visit' }, answer)
    await expect(authenticators.provePasskey({ bound: 'visit' }, answer)).rejects.toMatchObject(over)

    const second = await begin()
    const elsewhere = { ceremony: second.ceremony, response: device.get(second.options) }
    await expect(authenticators.provePasskey({ bound: 'other' }, elsewhere)).rejects.toMatchObject(over)

    const third = await begin()
    ground.pass(301_000)
    const late = { ceremony: third.ceremony, response: device.get(third.options) }
    await expect(authenticators.provePasskey({ bound: 'visit' }, late)).rejects.toMatchObject(over)
  })

  it('once a refused answer has used up the challenge', async () => {
    const device = await test.passkey(await test.open())
    const { ceremony, options } = await test.authenticators.beginSignIn({ bound: 'visit' })
    const prove = (response: string) =>
      test.authenticators.provePasskey({ bound: 'visit' }, { ceremony, response })
    await expect(prove(device.get(options, { unverified: true }))).rejects.toMatchObject(refused)
    await expect(prove(device.get(options))).rejects.toMatchObject(over)
  })

  it('when its counter went back, and its owner is told', async () => {
    const account = await test.open()
    const device = await test.passkey(account)
    await signInWith(test, device, { counter: 10 })
    for (const counter of [9, 10])
      await expect(signInWith(test, device, { counter })).rejects.toMatchObject({ code: 'passkey-copied' })
    const [event] = await test.ground.history.list(account, { limit: 1 })
    expect(event).toMatchObject({ kind: 'passkey-copied', isWarning: true })
    expect(test.notices.filter((notice) => notice.account === account).at(-1)?.title.en).toContain('copied')
    await expect(signInWith(test, device, { counter: 11 })).resolves.toMatchObject({ account })
  })

  it('when two answers with one counter come at the same moment', async () => {
    const device = await test.passkey(await test.open())
    const outcomes = await Promise.allSettled([5, 5].map((counter) => signInWith(test, device, { counter })))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('for somebody else than who is asked for', async () => {
    const [mine, other] = [await test.open(), await test.open()]
    const device = await test.passkey(mine)
    const visit = { bound: 'visit', account: other }
    const { ceremony, options } = await test.authenticators.beginSignIn(visit)
    const prove = test.authenticators.provePasskey(visit, { ceremony, response: device.get(options) })
    await expect(prove).rejects.toMatchObject(refused)
  })

  it('when nobody has it', async () => {
    await expect(signInWith(test, new SoftwareAuthenticator(origin))).rejects.toMatchObject(refused)
  })

  it.each(['', 'null', '[]', '{}', '{"id":1}', `{"id":"${'A'.repeat(70_000)}"}`, '"\u0000"'])(
    'when the answer is %.20j',
    async (response) => {
      const { ceremony } = await test.authenticators.beginSignIn({ bound: 'visit' })
      const prove = test.authenticators.provePasskey({ bound: 'visit' }, { ceremony, response })
      await expect(prove).rejects.toMatchObject(refused)
    },
  )
})

describe('a passkey is not added', () => {
  it.each([
    ['from another origin', { origin: 'https://sapan.example.com' }],
    ['for another rpID', { rpId: 'example.com' }],
    ['without the user verified', { unverified: true }],
    ['over another challenge', { challenge: 'AAAA' }],
  ])('%s', async (_, lie) => {
    const account = await test.open()
    const owner = { account, label: 'x', bound: 'visit' }
    const { ceremony, options } = await test.authenticators.beginPasskey(owner)
    const response = new SoftwareAuthenticator(origin).create(options, lie)
    const added = test.authenticators.addPasskey(owner, { ceremony, response, name: 'x' })
    await expect(added).rejects.toMatchObject(refused)
    expect(await test.authenticators.list(account)).toEqual([])
  })

  it('twice, or to two people', async () => {
    const device = await test.passkey(await test.open())
    const other = { account: await test.open(), label: 'x', bound: 'visit' }
    const { ceremony, options } = await test.authenticators.beginPasskey(other)
    const added = test.authenticators.addPasskey(other, {
      ceremony,
      response: device.create(options),
      name: 'x',
    })
    await expect(added).rejects.toMatchObject({ code: 'authenticator-registered' })
  })

  it('to another account than it was begun for', async () => {
    const [mine, other] = [await test.open(), await test.open()]
    const { ceremony, options } = await test.authenticators.beginPasskey({
      account: mine,
      label: 'x',
      bound: 'v',
    })
    const response = new SoftwareAuthenticator(origin).create(options)
    const added = test.authenticators.addPasskey(
      { account: other, bound: 'v' },
      { ceremony, response, name: 'x' },
    )
    await expect(added).rejects.toMatchObject(over)
  })
})
