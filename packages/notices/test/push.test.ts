import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { once } from 'node:events'
import { Agent, createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createRoot, exportPem, generateSigner, issueCertificate, toPem } from '@sapan/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PushKeys, webPushSender } from '../src/index.ts'
import { mailerTo, type PostOffice, postOffice } from './post-office.ts'

/** A push service over HTTPS, with a browser behind it. */
const browser = createECDH('prime256v1')
browser.generateKeys()
const auth = randomBytes(16)
const operator = createECDH('prime256v1')
operator.generateKeys()
const keys: PushKeys = {
  publicKey: operator.getPublicKey().toString('base64url'),
  privateKey: operator.getPrivateKey().toString('base64url'),
}

const taken: { path: string; authorization: string; headers: Record<string, unknown>; body: Buffer }[] = []
let status = 201
let origin = ''
let here: PostOffice
let close: () => void

beforeAll(async () => {
  const now = Date.now()
  const [root, own] = [generateSigner('ecdsa-p256-sha256'), generateSigner('ecdsa-p256-sha256')]
  const authority = createRoot({ subject: { commonName: 'Test' }, signer: root, now, years: 1 })
  const certificate = issueCertificate(authority, {
    publicKey: own.publicKey,
    profile: 'tls',
    subject: { commonName: 'localhost' },
    dns: ['localhost'],
    now,
    days: 1,
  })
  const cert = toPem(certificate, 'CERTIFICATE')
  const server = createServer({ key: exportPem(own), cert }, async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { authorization = '', ...headers } = request.headers
    taken.push({ path: request.url ?? '', authorization, headers, body: Buffer.concat(chunks) })
    response.writeHead(status).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `https://localhost:${(server.address() as AddressInfo).port}`
  const agent = new Agent({ ca: toPem(authority.certificate, 'CERTIFICATE'), keepAlive: false })
  const push = webPushSender({ keys, contact: 'mailto:ops@sapan.example', agent })
  here = await postOffice({ mailer: mailerTo(1), push })
  close = () => {
    server.closeAllConnections()
    server.close()
  }
})
beforeEach(async () => {
  taken.length = 0
  status = 201
  await here.database.pool.query('delete from notices.delivery; delete from notices.device')
})
afterAll(async () => {
  await here[Symbol.asyncDispose]()
  close()
})

const subscription = (name = 'one') => ({
  endpoint: `${origin}/push/${name}`,
  keys: { p256dh: browser.getPublicKey().toString('base64url'), auth: auth.toString('base64url') },
})

async function withDevice(name?: string): Promise<string> {
  const account = here.person({ language: 'en' })
  await here.notices.subscribe(account, subscription(name), 'Mozilla/5.0 (Android 16) Firefox/150.0')
  await here.notices.prefer(account, 'question', 'email', false)
  return account
}

describe('a push message', () => {
  it('reaches the browser, encrypted for it and signed by the operator, and says nothing of what the notice says', async () => {
    const account = await withDevice()
    await here.send({ account })
    expect(await here.notices.deliverDue()).toMatchObject({ sent: 1 })
    const [message] = taken
    const content = JSON.parse(decrypted(message?.body ?? Buffer.alloc(0)))
    expect(content).toMatchObject({
      kind: 'question',
      title: 'You have a message at Sapan',
      body: 'Questions and answers',
      path: expect.stringMatching(/^\/me\/inbox\/[0-9a-f-]{36}$/),
    })
    expect(JSON.stringify(content)).not.toMatch(/Somchai|สมชาย|tax|ภาษี/)
    expect(message?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'normal' })
    expect(isSigned(message?.authorization ?? '')).toBe(true)
  })

  it('goes to each device of the person, and to no other', async () => {
    const account = await withDevice('first')
    await here.notices.subscribe(account, subscription('second'), '')
    await withDevice('of-another')
    await here.send({ account })
    await here.notices.deliverDue()
    expect(taken.map(({ path }) => path).sort()).toEqual(['/push/first', '/push/second'])
  })

  it.each([404, 410])('to a device that is gone (%i) ends with the device', async (gone) => {
    const account = await withDevice()
    await here.send({ account })
    status = gone
    expect(await here.notices.deliverDue()).toMatchObject({ skipped: 1 })
    expect(await here.notices.devices(account)).toEqual([])
    expect(await here.notices.outbox()).toMatchObject({ waiting: 0, dead: 0 })
  })

  it.each([429, 500, 503])(
    'is tried again where the push service says %i, and its address is not logged',
    async (code) => {
      const account = await withDevice('secret-endpoint')
      await here.send({ account })
      status = code
      expect(await here.notices.deliverDue()).toMatchObject({ waiting: 1 })
      status = 201
      here.at += 60_000
      expect(await here.notices.deliverDue()).toMatchObject({ sent: 1 })
      expect(here.lines.join()).not.toContain('secret-endpoint')
    },
  )

  it('is not sent a day late', async () => {
    const account = await withDevice()
    await here.send({ account })
    here.at += 86_400_001
    expect(await here.notices.deliverDue()).toMatchObject({ skipped: 1 })
    expect(taken).toHaveLength(0)
  })
})

describe('a device', () => {
  it('is shown by browser and system, and belongs to whom it was registered for last', async () => {
    const first = await withDevice()
    expect(await here.notices.devices(first)).toMatchObject([{ name: 'Firefox, Android' }])
    const second = await withDevice()
    expect(await here.notices.devices(first)).toEqual([])
    expect(await here.notices.devices(second)).toHaveLength(1)
  })

  it('is removed by its owner alone', async () => {
    const owner = await withDevice()
    const [device] = await here.notices.devices(owner)
    const other = here.person()
    await here.notices.removeDevice(other, device?.id ?? '')
    await here.notices.unsubscribe(other, subscription().endpoint)
    expect(await here.notices.devices(owner)).toHaveLength(1)
    await here.notices.unsubscribe(owner, subscription().endpoint)
    expect(await here.notices.devices(owner)).toEqual([])
  })

  it('is one of twenty at most', async () => {
    const account = here.person()
    for (let i = 0; i < 20; i++) await here.notices.subscribe(account, subscription(`n${i}`), '')
    await expect(here.notices.subscribe(account, subscription('n20'), '')).rejects.toMatchObject({
      code: 'push-devices-too-many',
    })
  })

  it.each([
    ['nothing', () => undefined],
    ['a text', () => 'x'],
    ['another host', () => ({ ...subscription(), endpoint: 'https://evil.example/push' })],
    ['an address inside', () => ({ ...subscription(), endpoint: 'https://169.254.169.254/latest' })],
    ['a host that only ends alike', () => ({ ...subscription(), endpoint: 'https://notlocalhost/x' })],
    ['plain HTTP', () => ({ ...subscription(), endpoint: 'http://localhost/x' })],
    ['a name and a password', () => ({ ...subscription(), endpoint: 'https://a:b@localhost/x' })],
    ['short keys', () => ({ ...subscription(), keys: { p256dh: 'AAAA', auth: 'AAAA' } })],
  ])('is not registered with %s', async (_, sent) => {
    await expect(here.notices.subscribe(here.person(), sent(), '')).rejects.toMatchObject({
      code: 'push-subscription-invalid',
    })
  })
})

/** What the browser does (RFC 8291 §3.4, RFC 8188 §2): one record. */
function decrypted(body: Buffer): string {
  const [salt, idLength] = [body.subarray(0, 16), body.readUInt8(20)]
  const sender = body.subarray(21, 21 + idLength)
  const sealed = body.subarray(21 + idLength)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender])
  const secret = Buffer.from(hkdfSync('sha256', browser.computeSecret(sender), auth, info, 32))
  const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12))
  const decipher = createDecipheriv('aes-128-gcm', key, nonce)
  decipher.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8')
}

/** What the push service does (RFC 8292 §2): the token is of the key that comes along, for this service. */
function isSigned(authorization: string): boolean {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? []
  const [head = '', payload = '', signature = ''] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const data = Buffer.from(`${head}.${payload}`)
  const signed = Buffer.from(signature, 'base64url')
  const isOurs = key === keys.publicKey && claims.aud === origin && claims.sub === 'mailto:ops@sapan.example'
  return isOurs && verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signed)
}
