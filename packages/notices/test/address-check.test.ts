import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AddressQuestion, emailAddress, maskedAddress } from '../src/index.ts'
import {
  header,
  type MailSystem,
  mailerTo,
  mailSystem,
  type PostOffice,
  plainText,
  portal,
  postOffice,
  transaction,
} from './post-office.ts'

let mail: MailSystem
let here: PostOffice
beforeAll(async () => {
  mail = await mailSystem()
  here = await postOffice({ mailer: mailerTo(mail.port) })
})
beforeEach(() => {
  mail.received.length = 0
  here.at += 7_200_000
})
afterAll(async () => {
  await here[Symbol.asyncDispose]()
  await mail[Symbol.asyncDispose]()
})

async function asked(
  holder: string,
  address = 'somchai@mail.example',
  more: Partial<AddressQuestion> = {},
): Promise<{ id: string; code: string }> {
  const question = { holder, address, language: 'th', page: '/me/email/:check', ...more } as const
  const { id } = await transaction(here.database, (client) => here.notices.askAddress(client, question))
  await here.notices.deliverDue()
  const text = plainText(mail.received.at(-1)?.raw ?? '')
  return { id, code: /\b(\d{6})\b/.exec(text)?.[1] ?? '' }
}

describe('an address', () => {
  it('is proved by the code that was sent there, once', async () => {
    const { id, code } = await asked('holder-1')
    expect(
      await here.notices.confirmAddress({
        id,
        holder: 'holder-1',
        code: ` ${code.slice(0, 3)}-${code.slice(3)}`,
      }),
    ).toBe('somchai@mail.example')
    await expect(here.notices.confirmAddress({ id, holder: 'holder-1', code })).rejects.toMatchObject({
      code: 'email-code-expired',
    })
  })

  it('is asked for in a letter whose link has no secret', async () => {
    const { id, code } = await asked('holder-2')
    const raw = mail.received[0]?.raw ?? ''
    const links = plainText(raw).match(/https:\/\/[^\s"<]+/g) ?? []
    expect(header(raw, 'Subject')).not.toContain(code)
    expect(new Set(links)).toEqual(new Set([`${portal}/me/email/${id}`]))
  })

  it('is not proved by another holder, nor after 15 minutes', async () => {
    const { id, code } = await asked('holder-3')
    await expect(here.notices.confirmAddress({ id, holder: 'thief', code })).rejects.toMatchObject({
      code: 'email-code-expired',
    })
    here.at += 900_000
    await expect(here.notices.confirmAddress({ id, holder: 'holder-3', code })).rejects.toMatchObject({
      code: 'email-code-expired',
    })
  })

  it('is not proved by guessing: after five wrong codes the right one is none, also when they come at once', async () => {
    const { id, code } = await asked('holder-4')
    const wrong = code === '000000' ? '000001' : '000000'
    const guesses = await Promise.allSettled(
      Array.from({ length: 12 }, () => here.notices.confirmAddress({ id, holder: 'holder-4', code: wrong })),
    )
    const codes = guesses.map((one) => (one.status === 'rejected' ? one.reason.code : 'right'))
    expect(codes.filter((one) => one === 'email-code-wrong')).toHaveLength(5)
    await expect(here.notices.confirmAddress({ id, holder: 'holder-4', code })).rejects.toMatchObject({
      code: 'email-code-expired',
    })
  })

  it('is not flooded: five codes an hour of one asker, then one of each; five of one holder, whatever the address', async () => {
    const from = (asker: string, holder: string) => asked(holder, 'victim@mail.example', { asker })
    const refused = { code: 'email-codes-too-many' }
    for (let i = 0; i < 5; i++) await from('network 1', `flooder-${i}`)
    await expect(from('network 1', 'flooder-6')).rejects.toMatchObject(refused)
    await expect(asked('flooder-7', 'VICTIM@mail.example', { asker: 'network 1' })).rejects.toMatchObject(
      refused,
    )
    for (let i = 0; i < 5; i++) await from('network 2', `other-${i}`)
    await from('network 3', 'third')
    await expect(from('network 3', 'third again')).rejects.toMatchObject(refused)
    for (let i = 0; i < 5; i++) await asked('one-holder', `person-${i}@mail.example`)
    await expect(asked('one-holder', 'person-6@mail.example')).rejects.toMatchObject({
      code: 'email-codes-too-many',
    })
    here.at += 3_600_001
    await asked('one-holder', 'person-6@mail.example')
  })

  it('has codes for its owner, however many strangers ask for', async () => {
    const to = 'owned@mail.example'
    for (let network = 0; network < 6; network++)
      for (let i = 0; i < 5; i++)
        await asked(`s-${network}-${i}`, to, { asker: `network ${network}` }).catch(() => {})
    for (let i = 0; i < 5; i++)
      expect((await asked(`owner-${i}`, to, { asker: 'me', isOwn: true })).code).not.toBe('')
    // Who is not known yet as the owner still gets one.
    expect((await asked('newcomer', to, { asker: 'a new network' })).code).not.toBe('')
  })

  it('that nobody has behaves as any other, but gets no letter', async () => {
    mail.received.length = 0
    const id = '01939c2e-0000-7000-8000-000000000001'
    const question = {
      holder: 'guess',
      address: 'nobody@mail.example',
      language: 'th',
      id,
      isDecoy: true,
    } as const
    const made = await transaction(here.database, (client) => here.notices.askAddress(client, question))
    expect(made.id).toBe(id)
    await here.notices.deliverDue()
    expect(mail.received).toHaveLength(0)
    const guesses = []
    for (let i = 0; i < 6; i++)
      guesses.push(
        await here.notices
          .confirmAddress({ id, holder: 'guess', code: 'x' })
          .catch((error: { code: string }) => error.code),
      )
    expect(guesses).toEqual([...Array(5).fill('email-code-wrong'), 'email-code-expired'])
  })

  it('of a new device is told in a letter of its own', async () => {
    await asked('device-1', 'new-device@mail.example', { purpose: 'device' })
    expect(plainText(mail.received.at(-1)?.raw ?? '')).toContain('อุปกรณ์ที่ไม่เคยใช้')
  })

  it('leaves no code and no address in clear, and none at all once the letter is out', async () => {
    const { code } = await asked('holder-7', 'secret-name@mail.example')
    const { rows } = await here.database.pool.query(
      `select encode(address_sealed, 'escape') || encode(code_hash, 'escape') as text from notices.address_check`,
    )
    expect(JSON.stringify(rows)).not.toContain('secret-name')
    expect(JSON.stringify(rows)).not.toContain(code)
    const { rows: letters } = await here.database.pool.query(
      `select from notices.delivery where state = 'sent' and content_sealed is not null`,
    )
    expect(letters).toHaveLength(0)
    expect(here.lines.join()).not.toContain('secret-name')
  })
})

describe('what is taken for an address', () => {
  it.each([
    ['somchai@example.go.th', 'somchai@example.go.th'],
    ['  Som.Chai+tax@EXAMPLE.go.th ', 'Som.Chai+tax@example.go.th'],
    ['สมชาย@ตัวอย่าง.ไทย', 'สมชาย@ตัวอย่าง.ไทย'],
  ])('%s', (text, address) => {
    expect(emailAddress(text)).toBe(address)
  })

  it.each([
    '',
    'somchai',
    '@example.go.th',
    'a@b',
    'a@@example.go.th',
    'a@example.go.th\r\nBcc: all@example.go.th',
    'a@example.go.th, b@example.go.th',
    'a@example.go.th;b@example.go.th',
    '"a b"@example.go.th',
    'Som <a@example.go.th>',
    'a(comment)@example.go.th',
    'a@[127.0.0.1]',
    'a.@example.go.th',
    '.a@example.go.th',
    'a\u0000@example.go.th',
    'a\u202e@example.go.th',
    'a\u200b@example.go.th',
    'a@-example.go.th',
    `${'a'.repeat(65)}@example.go.th`,
    `a@${'b'.repeat(250)}.th`,
    'a@'.padEnd(100_000, 'a.'),
  ])('is not %j', (text) => {
    expect(() => emailAddress(text)).toThrow(/email-address-invalid/)
  })

  it('is shown to others in part', () => {
    expect(maskedAddress('somchai@example.go.th')).toBe('so•••••@example.go.th')
  })
})
