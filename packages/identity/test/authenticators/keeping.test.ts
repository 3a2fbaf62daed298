import { inTransaction } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AuthenticatorTest, authenticatorTest, goodPassword } from './ground.ts'

let test: AuthenticatorTest

beforeAll(async () => {
  test = await authenticatorTest()
})
afterAll(() => test.ground.database.drop())

const list = (account: string) => test.authenticators.list(account)
const idOf = async (account: string, kind: string) =>
  (await list(account)).find((one) => one.kind === kind)?.id ?? ''

describe('what a person signs in with', () => {
  it('may go, but not the last way in', async () => {
    const account = await test.open()
    await test.passkey(account)
    await test.passkey(account)
    const [first, last] = await list(account)
    await test.authenticators.remove({ account }, first?.id ?? '')
    const gone = test.authenticators.remove({ account }, last?.id ?? '')
    await expect(gone).rejects.toMatchObject({ code: 'authenticator-last' })
    expect(await list(account)).toHaveLength(1)
  })

  it('keeps one way in, also where two are removed at the same moment', async () => {
    const account = await test.open()
    await test.passkey(account)
    await test.passkey(account)
    const both = (await list(account)).map(({ id }) => test.authenticators.remove({ account }, id))
    const outcomes = await Promise.allSettled(both)
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is no way in with recovery codes alone, nor with a code app alone', async () => {
    const account = await test.open()
    await test.passkey(account)
    await test.totp(account)
    await test.authenticators.renewRecoveryCodes({ account })
    const gone = test.authenticators.remove({ account }, await idOf(account, 'passkey'))
    await expect(gone).rejects.toMatchObject({ code: 'authenticator-last' })
    await test.authenticators.setPassword({ account }, goodPassword, [])
    await test.authenticators.remove({ account }, await idOf(account, 'passkey'))
    const app = test.authenticators.remove({ account }, await idOf(account, 'totp'))
    await expect(app).rejects.toMatchObject({ code: 'authenticator-last' })
  })

  it('stays as sure as what they are trusted with needs', async () => {
    const account = await test.open()
    await test.passkey(account)
    await test.passkey(account, { isSynced: true })
    test.needs.set(account, '2.2')
    const bound = (await list(account)).find((one) => one.passkey?.isSynced === false)?.id ?? ''
    await expect(test.authenticators.remove({ account }, bound)).rejects.toMatchObject({
      code: 'authenticator-needed',
    })
    test.needs.set(account, '2.1')
    await expect(test.authenticators.remove({ account }, bound)).resolves.toBeUndefined()
  })

  it('is nobody else’s to rename or remove', async () => {
    const [mine, theirs] = [await test.open(), await test.open()]
    for (const account of [mine, theirs, theirs]) await test.passkey(account)
    const id = await idOf(theirs, 'passkey')
    for (const attempt of [
      () => test.authenticators.rename({ account: mine }, id, 'x'),
      () => test.authenticators.remove({ account: mine }, id),
      () => test.authenticators.remove({ account: mine }, "' or true --"),
    ])
      await expect(attempt()).rejects.toMatchObject({
        code: 'authenticator-not-found',
        type: { status: 404 },
      })
    expect(await list(theirs)).toHaveLength(2)
  })

  it('is of a bounded number', async () => {
    const account = await test.open()
    for (let i = 0; i < 4; i++) await test.passkey(account)
    await expect(test.passkey(account)).rejects.toMatchObject({ code: 'authenticator-limit' })
  })

  it('is told and written down with every change', async () => {
    const account = await test.open()
    await test.passkey(account)
    await test.passkey(account)
    const id = await idOf(account, 'passkey')
    await test.authenticators.rename({ account, session: 's' }, id, 'กุญแจสำนักงาน')
    await test.authenticators.remove({ account, session: 's' }, id)
    const events = await test.ground.history.list(account, { limit: 10 })
    expect(events.map(({ kind }) => kind)).toEqual([
      'authenticator-removed',
      'authenticator-renamed',
      'authenticator-added',
      'authenticator-added',
    ])
    expect(events[0]?.text.th).toBe('ลบพาสคีย์ “กุญแจสำนักงาน”')
    expect(test.notices.filter((notice) => notice.account === account)).toHaveLength(3)
  })

  it('may be a sign-in elsewhere', async () => {
    const account = await test.open()
    await inTransaction(test.ground.pool, (client) =>
      test.authenticators.linkExternal(client, { account }, { provider: 'thaid', subject: 'abc' }),
    )
    const provider = { th: 'ThaID กรมการปกครอง', en: 'ThaID, Department of Provincial Administration' }
    expect(await test.authenticators.list(account)).toMatchObject([
      { kind: 'external', name: 'thaid', provider },
    ])
    const [told] = test.notices.filter((notice) => notice.account === account)
    expect(told?.title).toEqual({
      th: `เพิ่มผู้ให้บริการภายนอก “${provider.th}” แล้ว`,
      en: `An outside provider was added: “${provider.en}”`,
    })
    const [event] = await test.ground.history.list(account, { limit: 1 })
    expect(event?.text).toEqual({
      th: `เพิ่มผู้ให้บริการภายนอก “${provider.th}”`,
      en: `Added outside provider “${provider.en}”`,
    })
  })
})

describe('the name of an authenticator', () => {
  it.each([
    ['\u202Eสลับ\u202C', 'สลับ'],
    ['ก\u200Bข\u0000ค', 'ก ข ค'],
    ['  two\n lines ', 'two lines'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ["'; drop table account; --", "'; drop table account; --"],
  ])('%j is kept as %j', async (written, kept) => {
    const account = await test.open()
    await test.passkey(account)
    await test.authenticators.rename({ account }, await idOf(account, 'passkey'), written)
    expect((await list(account))[0]?.name).toBe(kept)
  })

  it.each(['', '   ', '\u200B\u200D', 'ก'.repeat(61)])('%j is refused', async (written) => {
    const account = await test.open()
    await test.passkey(account)
    const renamed = test.authenticators.rename({ account }, await idOf(account, 'passkey'), written)
    await expect(renamed).rejects.toMatchObject({ code: 'name-invalid' })
  })
})
