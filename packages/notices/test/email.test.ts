import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  header,
  type MailSystem,
  mailerTo,
  mailSystem,
  type PostOffice,
  plainText,
  portal,
  postOffice,
} from './post-office.ts'

let mail: MailSystem
let here: PostOffice
beforeAll(async () => {
  mail = await mailSystem()
  here = await postOffice({ mailer: mailerTo(mail.port) })
})
beforeEach(async () => {
  await here.database.pool.query('delete from notices.delivery')
  mail.received.length = 0
  mail.recipient = () => undefined
  mail.content = () => undefined
  mail.beforeReply = async () => {}
})
afterAll(async () => {
  await here[Symbol.asyncDispose]()
  await mail[Symbol.asyncDispose]()
})

const minutes = (count: number) => count * 60_000

describe('a letter', () => {
  it('says that there is a message and of what kind, and nothing of what it says', async () => {
    await here.send({ account: here.person({ email: 'somchai@mail.example' }), link: '/me/questions' })
    expect(await here.notices.deliverDue()).toMatchObject({ sent: 1 })
    const [{ raw, to } = { raw: '', to: [] }] = mail.received
    const text = plainText(raw)
    expect(to).toEqual(['somchai@mail.example'])
    expect(header(raw, 'Subject')).toBe('คุณมีข้อความใหม่ที่สะพาน: คำถามและคำตอบ')
    expect(header(raw, 'Auto-Submitted')).toBe('auto-generated')
    expect(raw).toContain('multipart/alternative')
    expect(text).toMatch(new RegExp(`${portal}/me/inbox/[0-9a-f-]{36}\n`))
    expect(text).toContain('<html lang="th">')
    expect(text).not.toMatch(/สมชาย|ภาษี|Somchai|tax/)
  })

  it('is in the person’s language', async () => {
    await here.send({ account: here.person({ language: 'en' }), kind: 'security' })
    await here.notices.deliverDue()
    const raw = mail.received[0]?.raw ?? ''
    expect(header(raw, 'Subject')).toBe('You have a message at Sapan: Security of your account')
    expect(header(raw, 'Content-Language')).toBe('en')
    expect(plainText(raw)).not.toMatch(/[\u0E00-\u0E7F]/)
  })

  it('is not written to who has no address, or is not there any more', async () => {
    const { email: _, ...without } = { email: '', language: 'th' as const }
    const account = here.person()
    here.people.set(account, without)
    await here.send({ account })
    await here.send({ account: crypto.randomUUID() })
    expect(await here.notices.deliverDue()).toMatchObject({ skipped: 2, sent: 0 })
    expect(mail.received).toHaveLength(0)
  })
})

describe('the outbox', () => {
  it('tries again where the mail system says "later" (greylisting), under the same Message-ID', async () => {
    mail.recipient = () => 451
    await here.send({ account: here.person() })
    expect(await here.notices.deliverDue()).toMatchObject({ waiting: 1 })
    mail.recipient = () => undefined
    expect(await here.notices.deliverDue()).toMatchObject({ sent: 0, waiting: 0 })
    here.at += minutes(1)
    expect(await here.notices.deliverDue()).toMatchObject({ sent: 1 })
    expect(header(mail.received[0]?.raw ?? '', 'Message-ID')).toMatch(/^<[0-9a-f-]{36}@sapan\.example>$/)
  })

  it('gives up at once what the mail system will never take, and says so without the address', async () => {
    mail.recipient = () => 550
    await here.send({ account: here.person({ email: 'nobody@mail.example' }) })
    expect(await here.notices.deliverDue()).toMatchObject({ dead: 1 })
    expect(await here.notices.outbox()).toMatchObject({ waiting: 0, dead: 1 })
    expect(here.lines.join()).toContain('refused 550')
    expect(here.lines.join()).not.toContain('nobody@')
  })

  it('keeps letters while the mail system is down, and longer and longer apart', async () => {
    const gone = await mailSystem()
    await gone[Symbol.asyncDispose]()
    const sender = here.another({ mailer: mailerTo(gone.port) })
    await here.send({ account: here.person() })
    const pauses: number[] = []
    for (let i = 0; i < 4; i++) {
      expect(await sender.deliverDue()).toMatchObject({ waiting: 1 })
      const before = here.at
      while ((await sender.deliverDue()).waiting === 0) here.at += minutes(1)
      pauses.push((here.at - before) / minutes(1))
      await here.database.pool.query('update notices.delivery set next_at = $1', [new Date(here.at)])
    }
    expect(pauses).toEqual([1, 4, 16, 64])
    await using back = await mailSystem(gone.port)
    here.at += minutes(6 * 60)
    expect(await sender.deliverDue()).toMatchObject({ sent: 1 })
    expect(back.received).toHaveLength(1)
  })

  it('gives up after many attempts, until the operator asks for another round', async () => {
    mail.content = () => 452
    await here.send({ account: here.person() })
    let rounds = 0
    while ((await here.notices.outbox()).dead === 0) {
      await here.notices.deliverDue()
      here.at += minutes(6 * 60)
      rounds++
    }
    expect(rounds).toBe(15)
    mail.content = () => undefined
    expect(await here.notices.deliverDue()).toMatchObject({ sent: 0 })
    expect(await here.notices.revive()).toBe(1)
    expect(await here.notices.deliverDue()).toMatchObject({ sent: 1 })
  })

  it('does not wait for a mail system that is silent', async () => {
    mail.beforeReply = () => new Promise(() => {})
    const hasty = mailerTo(mail.port, 100)
    await here.send({ account: here.person() })
    expect(await here.another({ mailer: hasty }).deliverDue()).toMatchObject({ waiting: 1 })
    hasty.close()
  })

  it('lets several processes share the work: each letter goes out once', async () => {
    const accounts = Array.from({ length: 40 }, () => here.person())
    await Promise.all(accounts.map((account) => here.send({ account })))
    const processes = [here.notices, here.another(), here.another(), here.another()]
    const delivered = await Promise.all(processes.map((one) => one.deliverDue()))
    expect(delivered.reduce((sum, { sent }) => sum + sent, 0)).toBe(40)
    const ids = mail.received.map(({ raw }) => header(raw, 'Message-ID'))
    expect(new Set(ids).size).toBe(40)
    expect(ids).toHaveLength(40)
  })
})
