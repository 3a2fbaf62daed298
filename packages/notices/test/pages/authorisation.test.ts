import { createECDH, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Face, face } from './face.ts'

let site: Face
beforeAll(async () => {
  site = await face({ pushKey: 'key' })
})
afterAll(async () => await site[Symbol.asyncDispose]())

/** Somebody with a message and a device. */
async function owner() {
  const account = site.here.person()
  await site.here.send({ account })
  const key = createECDH('prime256v1').generateKeys()
  const keys = { p256dh: key.toString('base64url'), auth: randomBytes(16).toString('base64url') }
  await site.here.notices.subscribe(account, { endpoint: 'https://localhost/push/1', keys }, 'Firefox')
  const [message] = (await site.here.notices.inbox(account, { limit: 1 })).messages
  const [device] = await site.here.notices.devices(account)
  return { account, message: message?.id ?? '', device: device?.id ?? '' }
}

describe('another’s', () => {
  it('message is not there, to read or to mark, and the attempt is logged', async () => {
    const { account, message } = await owner()
    const other = site.here.person()
    const browser = site.browser(other)
    await browser.get('/me/notices')
    const lines = site.here.lines.length
    const read = await browser.get(`/me/inbox/${message}`, 'en')
    expect(read.status).toBe(404)
    expect(read.text).not.toContain('Somchai')
    expect((await browser.post(`/me/inbox/${message}/unread`)).status).toBe(404)
    const logged = site.here.lines.slice(lines)
    expect(logged).toHaveLength(2)
    for (const line of logged) expect(line).toContain(other)
    expect(await site.here.notices.unread(account)).toBe(1)
  })

  it('message looks like one that never was', async () => {
    const { message } = await owner()
    const browser = site.browser(site.here.person())
    const page = async (id: string) =>
      (await browser.get(`/me/inbox/${id}`)).text.replaceAll(id, '').replace(/value="[^"]+"/g, '')
    expect(await page(message)).toBe(await page('00000000-0000-7000-8000-000000000000'))
  })

  it('device stays where it is', async () => {
    const { account, device } = await owner()
    const browser = site.browser(site.here.person())
    await browser.get('/me/notices')
    await browser.post(`/me/notices/devices/${device}/remove`)
    await browser.post('/me/notices/push/remove', { endpoint: 'https://localhost/push/1' })
    expect(await site.here.notices.devices(account)).toHaveLength(1)
  })

  it('inbox is neither listed nor kept offline nor marked', async () => {
    const { account, message } = await owner()
    const browser = site.browser(site.here.person())
    await browser.get('/me/notices')
    for (const path of ['/me/inbox', '/me/inbox/offline']) {
      const { text } = await browser.get(path)
      expect(text).not.toContain(message)
      expect(text).not.toContain('หน่วยงานตอบคำถามของคุณแล้ว')
    }
    await browser.post('/me/inbox/read')
    expect(await site.here.notices.unread(account)).toBe(1)
  })
})

describe('who is not signed in', () => {
  it.each([
    '/me/inbox',
    '/me/inbox/offline',
    '/me/inbox/00000000-0000-7000-8000-000000000000',
    '/me/notices',
    '/me/notices/push-key',
  ])('is sent from %s to sign in', async (path) => {
    expect(await site.browser().get(path)).toMatchObject({ status: 303, to: '/sign-in' })
  })
})

describe('a form from elsewhere', () => {
  it.each([
    ['/me/inbox/read', {}],
    ['/me/notices', { 'question.email': 'yes' }],
    ['/me/notices/push', { subscription: '{}' }],
    ['/me/notices/push/remove', { endpoint: 'https://localhost/push/1' }],
  ])('does nothing at %s', async (path, fields) => {
    const { account } = await owner()
    const browser = site.browser(account)
    await browser.get('/me/notices')
    const preferences = await site.here.notices.preferences(account)
    expect((await browser.post(path, fields, 'made-up')).status).toBe(403)
    expect(await site.here.notices.unread(account)).toBe(1)
    expect(await site.here.notices.preferences(account)).toEqual(preferences)
    expect(await site.here.notices.devices(account)).toHaveLength(1)
  })
})
