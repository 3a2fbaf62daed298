import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Face, face } from './face.ts'

let site: Face
beforeAll(async () => {
  site = await face()
})
afterAll(async () => await site[Symbol.asyncDispose]())

const messagesOn = (text: string) =>
  [...text.matchAll(/href="(\/me\/inbox\/[0-9a-f-]{36})"/g)].map(([, at]) => at)

describe('the page of the inbox', () => {
  it('says what will come, where nothing has', async () => {
    const browser = site.browser(site.here.person())
    expect((await browser.get('/me/inbox')).text).toContain('ยังไม่มีข้อความ')
    expect((await browser.get('/me/inbox', 'en')).text).toContain('There are no messages yet')
  })

  it('shows titles in the language of the page, what they are about, and what is unread', async () => {
    const account = site.here.person()
    await site.here.send({ account })
    const browser = site.browser(account)
    const thai = await browser.get('/me/inbox')
    expect(thai.text).toContain('<h1>กล่องข้อความ</h1>')
    expect(thai.text).toMatch(/<strong>หน่วยงานตอบคำถามของคุณแล้ว<\/strong>/)
    expect(thai.text).toContain('คำถามและคำตอบ')
    expect(thai.text).toMatch(/<title>กล่องข้อความ \(1\)/)
    const english = await browser.get('/me/inbox', 'en')
    expect(english.text).toContain('An agency has answered your question')
    expect(english.text).toContain('Unread')
  })

  it('has 25 messages on a page and leads to the next ones and back', async () => {
    const account = site.here.person()
    for (let i = 0; i < 27; i++) await site.here.send({ account, title: { th: `ที่ ${i}`, en: `Number ${i}` } })
    const browser = site.browser(account)
    const first = await browser.get('/me/inbox')
    expect(messagesOn(first.text)).toHaveLength(25)
    const next = /href="(\/me\/inbox\?after=[^"]+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await browser.get(next)
    expect(messagesOn(second.text)).toHaveLength(2)
    expect(second.text).toContain('ที่ 0')
    expect(second.text).toMatch(/rel="prev"|href="\/me\/inbox"/)
    expect(messagesOn(first.text)).not.toContain(messagesOn(second.text)[0])
  })

  it('is shown from no address that somebody made up', async () => {
    const browser = site.browser(site.here.person())
    const refused = await browser.get('/me/inbox?after=%27%3Bdrop', 'en')
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('The inbox cannot be shown from this address')
  })

  it('has all marked as read by one press', async () => {
    const account = site.here.person()
    await site.here.send({ account })
    await site.here.send({ account })
    const browser = site.browser(account)
    await browser.get('/me/inbox')
    expect(await browser.post('/me/inbox/read')).toMatchObject({ status: 303, to: '/me/inbox' })
    const after = await browser.get('/me/inbox', 'en')
    expect(after.text).not.toContain('Unread')
    expect(after.text).not.toContain('Mark all as read')
  })
})

describe('the page of a message', () => {
  it('says all of it, and it is read from then on', async () => {
    const account = site.here.person()
    await site.here.send({ account, link: '/me/questions/1' })
    const browser = site.browser(account)
    const [at = ''] = messagesOn((await browser.get('/me/inbox')).text)
    const { text, status } = await browser.get(at)
    expect(status).toBe(200)
    expect(text).toContain('<h1>หน่วยงานตอบคำถามของคุณแล้ว</h1>')
    expect(text).toContain('คำตอบเรื่องภาษีของคุณสมชาย')
    expect(text).toContain('href="/me/questions/1"')
    expect((await browser.get('/me/inbox', 'en')).text).not.toContain('Unread')
    expect(await browser.post(`${at}/unread`)).toMatchObject({ status: 303, to: '/me/inbox' })
    expect((await browser.get('/me/inbox', 'en')).text).toContain('Unread')
  })

  it('shows what somebody wrote into it as the words that they are', async () => {
    const account = site.here.person()
    const words = '<script>alert(1)</script>"\u202e'
    await site.here.send({ account, title: { th: words, en: words }, body: { th: words, en: words } })
    const browser = site.browser(account)
    const list = await browser.get('/me/inbox')
    const [at = ''] = messagesOn(list.text)
    for (const { text } of [list, await browser.get(at), await browser.get('/me/inbox/offline')]) {
      expect(text).toContain('&lt;script>alert(1)')
      expect(text).not.toContain('<script>alert')
    }
  })

  it.each(['/me/inbox/nothing', '/me/inbox/00000000-0000-7000-8000-000000000000', '/me/inbox/%27--'])(
    'is not there at %s',
    async (path) => {
      const { status, text } = await site.browser(site.here.person()).get(path, 'en')
      expect(status).toBe(404)
      expect(text).toContain('There is no such message')
    },
  )
})

describe('the inbox for reading offline', () => {
  it('has the latest 50 with all they say, on one page, and marks none as read', async () => {
    const account = site.here.person()
    for (let i = 0; i < 52; i++) {
      await site.here.send({ account, body: { th: `เนื้อความ ${i}.`, en: `Body ${i}.` } })
    }
    const browser = site.browser(account)
    const { text } = await browser.get('/me/inbox/offline', 'en')
    expect(text.match(/Body \d+\./g)).toHaveLength(50)
    expect(text).toContain('Body 51.')
    expect(text).not.toContain('Body 1.')
    expect(await site.here.notices.unread(account)).toBe(52)
  })

  it('says so where there is nothing to keep', async () => {
    const { text } = await site.browser(site.here.person()).get('/me/inbox/offline')
    expect(text).toContain('ยังไม่มีข้อความ')
  })
})
