import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServedPortal } from './serve.ts'
import { serveSite } from './site.ts'

let site: ServedPortal
beforeAll(async () => {
  site = await serveSite()
})
afterAll(() => site.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(site.origin + path, { headers, redirect: 'manual' })

describe('the pages of the portal', () => {
  it.each(['/', '/help', '/accessibility', '/privacy', '/check', '/problems'])(
    '%s is for everybody',
    async (path) => {
      expect((await get(path)).status).toBe(200)
    },
  )

  it('my page is for who is signed in, and kept by nobody on the way', async () => {
    expect((await get('/me')).headers.get('location')).toBe('/sign-in')
    const mine = await get('/me', { cookie: 'in=1' })
    expect(mine.headers.get('cache-control')).toBe('no-store')
    expect(mine.headers.get('sapan-account')).toMatch(/^[\w-]{16}$/)
    expect((await get('/')).headers.has('sapan-account')).toBe(false)
  })

  it('shows a room that cannot tell its state without one', async () => {
    const html = await (await get('/me?lang=en', { cookie: 'in=1' })).text()
    expect(html).toContain('2 new')
    expect(html).toContain('href="/me/security"')
    expect(site.logged.join()).toContain('a tile has no state')
  })

  it('/check leads to the check by number, in its language', async () => {
    expect(await (await get('/check?lang=en')).text()).toContain('href="/check/number?lang=en"')
    expect(await (await get('/check?lang=th')).text()).toContain('ตรวจจากเลขที่เอกสาร')
  })

  it.each(['/check', '/problems', '/problems/no-grant'])(
    '%s stands in the same frame, in the language that was chosen before',
    async (path) => {
      const html = await (await get(path, { cookie: 'in=1; sapan-portal-language=en' })).text()
      expect(html).toContain('<html lang="en">')
      expect(html).toContain('action="/sign-out"')
      expect(html).toContain('href="/me"')
    },
  )

  it('a problem code that there is not leads to the list of all', async () => {
    const answer = await get('/problems/no-such-code')
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('/problems/no-grant')
  })

  it('what could not be checked is said in the frame too', async () => {
    const answer = await fetch(`${site.origin}/check?lang=en`, {
      method: 'POST',
      headers: { accept: 'text/html', 'content-type': 'application/pdf', cookie: 'in=1' },
      body: 'no PDF',
    })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('action="/sign-out"')
  })

  it('says for whom somebody acts, on every page', async () => {
    expect(await (await get('/help', { cookie: 'in=1; acting=1' })).text()).toContain('บริษัท สะพานทดสอบ จำกัด')
  })

  it('says that my page is still about oneself, but not where those for whom one acts stand as well', async () => {
    const note = 'หน้านี้ยังเป็นเรื่องของคุณเอง'
    const page = async (path: string) => await (await get(path, { cookie: 'in=1; acting=1' })).text()
    expect(await page('/me')).toContain(note)
    for (const path of ['/me/applications', '/me/documents', '/me/payments']) {
      expect(await page(path)).toContain('บริษัท สะพานทดสอบ จำกัด')
      expect(await page(path)).not.toContain(note)
    }
  })

  it('is light: a page with all that it loads but fonts is less than 60 KB', async () => {
    const html = await (await get('/me', { cookie: 'in=1' })).text()
    const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:css|js)[^"]*)"/g)].map(
      (match) => match[1] ?? '',
    )
    const bodies = await Promise.all(files.map(async (file) => (await get(file)).arrayBuffer()))
    const weights = [Buffer.from(html), ...bodies.map((body) => Buffer.from(body))].map(
      (bytes) => brotliCompressSync(bytes).length,
    )
    expect(files.length).toBeGreaterThanOrEqual(2)
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThan(60_000)
  })

  it('can be installed: a manifest in each language, icons that are there, a worker for the whole site', async () => {
    for (const language of ['th', 'en']) {
      const manifest = (await (await get(`/manifest-${language}.webmanifest`)).json()) as {
        icons: { src: string }[]
      }
      for (const { src } of manifest.icons)
        expect((await get(src)).headers.get('content-type')).toBe('image/png')
    }
    const worker = await (await get('/service-worker.js')).text()
    expect(worker).not.toContain("['SHELL']")
    expect(worker).toContain('/assets/sapan.css?v=')
  })
})
