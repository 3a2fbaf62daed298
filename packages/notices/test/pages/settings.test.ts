import { createECDH, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Face, face } from './face.ts'

let site: Face
let without: Face
/** Who is no officer gets no tasks. */
const officers = new Set<string>()
beforeAll(async () => {
  ;[site, without] = await Promise.all([
    face({ pushKey: 'the-key-of-the-operator' }),
    face({ mayGet: (who, kind) => kind !== 'task' || officers.has(who) }),
  ])
})
afterAll(async () => {
  await site[Symbol.asyncDispose]()
  await without[Symbol.asyncDispose]()
})

/** The boxes of the page: name, and whether they are ticked. */
function boxesOn(text: string): Map<string, boolean> {
  const boxes = [...text.matchAll(/<input[^>]*type="checkbox"[^>]*>/g)].map(([box]) => box)
  return new Map(boxes.map((box) => [/name="([^"]+)"/.exec(box)?.[1] ?? '', / checked/.test(box)]))
}

function subscription(host = 'localhost'): string {
  const key = createECDH('prime256v1').generateKeys()
  const keys = { p256dh: key.toString('base64url'), auth: randomBytes(16).toString('base64url') }
  return JSON.stringify({ endpoint: `https://${host}/push/${randomBytes(8).toString('hex')}`, keys })
}

describe('the page of preferences', () => {
  it('offers every channel that may be chosen, and says of the others that they always come', async () => {
    const { text } = await site.browser(site.here.person()).get('/me/notices', 'en')
    const boxes = boxesOn(text)
    expect(boxes.get('question.email')).toBe(true)
    expect(boxes.get('security.push')).toBe(true)
    expect(boxes.has('security.inbox')).toBe(false)
    expect(boxes.has('security.email')).toBe(false)
    expect(text).toContain('Always')
    expect(text).toContain('aria-label="Questions and answers: E-mail"')
  })

  it('keeps what was ticked and what was not, and says that it did', async () => {
    const account = site.here.person()
    const browser = site.browser(account)
    const before = boxesOn((await browser.get('/me/notices')).text)
    const ticked = [...before].filter(([name, on]) => on && name !== 'question.email').map(([name]) => name)
    const sent = Object.fromEntries([...ticked, 'document.push'].map((name) => [name, 'yes']))
    expect(await browser.post('/me/notices', sent)).toMatchObject({ status: 303, to: '/me/notices?done' })
    const { text } = await browser.get('/me/notices?done', 'en')
    expect(text).toContain('Saved')
    const changed = [...boxesOn(text)].filter(([name, on]) => before.get(name) !== on)
    expect(changed.sort()).toEqual([
      ['document.push', true],
      ['question.email', false],
    ])
  })

  it('offers no kind that cannot come, and leaves it as it was for when it can', async () => {
    const account = without.here.person()
    const browser = without.browser(account)
    await without.here.notices.prefer(account, 'task', 'email', true)
    const before = await browser.get('/me/notices', 'en')
    expect(before.text).not.toContain('Tasks of an officer')
    await browser.post('/me/notices', { 'task.push': 'yes' })
    officers.add(account)
    const boxes = boxesOn((await browser.get('/me/notices', 'en')).text)
    expect([boxes.get('task.email'), boxes.get('task.push')]).toEqual([true, false])
  })

  it('silences nothing that protects the account, whatever is sent', async () => {
    const account = site.here.person()
    const browser = site.browser(account)
    await browser.get('/me/notices')
    await browser.post('/me/notices', { 'security.email': 'no', 'security.inbox': '' })
    const kept = (await site.here.notices.preferences(account)).filter(({ kind }) => kind === 'security')
    expect(kept.map(({ channel, wanted }) => [channel, wanted])).toEqual([
      ['inbox', true],
      ['email', true],
      ['push', false],
    ])
  })
})

describe('devices on the page of preferences', () => {
  it('are registered by the browser’s script, shown, and removed', async () => {
    const account = site.here.person()
    const browser = site.browser(account)
    const empty = await browser.get('/me/notices', 'en')
    expect(empty.text).toContain('There are no devices yet')
    expect(empty.text).toContain('name="key" value="the-key-of-the-operator"')
    expect(empty.text).toContain('push.js')
    const registered = await browser.post('/me/notices/push', { subscription: subscription() })
    expect(registered).toMatchObject({ status: 303, to: '/me/notices?done' })
    const { text } = await browser.get('/me/notices', 'en')
    const action = /action="(\/me\/notices\/devices\/[^"]+\/remove)"/.exec(text)?.[1] ?? ''
    expect(await browser.post(action)).toMatchObject({ status: 303 })
    expect((await browser.get('/me/notices', 'en')).text).toContain('There are no devices yet')
  })

  it.each([
    ['that is no JSON', '{'],
    ['of another shape', '{"endpoint":1}'],
    ['at a host that is no push service', subscription('intranet.example')],
  ])('are not registered with a subscription %s', async (_, text) => {
    const account = site.here.person()
    const browser = site.browser(account)
    await browser.get('/me/notices')
    expect((await browser.post('/me/notices/push', { subscription: text })).status).toBe(422)
    expect(await site.here.notices.devices(account)).toEqual([])
  })

  it('are told the operator’s key as JSON', async () => {
    const { text, headers } = await site.browser(site.here.person()).get('/me/notices/push-key')
    expect(headers.get('content-type')).toContain('application/json')
    expect(JSON.parse(text)).toEqual({ key: 'the-key-of-the-operator' })
  })

  it('are offered by no operator without a key', async () => {
    const browser = without.browser(without.here.person())
    const { text } = await browser.get('/me/notices', 'en')
    expect(text).not.toContain('Devices that get messages')
    expect(text).not.toContain('push.js')
    expect((await browser.get('/me/notices/push-key')).status).toBe(404)
    expect((await browser.post('/me/notices/push', { subscription: subscription() })).status).toBe(404)
  })
})
