import { Problem } from '@sapan/kernel'
import { h } from 'preact'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SiteRoute, siteProblems } from '../../src/index.ts'
import { type ServedSite, serveSite, type Who } from './serve.ts'

const routes: SiteRoute<Who, string>[] = [
  {
    method: 'GET',
    path: '/form',
    handle: ({ formKey }) => ({
      kind: 'page',
      title: 'form',
      body: h('form', null, formKey),
      scripts: ['mark.svg'],
    }),
  },
  {
    method: 'POST',
    path: '/form',
    handle: ({ form }) => ({ kind: 'redirect', to: `/things/${form.get('name')}?fields=${form.size}` }),
  },
  {
    method: 'GET',
    path: '/things/:thing',
    handle: ({ parameters, language }) => ({
      kind: 'page',
      title: language,
      body: h('p', null, parameters.thing),
    }),
  },
  {
    method: 'POST',
    path: '/files',
    uploadBytes: 1000,
    handle: ({ form, files }) => ({
      kind: 'file',
      contentType: 'text/plain',
      name: 'รายชื่อ "1".csv',
      body: `${form.get('note')} ${files?.get('list')?.filename} ${files?.get('list')?.bytes.length}`,
    }),
  },
  {
    method: 'POST',
    path: '/machine',
    machine: true,
    handle: ({ form, body }) => ({
      kind: 'file',
      contentType: 'text/plain',
      body: body ?? form.get('token') ?? '',
    }),
  },
  {
    method: 'PUT',
    path: '/machine/:thing',
    machine: true,
    handle: ({ parameters }) => {
      if (parameters.thing === 'none') throw new Problem(siteProblems['page-unknown'])
      return {
        kind: 'file',
        contentType: 'text/plain',
        headers: { etag: '"1"', 'cache-control': 'no-cache' },
        body: '',
      }
    },
  },
  {
    method: 'GET',
    path: '/members-only',
    needs: 'member',
    handle: ({ who }) => ({ kind: 'page', title: 'in', body: who }),
  },
  {
    method: 'GET',
    path: '/fault',
    handle: () => {
      throw new Error('the secret of the house')
    },
  },
  {
    method: 'GET',
    path: '/bare',
    handle: ({ raw }) => {
      raw?.response.end('bare')
      return { kind: 'answered' }
    },
  },
  {
    method: 'GET',
    path: '/busy',
    handle: () => {
      throw new Problem(siteProblems['form-expired'], { extensions: { retryAfter: 17 } })
    },
  },
  { method: 'GET', path: '/large', handle: () => ({ kind: 'page', title: 'x', body: 'ก'.repeat(5000) }) },
]

let site: ServedSite
beforeAll(async () => {
  site = await serveSite({
    routes,
    admit: ({ cookies }, needs) => {
      const who = /who=(\w+)/.exec(cookies ?? '')?.[1]
      if (needs === undefined || who === 'member') return { kind: 'in', who }
      return { kind: 'redirect', to: '/sign-in', cookies: ['attempt=1'] }
    },
    formTargets: ['https://issuer.example'],
  })
})
afterAll(() => site.close())

const call = (path: string, init: RequestInit = {}) =>
  fetch(site.origin + path, { redirect: 'manual', ...init })

/** A browser that has opened the form. */
async function opened(): Promise<{ cookie: string; key: string }> {
  const response = await call('/form')
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return { cookie, key: /name="form-key" value="([^"]+)"/.exec(await response.text())?.[1] ?? '' }
}

async function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return call(path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: site.origin, ...headers },
  })
}

describe('a form of a site', () => {
  it('is taken with its key, and answered by going elsewhere', async () => {
    const { cookie, key } = await opened()
    const response = await post('/form', { 'form-key': key, name: 'สะพาน' }, { cookie })
    expect(response.status).toBe(303)
    expect(decodeURI(response.headers.get('location') ?? '')).toBe('/things/สะพาน?fields=1')
  })

  it('has another key each time, each of which is good for this browser', async () => {
    const { cookie, key } = await opened()
    const again = await (await call('/form', { headers: { cookie } })).text()
    const second = /value="([^"]+)"/.exec(again)?.[1] ?? ''
    expect(second).not.toBe(key)
    expect((await post('/form', { 'form-key': second, name: 'a' }, { cookie })).status).toBe(303)
    expect((await post('/form', { 'form-key': key, name: 'a' }, { cookie })).status).toBe(303)
  })

  it.each([
    ['without a key', async () => ({ fields: {}, cookie: (await opened()).cookie })],
    [
      'with the key of another browser',
      async () => ({ fields: { 'form-key': (await opened()).key }, cookie: (await opened()).cookie }),
    ],
    ['without a cookie', async () => ({ fields: { 'form-key': (await opened()).key }, cookie: '' })],
    [
      'with a key of another length',
      async () => ({ fields: { 'form-key': 'AAAA' }, cookie: (await opened()).cookie }),
    ],
  ])('is refused %s', async (_, made) => {
    const { fields, cookie } = await made()
    const response = await post('/form', fields, { cookie, accept: 'application/problem+json' })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'form-expired' })
  })

  it.each([
    [{ origin: 'https://elsewhere.example' }],
    [{ origin: 'null' }],
    [{ origin: 'http://127.0.0.1:1' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('is refused from elsewhere: %o', async (headers) => {
    const { cookie, key } = await opened()
    const response = await post(
      '/form',
      { 'form-key': key, name: 'a' },
      { cookie, accept: 'application/json', ...headers },
    )
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'form-from-elsewhere' })
    expect(site.logged.join()).toContain('form-from-elsewhere')
  })

  it('may be 128 KiB large: ten thousand Thai letters and more', async () => {
    const { cookie, key } = await opened()
    const sized = (bytes: number) =>
      post('/form', { 'form-key': key, name: 'a', long: 'x'.repeat(bytes) }, { cookie })
    expect((await sized(120_000)).status).toBe(303)
    const response = await sized(140_000)
    expect(response.status).toBe(413)
    expect(await response.text()).toContain('ข้อมูลที่ส่งมาใหญ่เกินไป')
  })

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])(
    'is not taken as %s',
    async (type) => {
      const { cookie } = await opened()
      const response = await call('/form', {
        method: 'POST',
        body: '--x--',
        headers: { 'content-type': type, cookie },
      })
      expect(response.status).toBe(415)
    },
  )

  it('brings files where the route takes them, of so many bytes', async () => {
    const { cookie, key } = await opened()
    const send = (bytes: number) => {
      const body = new FormData()
      body.set('form-key', key)
      body.set('note', 'โน้ต')
      body.set('list', new Blob(['x'.repeat(bytes)]), 'ก.csv')
      return call('/files', { method: 'POST', body, headers: { cookie } })
    }
    const response = await send(900)
    expect(await response.text()).toBe('โน้ต ก.csv 900')
    expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''%E0%B8%A3")
    expect(response.headers.get('content-disposition')).not.toContain('"1"')
    expect((await send(200_000)).status).toBe(413)
  })

  it('of a program needs no key where the route says so', async () => {
    const response = await call('/machine', { method: 'POST', body: new URLSearchParams({ token: 'abc' }) })
    expect(await response.text()).toBe('abc')
  })

  it('of a program may be JSON, which comes byte for byte', async () => {
    const body = '{ "a":1.0,"ก" : [ ] }\n'
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    const response = await call('/machine', { method: 'POST', body, headers })
    expect(await response.text()).toBe(body)
  })

  it('of a program is put, and answered with headers of its own and without cookies', async () => {
    const response = await call('/machine/a', { method: 'PUT' })
    expect(['etag', 'cache-control'].map((name) => response.headers.get(name))).toEqual(['"1"', 'no-cache'])
    expect(response.headers.getSetCookie()).toEqual([])
  })

  it.each([
    ['PUT', '/machine/none', 404],
    ['GET', '/machine/none/such', 404],
    ['DELETE', '/machine/a', 405],
  ])(
    'of a program that goes wrong is a problem as JSON, whatever is accepted: %s %s',
    async (method, path, status) => {
      const response = await call(path, { method, headers: { accept: '*/*' } })
      expect([response.status, response.headers.get('content-type')]).toEqual([
        status,
        'application/problem+json',
      ])
    },
  )
})

describe('a page of a site', () => {
  it.each([
    ['/things/a', {}, 'th'],
    ['/things/a', { 'accept-language': 'en-GB' }, 'en'],
    ['/things/a', { 'accept-language': 'en', cookie: 'test-language=th' }, 'th'],
    ['/things/a?lang=en', { 'accept-language': 'th', cookie: 'test-language=th' }, 'en'],
    ['/things/a?lang=xx', {}, 'th'],
  ])('%s with %o is in %s', async (path, headers, language) => {
    const response = await call(path, { headers })
    expect(response.headers.get('content-language')).toBe(language)
  })

  it('remembers a language that was chosen, and links to the other with everything that was asked', async () => {
    const response = await call('/things/a?b=1&lang=th')
    expect(response.headers.getSetCookie().join()).toContain('test-language=th; Max-Age=')
    expect(await response.text()).toContain('href="/things/a?b=1&amp;lang=en"')
  })

  it.each([
    '//elsewhere.example',
    '///elsewhere.example',
    '/%5Celsewhere.example',
    '//elsewhere.example/a?b=1',
  ])('links to no other site, whatever was asked for: %s', async (path) => {
    const [link = ''] = /(?<=href=")[^"]+/.exec(await (await call(path)).text()) ?? []
    expect(new URL(link, site.origin).origin).toBe(site.origin)
  })

  it('cannot be framed, sniffed or scripted', async () => {
    const { headers } = await call('/form')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("form-action 'self' https://issuer.example;")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.has('strict-transport-security')).toBe(false)
  })

  it('stays https once it was', async () => {
    const secure = await serveSite({ routes, origin: 'https://portal.example' })
    const response = await fetch(`${secure.origin}/form`)
    expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000')
    expect(response.headers.getSetCookie().join()).toMatch(
      /__Host-test-browser=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax/,
    )
    await secure.close()
  })

  it('of somebody is kept nowhere', async () => {
    expect(
      (await call('/members-only', { headers: { cookie: 'who=member' } })).headers.get('cache-control'),
    ).toBe('no-store')
  })

  it('sends those elsewhere who may not come in', async () => {
    const response = await call('/members-only')
    expect([response.status, response.headers.get('location')]).toEqual([303, '/sign-in'])
  })

  it.each(['br', 'gzip'])('is compressed as %s', async (coding) => {
    const response = await call('/large', { headers: { 'accept-encoding': coding } })
    expect(response.headers.get('content-encoding')).toBe(coding)
    expect(await response.text()).toContain('ก'.repeat(5000))
    const plain = await call('/large', { headers: { 'accept-encoding': 'identity' } })
    expect(plain.headers.has('content-encoding')).toBe(false)
  })

  it('answers HEAD as GET, without the page', async () => {
    const response = await call('/things/a', { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  it('may be answered bare by its handler', async () => {
    expect(await (await call('/bare')).text()).toBe('bare')
  })
})

describe('what goes wrong at a site', () => {
  it('is a page that says what to do next, with who is signed in', async () => {
    const response = await call('/nowhere', { headers: { cookie: 'who=somchai' } })
    expect(response.status).toBe(404)
    const html = await response.text()
    expect(html).toContain('ไม่พบหน้านี้')
    expect(html).toContain('who=somchai')
    expect(html).toContain('/problems/page-unknown?lang=th')
  })

  it('is JSON for a program', async () => {
    const response = await call('/nowhere', { headers: { accept: 'application/problem+json' } })
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ code: 'page-unknown', status: 404 })
  })

  it('says which methods a path takes', async () => {
    const response = await call('/machine')
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await call('/things/a', { method: 'POST' })).headers.get('allow')).toBe('GET, HEAD')
    for (const method of ['QUERY', 'PATCH', 'PROPFIND'])
      expect((await call('/things/a', { method })).status, method).toBe(405)
    expect((await call('/nowhere', { method: 'QUERY' })).status).toBe(404)
  })

  it('tells a number and nothing else of a fault, which is in the log under that number', async () => {
    const response = await call('/fault?name=1101700230708')
    expect(response.status).toBe(500)
    const html = await response.text()
    expect(html).not.toContain('secret of the house')
    const incident = /<strong class="number">(\w+)</.exec(html)?.[1] ?? 'none'
    const entry = site.logged.find((line) => line.includes(incident)) ?? ''
    expect(entry).toContain('secret of the house')
    expect(entry).toContain('"route":"/fault"')
    expect(entry).not.toContain('1101700230708')
  })

  it.each([
    '/%',
    '/%ff',
    `/things/${'x'.repeat(600)}`,
    '/things/%00',
    '//elsewhere.example',
    '/assets/../package.json',
  ])('%s is no fault', async (path) => {
    expect((await call(path)).status).toBeLessThan(500)
  })

  it('has the frame of who is refused, whether a duty is missing or their form is too old', async () => {
    const strict = await serveSite({
      routes: [
        {
          method: 'GET',
          path: '/duty',
          needs: 'duty',
          handle: () => ({ kind: 'page', title: 'x', body: 'x' }),
        },
        ...routes,
      ],
      admit: ({ cookies }, needs) => {
        if (needs !== undefined) throw new Problem(siteProblems['form-from-elsewhere'])
        return { kind: 'in', who: /who=(\w+)/.exec(cookies ?? '')?.[1] }
      },
    })
    const headers = { cookie: 'who=member', origin: strict.origin }
    const duty = await fetch(`${strict.origin}/duty`, { headers })
    expect([duty.status, await duty.text()]).toEqual([403, expect.stringContaining('who=member')])
    const old = await fetch(`${strict.origin}/form`, { method: 'POST', body: new URLSearchParams(), headers })
    expect([old.status, await old.text()]).toEqual([403, expect.stringContaining('who=member')])
    await strict.close()
  })

  it('does not hide behind a visitor who cannot be told', async () => {
    const down = await serveSite({
      routes,
      admit: () => {
        throw new Problem(siteProblems['page-fault'])
      },
    })
    expect((await fetch(`${down.origin}/nowhere`)).status).toBe(404)
    expect((await fetch(`${down.origin}/form`)).status).toBe(500)
    await down.close()
  })
})

describe('a NUL, which no text of the database can hold', () => {
  it.each(['/things/%00', '/things/a%00b', '/form?a=%00', '/form?%00=a'])(
    'is in no address of a page: %s',
    async (path) => {
      expect((await call(path)).status).toBe(404)
    },
  )

  it('makes a form unreadable', async () => {
    const { cookie, key } = await opened()
    for (const fields of [{ name: 'a\0' }, { 'a\0': 'b' }]) {
      const response = await post('/form', { 'form-key': key, ...fields }, { cookie })
      expect(response.status).toBe(400)
    }
  })
})

describe('a file of a site', () => {
  it('is kept for a year under its version, and asked for again without', async () => {
    const page = await (await call('/form')).text()
    const address = /scripts=([^<]+)</.exec(page)?.[1] ?? ''
    expect(address).toMatch(/^\/assets\/mark\.svg\?v=/)
    expect((await call(address)).headers.get('cache-control')).toContain('immutable')
    const plain = await call('/assets/mark.svg')
    expect(plain.headers.get('cache-control')).toBe('public, max-age=3600')
    const etag = plain.headers.get('etag') ?? ''
    expect((await call('/assets/mark.svg', { headers: { 'if-none-match': `"x", W/${etag}` } })).status).toBe(
      304,
    )
  })

  it('is compressed, with a validator of its own for each coding', async () => {
    const get = (coding: string) => call('/assets/sapan.css', { headers: { 'accept-encoding': coding } })
    const [br, gzip, plain] = await Promise.all(['br', 'gzip', 'identity'].map(get))
    const etags = [br, gzip, plain].map((response) => response?.headers.get('etag'))
    expect(new Set(etags).size).toBe(3)
    expect(await br?.text()).toBe(await plain?.text())
    expect((await call('/assets/sarabun-thai-400.woff2')).headers.has('content-encoding')).toBe(false)
  })
})

describe('an answer', () => {
  it('sets each cookie once, also where a visitor is sent to sign in first', async () => {
    const answer = await call('/members-only')
    expect(answer.status).toBe(303)
    expect(answer.headers.getSetCookie().filter((line) => line.startsWith('attempt='))).toHaveLength(1)
  })

  it('says when to come again, where a problem does', async () => {
    expect((await call('/busy')).headers.get('retry-after')).toBe('17')
    expect((await call('/fault')).headers.get('retry-after')).toBeNull()
  })
})
