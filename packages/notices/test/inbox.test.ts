import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mailerTo, type PostOffice, postOffice, transaction } from './post-office.ts'

let here: PostOffice
beforeAll(async () => {
  here = await postOffice({ mailer: mailerTo(1) })
})
afterAll(async () => await here[Symbol.asyncDispose]())

const title = { th: 'หัวเรื่อง', en: 'Title' }

describe('the inbox', () => {
  it('shows the newest first, in pages that lose nothing and show nothing twice', async () => {
    const account = here.person()
    for (let i = 0; i < 7; i++) {
      // Three at the same moment, as one transaction may bring.
      here.at += i % 3 === 0 ? 1000 : 0
      await here.send({ account, title: { th: `ที่ ${i}`, en: `Number ${i}` } })
    }
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await here.notices.inbox(account, { limit: 3, ...(after === undefined ? {} : { after }) })
      seen.push(...page.messages.map((message) => message.title.en))
      after = page.next
    } while (after !== undefined)
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `Number ${i}`))
  })

  it('is a person’s own: another’s message is not there, and the attempt is logged', async () => {
    const [owner, other] = [here.person(), here.person()]
    await here.send({ account: owner })
    const { messages } = await here.notices.inbox(owner, { limit: 10 })
    const id = messages[0]?.id ?? ''
    const lines = here.lines.length
    await expect(here.notices.read(other, id)).rejects.toMatchObject({ code: 'notice-not-found' })
    await expect(here.notices.markUnread(other, id)).rejects.toMatchObject({ code: 'notice-not-found' })
    expect(here.lines.length).toBe(lines + 2)
    expect(here.lines.at(-1)).toContain(other)
    expect((await here.notices.inbox(other, { limit: 10 })).messages).toEqual([])
    expect(await here.notices.unread(owner)).toBe(1)
  })

  it('counts what is unread, and lets it be marked', async () => {
    const account = here.person()
    await here.send({ account })
    await here.send({ account, title })
    const { messages } = await here.notices.inbox(account, { limit: 10 })
    const [first] = messages
    expect(await here.notices.unread(account)).toBe(2)
    const read = await here.notices.read(account, first?.id ?? '')
    expect(read).toMatchObject({ readAt: here.at, title: first?.title })
    expect(await here.notices.unread(account)).toBe(1)
    await here.notices.markUnread(account, read.id)
    expect(await here.notices.unread(account)).toBe(2)
    await here.notices.markAllRead(account)
    expect(await here.notices.unread(account)).toBe(0)
  })

  it('has nothing of a message whose transaction was undone, and once what is sent twice under one key', async () => {
    const account = here.person()
    const undone = transaction(here.database, async (client) => {
      await here.notices.send(client, { account, kind: 'security', title, body: title })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await here.send({ account, key: 'consent-ends 17' })
    await here.send({ account, key: 'consent-ends 17' })
    expect((await here.notices.inbox(account, { limit: 10 })).messages).toHaveLength(1)
    const { rows } = await here.database.pool.query(
      'select count(*)::int as count from notices.delivery where account = $1',
      [account],
    )
    expect(rows).toEqual([{ count: 1 }])
  })

  it('is sealed where it lies', async () => {
    const account = here.person()
    await here.send({ account, title: { th: 'ลับ', en: 'secret-title' } })
    const { rows } = await here.database.pool.query(
      `select encode(content_sealed, 'escape') as text from notices.message where account = $1`,
      [account],
    )
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain('secret-title')
  })

  it.each(['x', '', '1.2', `zzzzzzzzzz.${randomUUID()}`, `1.${randomUUID()}.2`, "1.'; drop table"])(
    'refuses an address that leads nowhere: %s',
    async (after) => {
      await expect(here.notices.inbox(here.person(), { limit: 10, after })).rejects.toMatchObject({
        code: 'inbox-list-unreadable',
      })
    },
  )

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:x',
    '/a b',
    '/a\r\nb',
    '',
  ])('leads to no other host: %j', async (link) => {
    await expect(here.send({ account: here.person(), link })).rejects.toThrow(RangeError)
  })
})

describe('preferences', () => {
  it('switch a kind off on a channel', async () => {
    const account = here.person()
    await here.notices.prefer(account, 'question', 'email', false)
    await here.send({ account })
    const { rows } = await here.database.pool.query('select from notices.delivery where account = $1', [
      account,
    ])
    expect(rows).toHaveLength(0)
    expect(await here.notices.unread(account)).toBe(1)
    const said = await here.notices.preferences(account)
    expect(said.find(({ kind, channel }) => kind === 'question' && channel === 'email')).toMatchObject({
      wanted: false,
      fixed: false,
    })
  })

  it('cannot silence what protects the account, not even by a row that was written past them', async () => {
    const account = here.person()
    for (const channel of ['inbox', 'email']) {
      await expect(here.notices.prefer(account, 'security', channel, false)).rejects.toMatchObject({
        code: 'notice-setting-fixed',
      })
    }
    await here.database.pool.query(
      `insert into notices.preference values ($1, 'security', 'inbox', false, now()), ($1, 'security', 'email', false, now())`,
      [account],
    )
    await here.send({ account, kind: 'security' })
    expect(await here.notices.unread(account)).toBe(1)
    const { rowCount } = await here.database.pool.query('select from notices.delivery where account = $1', [
      account,
    ])
    expect(rowCount).toBe(1)
  })

  it('keep a kind out of the inbox, and then it goes nowhere', async () => {
    const account = here.person()
    await here.notices.prefer(account, 'task', 'inbox', false)
    await here.notices.prefer(account, 'task', 'email', true)
    await here.send({ account, kind: 'task' })
    expect(await here.notices.unread(account)).toBe(0)
  })

  it.each([
    ['nonsense', 'email'],
    ['security', 'pigeon'],
    ['constructor', 'inbox'],
  ])('know no %s by %s', async (kind, channel) => {
    await expect(here.notices.prefer(here.person(), kind, channel, true)).rejects.toMatchObject({
      code: 'notice-setting-unknown',
    })
  })
})
