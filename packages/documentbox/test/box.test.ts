import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLogger, type PoolClient, type Text } from '@sapan/kernel'
import { Sealer } from '@sapan/trust'
import { createSite, renderPage, type Site } from '@sapan/ui'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../kernel/test/database.ts'
import {
  createDocumentBox,
  type DocumentBoxHouse,
  type DocumentReach,
  documentboxMigrations,
  documentRoutes,
  type NewDocument,
} from '../src/index.ts'

let database: TestDatabase
let box: DocumentBoxHouse
let site: Site
let server: Server
let origin: string
const lines: string[] = []
const hour = 3_600_000
/** For whom an account acts, for what it shared. */
const actsFor = new Map<string, readonly string[]>()
const wholly = (party: string): DocumentReach => ({ party, mayShare: true })
/** Registers that do not answer. */
let silent: readonly Text[] = []
let at = Date.parse('2026-11-23T12:00:00+07:00')

beforeAll(async () => {
  database = await testDatabase({ documentbox: documentboxMigrations })
  const log = createLogger({ name: 'test', destination: { write: (line: string) => void lines.push(line) } })
  box = createDocumentBox({
    pool: database.pool,
    clock: () => at,
    log,
    sealer: new Sealer(new Map([[1, randomBytes(32)]]), 1),
    hashKey: randomBytes(32),
    reachOf: async (account) => (actsFor.get(account) ?? []).map(wholly),
    silentOf: async () => silent,
  })
  server = createServer((request, response) => site.handler(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  site = createSite<string, string>({
    origin,
    cookiePrefix: 'test',
    cookieSecret: Buffer.alloc(32, 7),
    frame: ({ language, title, body, languages }) =>
      renderPage({ language, title, body, languages, home: '/' }),
    routes: documentRoutes<string, string>({
      documentbox: box,
      clock: () => at,
      accountOf: (who) => who,
      memberName: () => ({ th: 'กรมสรรพากร', en: 'Revenue Department' }),
      evidenceFor: (kind) =>
        kind === 'tax/assessment'
          ? [
              {
                title: { th: 'ขอสินเชื่อ', en: 'A loan' },
                path: '/services/loan',
                when: { th: 'ถ้ามีรายได้จากธุรกิจ', en: 'If you earn from a business' },
              },
            ]
          : [],
      needs: 'in',
    }),
    admit: ({ cookies }, needs) => {
      const who = /who=([0-9a-f-]+)/.exec(cookies ?? '')?.[1]
      if (who === undefined && needs !== undefined) return { kind: 'redirect', to: '/sign-in' }
      return { kind: 'in', who: who ?? '' }
    },
    log,
  })
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await site.close()
  await database.drop()
})

async function transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } finally {
    client.release()
  }
}

const pdf = Buffer.from('%PDF-1.7 สมชาย')
let made = 0
const put = (over: Partial<NewDocument> = {}) =>
  transaction((client) =>
    box.put(client, {
      owner: randomUUID(),
      issuer: 'TH/GOV/RD',
      kind: 'tax/assessment',
      title: { th: 'ใบแจ้งผลภาษี', en: 'Tax assessment' },
      number: `RD-${++made}`,
      mediaType: 'application/pdf',
      content: pdf,
      key: `case:${made}:assessment`,
      ...over,
    }),
  )

/** A browser that somebody is signed in with, or nobody. */
function browser(who?: string) {
  const cookies = new Map(who === undefined ? [] : [['who', who]])
  let key = ''
  const call = async (path: string, init: RequestInit) => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const response = await fetch(origin + path, {
      redirect: 'manual',
      ...init,
      headers: { cookie, ...init.headers },
    })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    const text = await response.text()
    key = /name="form-key" value="([^"]+)"/.exec(text)?.[1] ?? key
    return {
      status: response.status,
      text,
      to: response.headers.get('location') ?? '',
      headers: response.headers,
    }
  }
  return {
    get: (path: string, language = 'en') => call(path, { headers: { 'accept-language': language } }),
    post: (path: string, fields: Record<string, string> = {}) =>
      call(path, {
        method: 'POST',
        headers: { origin, 'accept-language': 'en' },
        body: new URLSearchParams({ ...fields, 'form-key': key }),
      }),
  }
}

describe('a document in the box', () => {
  it('is put in once for its key, and lies sealed', async () => {
    const owner = randomUUID()
    const first = await put({ owner, key: 'same' })
    expect((await put({ owner, key: 'same' })).id).toBe(first.id)
    expect(await box.list(owner)).toHaveLength(1)
    expect(Buffer.from((await box.content(owner, first.id)) ?? [])).toEqual(pdf)
    const { rows } = await database.pool.query('select content_sealed from documentbox.content')
    for (const { content_sealed } of rows) expect(content_sealed.includes(pdf)).toBe(false)
  })

  it('is seen by whoever may act for the party that it is about', async () => {
    const { id } = await put({ party: 'hash-of-a-company' })
    const director = randomUUID()
    expect(await box.read(director, id)).toBeUndefined()
    expect(await box.read(director, id, [wholly('hash-of-a-company')])).toMatchObject({ id })
    expect(await box.list(director, [wholly('hash-of-a-company')])).toHaveLength(1)
  })

  it('of a party is seen, and shared, as far as a mandate reaches', async () => {
    const party = 'hash-of-a-person'
    const { id } = await put({ party })
    const [agent, whole] = [randomUUID(), wholly(party)]
    for (const reach of [
      { ...whole, issuers: ['TH/GOV/ELSE'] },
      { ...whole, services: ['moving'] },
    ]) {
      expect(await box.list(agent, [reach])).toEqual([])
      for (const tried of [box.read, box.content, box.views, box.shares])
        expect(await tried(agent, id, [reach])).toBeUndefined()
    }
    const looking = [{ ...whole, issuers: ['TH/GOV/RD'], services: ['tax'], mayShare: false }]
    expect(await box.content(agent, id, looking)).toBeDefined()
    expect(await box.shares(agent, id, looking)).toBeUndefined()
    expect(await box.share(agent, id, 1, looking)).toBeUndefined()
    const made = await box.share(agent, id, 1, [whole])
    await box.endShare(agent, id, made?.id ?? '', looking)
    expect(await box.shares(agent, id, [whole])).toMatchObject([{ id: made?.id, withoutMandate: true }])
  })

  it('of a party is not there any more for whom it was issued to, once they do not act for the party', async () => {
    const [owner, party] = [randomUUID(), 'hash-of-another-company']
    const { id } = await put({ owner, party })
    expect(await box.content(owner, id, [wholly(party)])).toBeDefined()
    for (const parties of [undefined, [], [wholly('hash-of-others')]]) {
      expect(await box.list(owner, parties)).toEqual([])
      for (const tried of [box.read, box.content, box.views, box.shares])
        expect(await tried(owner, id, parties)).toBeUndefined()
      expect(await box.share(owner, id, 1, parties)).toBeUndefined()
    }
    expect(lines.join()).toContain(id)
  })

  it('of another is not there on any page, and each attempt is logged', async () => {
    const { id } = await put()
    const other = randomUUID()
    const here = browser(other)
    await here.get('/shared')
    for (const path of ['', '/file', '/kept', '/not-kept']) {
      const before = lines.length
      expect((await here.get(`/me/documents/${id}${path}`)).status).toBe(404)
      const said = lines.slice(before).join()
      for (const known of [other, id]) expect(said).toContain(known)
    }
    expect((await here.post(`/me/documents/${id}/shares`, { hours: '24' })).status).toBe(404)
    for (const bad of ['x', '%27--', '00000000-0000-7000-8000-000000000000']) {
      expect((await here.get(`/me/documents/${bad}`)).status).toBe(404)
    }
    expect((await browser().get(`/me/documents/${id}`)).to).toBe('/sign-in')
  })

  it('that was taken back says so, to its owner and to anyone with its number', async () => {
    const owner = randomUUID()
    const { id, number } = await put({ owner })
    await transaction((client) => box.end(client, id, 'revoked'))
    expect((await browser(owner).get('/me/documents')).text).toContain('Taken back by the issuer')
    const anyone = browser()
    await anyone.get('/check/number')
    const { text } = await anyone.post('/check/number', { number })
    expect(text).toContain('Taken back by the issuer')
    expect(text).not.toContain(owner)
    expect((await anyone.post('/check/number', { number: "x'; --" })).text).toContain('There is no document')
    const empty = await anyone.post('/check/number', { number: ' ' })
    expect(empty.status).toBe(422)
    expect(empty.text).toContain('Type the number of the document')
  })

  it('that has an end says till when it is valid, and that it has expired afterwards', async () => {
    const owner = randomUUID()
    const ends = await put({ owner, validTill: Date.parse('2099-11-22T23:59:59.999+07:00') })
    const over = await put({ owner, validTill: Date.parse('2025-11-22T23:59:59.999+07:00') })
    const here = browser(owner)
    const pageOf = async (id: string) => (await here.get(`/me/documents/${id}`)).text
    expect(await pageOf(ends.id)).toContain('22 Nov 2099')
    expect(await pageOf(ends.id)).not.toContain('Expired')
    for (const text of [await pageOf(over.id), (await here.get('/me/documents')).text])
      expect(text).toContain('Expired')
    const anyone = browser()
    await anyone.get('/check/number')
    const { text } = await anyone.post('/check/number', { number: over.number })
    for (const words of ['22 Nov 2025', 'Expired']) expect(text).toContain(words)
  })

  it('shows what it is evidence for, and can be downloaded under its number', async () => {
    const owner = randomUUID()
    const { id, number } = await put({ owner })
    const page = await browser(owner).get(`/me/documents/${id}`)
    expect(page.text).toContain('href="/services/loan"')
    expect(page.text).toMatch(/ถ้ามีรายได้จากธุรกิจ: |If you earn from a business: /)
    const file = await browser(owner).get(`/me/documents/${id}/file`)
    expect(file.headers.get('content-disposition')).toContain(`${number}.pdf`)
    expect(file.headers.get('content-type')).toBe('application/pdf')
    expect((await box.views(owner, id))?.map(({ what }) => what)).toEqual(['file', 'seen'])
  })

  it('is missed by nobody who has none', async () => {
    expect((await browser(randomUUID()).get('/me/documents', 'th')).text).toContain('ยังไม่มีเอกสาร')
  })
})

describe('a document that is shared', () => {
  async function shared(hours = '1') {
    const owner = randomUUID()
    const { id } = await put({ owner })
    const own = browser(owner)
    await own.get(`/me/documents/${id}`)
    const sent = await own.post(`/me/documents/${id}/shares`, { hours })
    const [share] = (await box.shares(owner, id)) ?? []
    return { owner, id, own, sent, code: share?.code ?? '', share: share?.id ?? '' }
  }

  it('opens for who types the code and says who they are, and the owner sees it', async () => {
    const { owner, id, own, code } = await shared()
    expect((await own.get(`/me/documents/${id}`)).text).toContain(code)
    const made = (await own.get(`/me/documents/${id}?shared`)).text
    expect(made.indexOf(code)).toBeLessThan(made.indexOf('<h1'))
    const verifier = browser()
    await verifier.get('/shared')
    const fields = { code: code.toLowerCase().replaceAll('-', ' '), opener: 'ธนาคาร <b>ก</b>' }
    const seen = await verifier.post('/shared', fields)
    expect(seen.text).toContain('Tax assessment')
    expect(seen.text).not.toContain(owner)
    const file = await verifier.post('/shared/file', fields)
    expect(file.text).toContain('%PDF')
    const { text } = await own.get(`/me/documents/${id}`)
    expect(text).toContain('ธนาคาร &lt;b>ก')
    expect(text).not.toContain('<b>ก')
  })

  it('opens no more when its time is over, or when the owner ends it', async () => {
    const { code, own, id, share } = await shared('1')
    expect(await box.openShare(code, 'x')).toBeDefined()
    at += hour
    expect(await box.openShare(code, 'x')).toBeUndefined()
    at -= hour
    expect(await box.openShare(code, 'x')).toBeDefined()
    await own.post(`/me/documents/${id}/shares/${share}/end`)
    expect(await box.openShare(code, 'x')).toBeUndefined()
    expect(await box.sharedContent(code, 'x')).toBeUndefined()
  })

  it('of a party opens only while who made the code acts for the party, who are told so and can end it', async () => {
    const [agent, director, party] = [randomUUID(), randomUUID(), 'hash-of-a-firm']
    const { id } = await put({ owner: agent, party })
    for (const account of [agent, director]) actsFor.set(account, [party])
    const first = await box.share(agent, id, 24, [wholly(party)])
    const second = await box.share(director, id, 24, [wholly(party)])
    const opened = async (code = '') => (await box.openShare(code, 'ธนาคาร'))?.id
    expect([await opened(first?.code), await opened(second?.code)]).toEqual([id, id])
    actsFor.delete(agent)
    expect([await opened(first?.code), await opened(second?.code)]).toEqual([undefined, id])
    expect(await box.sharedContent(first?.code ?? '', 'ธนาคาร')).toBeUndefined()
    const listed = (await box.shares(director, id, [wholly(party)])) ?? []
    expect(listed.map(({ code, withoutMandate }) => [code, withoutMandate])).toEqual([
      [second?.code, undefined],
      [first?.code, true],
    ])
    await box.endShare(agent, id, second?.id ?? '')
    expect(await opened(second?.code)).toBe(id)
    await box.endShare(director, id, first?.id ?? '', [wholly(party)])
    expect(await box.shares(director, id, [wholly(party)])).toHaveLength(1)
  })

  it('of a party opens nothing while no register says who acts for the party, and is not called over', async () => {
    const [agent, stranger, party] = [randomUUID(), randomUUID(), 'hash-of-a-firm']
    const { id } = await put({ owner: agent, party })
    actsFor.set(agent, [party])
    const share = await box.share(agent, id, 24, [wholly(party)])
    actsFor.delete(agent)
    silent = [{ th: 'ทะเบียนบริษัท', en: 'the company register' }]
    try {
      const verifier = browser()
      await verifier.get('/shared')
      const refused = await verifier.post('/shared', { code: share?.code ?? '', opener: 'ธนาคาร' })
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30'])
      expect(lines.join()).not.toContain('page failed')
      expect(refused.text).toContain('There is no answer from the company register')
      expect(await box.shares(agent, id, [wholly(party)])).toMatchObject([{ silent }])
      expect((await browser(agent).get('/me/documents')).text).toContain(
        'the company register: not answering',
      )
      for (const who of [agent, stranger])
        expect((await browser(who).get(`/me/documents/${id}`)).status).toBe(503)
      expect(await box.openShare((await shared()).code, 'ธนาคาร')).toBeDefined()
    } finally {
      silent = []
    }
    expect((await browser(stranger).get(`/me/documents/${id}`)).status).toBe(404)
  })

  it('is ended by nobody but its owner', async () => {
    const { code, id, share } = await shared()
    await box.endShare(randomUUID(), id, share)
    await box.endShare(randomUUID(), (await put()).id, share)
    expect(await box.openShare(code, 'x')).toBeDefined()
  })

  it.each(['K7QF', 'K7QF-2M9X-ATPD-03WU', '0000-0000-0000-0000', "' or 1=1 --", 'ก'.repeat(16)])(
    'opens for no code %j',
    async (code) => {
      const verifier = browser()
      await verifier.get('/shared')
      const answer = await verifier.post('/shared', { code, opener: 'x' })
      expect(answer.status).toBe(422)
      expect(answer.text).toContain('There is no such code')
    },
  )

  it('asks for the code where none was typed, and does not call it wrong', async () => {
    const verifier = browser()
    await verifier.get('/shared')
    const empty = await verifier.post('/shared', { code: ' ', opener: 'ธนาคาร' })
    expect(empty.status).toBe(422)
    expect(empty.text).toContain('Type the code that the owner gave you.</a>')
    expect(empty.text).not.toContain('There is no such code')
  })

  it('opens for nobody who does not say who they are', async () => {
    const { code, owner, id } = await shared()
    const verifier = browser()
    await verifier.get('/shared')
    for (const opener of ['', ' ', 'x'.repeat(101)]) {
      expect((await verifier.post('/shared', { code, opener })).status).toBe(422)
    }
    expect((await box.views(owner, id))?.filter(({ opener }) => opener !== undefined)).toEqual([])
  })

  it('has its secret in no address, no log and no table', async () => {
    const { code, sent } = await shared()
    expect(sent.to).not.toContain(code)
    await box.openShare(code, 'x')
    const { rows } = await database.pool.query('select * from documentbox.share')
    expect(JSON.stringify(rows)).not.toContain(code)
    expect(lines.join()).not.toContain(code)
  })

  it.each(['0', '2', '-1', 'x', '1e9', ''])('is not shared for %j hours', async (hours) => {
    expect((await shared(hours)).sent.status).toBe(422)
  })

  it('is shared at most 20 times at once', async () => {
    const owner = randomUUID()
    const { id } = await put({ owner })
    for (let i = 0; i < 20; i++) await box.share(owner, id, 1)
    await expect(box.share(owner, id, 1)).rejects.toMatchObject({ code: 'document-shares-too-many' })
  })
})
