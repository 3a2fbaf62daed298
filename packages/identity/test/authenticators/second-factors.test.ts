import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useCode } from '../../src/authenticators/recovery-codes.ts'
import { useTotp } from '../../src/authenticators/totp.ts'
import { type AuthenticatorTest, authenticatorTest, goodPassword } from './ground.ts'

let test: AuthenticatorTest

beforeAll(async () => {
  test = await authenticatorTest()
})
afterAll(() => test.ground.database.drop())

const use = (account: string, code: string) => useTotp(test.ground, test.ground.pool, account, code)

describe('a code app', () => {
  it('gives codes of which each works once', async () => {
    const account = await test.open()
    const code = await test.totp(account)
    expect(await use(account, code()), 'the code with which it was added').toBeUndefined()
    test.ground.pass(30_000)
    const next = code()
    expect(await use(account, next)).toBeDefined()
    expect(await use(account, next)).toBeUndefined()
  })

  it('works once, also where the code comes twice at the same moment', async () => {
    const account = await test.open()
    const code = await test.totp(account)
    test.ground.pass(30_000)
    const used = await Promise.all([use(account, code()), use(account, code()), use(account, code())])
    expect(used.filter((id) => id !== undefined)).toHaveLength(1)
  })

  it.each([
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ])('whose clock is off by %i steps works: %s', async (steps, works) => {
    const account = await test.open()
    const code = await test.totp(account)
    test.ground.pass(300_000)
    test.ground.pass(steps * 30_000)
    const theirs = code()
    test.ground.pass(-steps * 30_000)
    expect((await use(account, theirs)) !== undefined).toBe(works)
  })

  it('takes no code that is older than one that was used', async () => {
    const account = await test.open()
    const code = await test.totp(account)
    test.ground.pass(60_000)
    const before = code()
    test.ground.pass(30_000)
    expect(await use(account, code())).toBeDefined()
    expect(await use(account, before)).toBeUndefined()
  })

  it('counts only once a first code shows that an app has the secret; a wrong one may be followed by a right one', async () => {
    const account = await test.open()
    const owner = { account, label: 'x', bound: 'visit' }
    const { ceremony } = await test.authenticators.beginTotp(owner)
    const add = (code: string) => test.authenticators.addTotp(owner, { ceremony, code, name: 'x' })
    await expect(add('000000')).rejects.toMatchObject({ code: 'code-wrong' })
    expect(await test.authenticators.list(account)).toEqual([])
    await expect(test.authenticators.lookAtTotp(owner, ceremony)).resolves.toHaveProperty('uri')
  })

  it('is of no use to another account, and nonsense is no code', async () => {
    const [account, other] = [await test.open(), await test.open()]
    const code = await test.totp(account)
    test.ground.pass(30_000)
    expect(await use(other, code())).toBeUndefined()
    for (const nonsense of ['', 'abcdef', '12345', '1234567', '１２３４５６', '\u0000', '9'.repeat(9999)])
      expect(await use(account, nonsense)).toBeUndefined()
  })

  it('has its secret in no table as it is', async () => {
    const owner = { account: await test.open(), label: 'x', bound: 'visit' }
    const { secret } = await test.authenticators.beginTotp(owner)
    const { rows } = await test.ground.pool.query('select c::text as text from identity.ceremony c')
    expect(rows.map(({ text }) => text).join()).not.toContain(Buffer.from(secret).toString('hex'))
  })
})

describe('recovery codes', () => {
  const take = (account: string, code: string) => useCode(test.ground, test.ground.pool, account, code)

  it('are ten, each of which works once, however it is written', async () => {
    const account = await test.open()
    const codes = await test.authenticators.renewRecoveryCodes({ account })
    expect(new Set(codes).size).toBe(10)
    const [first = '', second = ''] = codes
    expect(await take(account, first)).toMatchObject({ left: 9 })
    expect(await take(account, first)).toBeUndefined()
    expect(await take(account, ` ${second.toLowerCase().replaceAll('-', ' ')} `)).toMatchObject({ left: 8 })
  })

  it('have 120 random bits each, so that a fast hash keeps them, of which none shows another', async () => {
    const account = await test.open()
    const codes = await test.authenticators.renewRecoveryCodes({ account })
    for (const code of codes) expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){5}$/)
    const { rows } = await test.ground.pool.query<{ code_hash: Buffer }>(
      `select code_hash from identity.recovery_code c join identity.authenticator a on a.id = c.authenticator_id
       where account_id = $1`,
      [account],
    )
    expect(rows.map(({ code_hash }) => code_hash.length)).toEqual(codes.map(() => 32))
    const bare = codes.map((code) => createHash('sha256').update(code.replaceAll('-', '')).digest('hex'))
    for (const { code_hash } of rows) expect(bare).not.toContain(code_hash.toString('hex'))
  })

  it('work once, also where one comes twice at the same moment', async () => {
    const account = await test.open()
    const [code = ''] = await test.authenticators.renewRecoveryCodes({ account })
    const taken = await Promise.all([take(account, code), take(account, code)])
    expect(taken.filter((one) => one !== undefined)).toHaveLength(1)
  })

  it('end with the next set, and its owner is told', async () => {
    const account = await test.open()
    const [old = ''] = await test.authenticators.renewRecoveryCodes({ account })
    await test.authenticators.renewRecoveryCodes({ account })
    expect(await take(account, old)).toBeUndefined()
    expect(await test.authenticators.list(account)).toMatchObject([{ kind: 'recovery-codes', codesLeft: 10 }])
    expect(test.notices.filter((notice) => notice.account === account)).toHaveLength(2)
  })
})

describe('a password', () => {
  it('is nothing without a code app', async () => {
    const account = await test.open()
    const set = test.authenticators.setPassword({ account }, goodPassword, [])
    await expect(set).rejects.toMatchObject({ code: 'password-alone' })
  })

  it('needs no kinds of letters, only length and that others would not guess it', async () => {
    const account = await test.open()
    await test.totp(account)
    for (const good of [goodPassword, 'correct horse battery staple', 'ฝนตกหนักแมวนอนใต้โต๊ะ', 'kvutzpnwhsqa'])
      await expect(test.authenticators.setPassword({ account }, good, [])).resolves.toBeUndefined()
  })

  it.each([
    'short',
    'elevenchars',
    'password1234',
    'P@ssw0rd!2026',
    'passwordpassword',
    'qwertyuiop123',
    '123456789012',
    'aaaaaaaaaaaaaa',
    'abababababab',
    'iloveyou2569',
    'thailand2026!',
    'รหัสผ่าน123456',
    'somjai.jaidee1',
    'x'.repeat(2000),
  ])('is refused when it is %.20s', async (weak) => {
    const account = await test.open()
    await test.totp(account)
    const set = test.authenticators.setPassword({ account }, weak, ['Somjai Jaidee', 'somjai@example.org'])
    await expect(set).rejects.toMatchObject({ code: 'password-weak' })
  })

  it('lies nowhere as it was written, nor as a bare hash', async () => {
    const account = await test.open()
    await test.totp(account)
    await test.authenticators.setPassword({ account }, goodPassword, [])
    const { rows } = await test.ground.pool.query<{ content_sealed: Buffer }>(
      `select content_sealed from identity.authenticator where account_id = $1 and kind = 'password'`,
      [account],
    )
    expect(rows[0]?.content_sealed.includes('salt')).toBe(false)
  })
})
