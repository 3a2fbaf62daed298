import { inTransaction } from '@sapan/kernel'
import { createNotices, type Letter, type Notices, noticesMigrations } from '@sapan/notices'
import { renderPage, type SiteAnswer } from '@sapan/ui'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createEmailAddresses, type EmailAddresses } from '../../src/account/email.ts'
import { emailPages } from '../../src/pages/email/routes.ts'
import { type AuthenticatorTest, authenticatorTest, goodPassword } from '../authenticators/ground.ts'

let test: AuthenticatorTest
let notices: Notices
let emails: EmailAddresses
let letters: Letter[]
let account: string

beforeAll(async () => {
  test = await authenticatorTest({ notices: noticesMigrations })
  const { ground, accounts } = test
  notices = createNotices({
    ...ground,
    portal: 'http://localhost:4401',
    mailer: { send: async (letter) => void letters.push(letter), close: () => {} },
    push: { send: () => Promise.reject(new Error('no device')) },
    addressOf: async (id) => {
      const email = await emails.of(id)
      return { language: 'en', ...(email !== undefined && { email }) }
    },
  })
  emails = createEmailAddresses(
    { ...ground, notify: (client, notice) => notices.send(client, { ...notice, kind: 'security' }) },
    { accounts, notices },
  )
})
afterAll(() => test.ground.database.drop())
beforeEach(async () => {
  letters = []
  test.ground.pass(7_200_000)
  account = await test.open()
})

async function ask(
  method: 'GET' | 'POST',
  path: string,
  form: Record<string, string> = {},
  check = '',
): Promise<SiteAnswer> {
  const route = emailPages({ emails, freshSeconds: 300 }).find(
    (one) => one.method === method && one.path === `/me/notices/email${path}`,
  )
  if (route === undefined) throw new Error(`no route ${method} ${path}`)
  return route.handle({
    method,
    path,
    parameters: { check },
    query: new URLSearchParams(),
    form: new URLSearchParams(form),
    language: 'en',
    who: { account, name: '', session: 'session', level: { ial: '1.1', aal: '2.2' }, authenticatedAt: 0 },
    formKey: null,
    userAgent: '',
    address: '',
  })
}

function html(answer: SiteAnswer): string {
  if (answer.kind !== 'page') throw new Error(`${answer.kind} is no page`)
  return renderPage({
    language: 'en',
    title: '',
    languages: { th: '', en: '' },
    home: '/',
    body: answer.body,
  })
}

/** Asks for a code at the page; gives where it is typed, and the code of the letter. */
async function askedFor(address: string): Promise<{ check: string; code: string }> {
  const answer = await ask('POST', '', { address })
  if (answer.kind !== 'redirect') throw new Error(html(answer))
  await notices.deliverDue()
  const letter = letters.findLast(({ to, subject }) => to === address && subject.includes('confirm'))
  return {
    check: answer.to.replace('/me/notices/email/', ''),
    code: /\b(\d{6})\b/.exec(letter?.text ?? '')?.[1] ?? '',
  }
}

async function has(address: string): Promise<void> {
  const { check, code } = await askedFor(address)
  expect(await ask('POST', '/:check', { code }, check)).toMatchObject({ kind: 'redirect' })
}

describe('a person’s e-mail address', () => {
  it('is theirs once the code of our letter was typed, and is then told of notices', async () => {
    const { check, code } = await askedFor('somjai@mail.example')
    expect(await emails.of(account)).toBeUndefined()
    expect(html(await ask('POST', '/:check', { code: '000000' }, check))).toContain('error-summary')
    await ask('POST', '/:check', { code }, check)
    expect(await emails.of(account)).toBe('somjai@mail.example')
    expect(await test.accounts.findByIdentifier('email', 'Somjai@Mail.example')).toMatchObject({
      id: account,
    })
    letters = []
    await notices.deliverDue()
    expect(letters).toMatchObject([
      { to: 'somjai@mail.example', subject: expect.stringContaining('message') },
    ])
  })

  it('is changed only by a new code, and the former one is told', async () => {
    await has('old@mail.example')
    await has('new@mail.example')
    letters = []
    await notices.deliverDue()
    const former = letters.find(({ to }) => to === 'old@mail.example')
    expect(former?.subject).toContain('บัญชีสะพานไม่ใช้อีเมลนี้แล้ว')
    expect(former?.text).toContain('http://localhost:4401/me/security')
    expect(await test.accounts.findByIdentifier('email', 'old@mail.example')).toBeUndefined()
  })

  it('is removed, and told so', async () => {
    await has('gone@mail.example')
    expect(html(await ask('GET', ''))).toContain('gone@mail.example')
    expect(await ask('POST', '/remove')).toMatchObject({ kind: 'redirect' })
    expect(await emails.of(account)).toBeUndefined()
    letters = []
    await notices.deliverDue()
    expect(letters.map(({ to }) => to)).toContain('gone@mail.example')
    const events = await test.ground.history.list(account, { limit: 2 })
    expect(events.map(({ text }) => text.en)).toContain('The e-mail address go•••••@mail.example was removed')
  })

  it('stays while it is the only name beside a password', async () => {
    await has('name@mail.example')
    await test.totp(account)
    await test.authenticators.setPassword({ account }, goodPassword, [])
    expect(html(await ask('POST', '/remove'))).toContain('cannot be removed')
    const identifier = { scheme: 'national-id', value: '1234567890121' } as const
    await inTransaction(test.ground.pool, (client) => test.accounts.prove(client, account, identifier))
    expect(await ask('POST', '/remove')).toMatchObject({ kind: 'redirect' })
  })

  it('is not another’s, and only who reads it is told that it is', async () => {
    await has('taken@mail.example')
    account = await test.open()
    const { check, code } = await askedFor('taken@mail.example')
    expect(html(await ask('POST', '/:check', { code }, check))).toContain('belongs to another account')
    expect(await emails.of(account)).toBeUndefined()
  })

  it('is not proved by another’s check', async () => {
    const { check, code } = await askedFor('mine@mail.example')
    account = await test.open()
    expect(html(await ask('POST', '/:check', { code }, check))).toContain('error-summary')
    expect(await emails.of(account)).toBeUndefined()
  })

  it.each(['', 'no address', 'a@b', 'x'.repeat(300), '<script>@mail.example'])(
    'is no %j',
    async (address) => {
      expect(html(await ask('POST', '', { address }))).toContain('error-summary')
    },
  )

  it.each(['x', '../../evil', '00000000-0000-0000-0000-000000000000'])(
    'is asked for under no check %j',
    async (check) => {
      expect(html(await ask('POST', '/:check', { code: '123456' }, check))).toContain('error-summary')
    },
  )
})
