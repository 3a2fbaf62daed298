import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { toPem } from '@sapan/trust'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildChecker } from '../../src/index.ts'
import { plainDocument, type TestAuthority, templateDocument, testAuthority, testWords } from '../signed.ts'
import { faultsOf, widthOver } from './accessibility.ts'
import { openBrowser } from './chromium.ts'

let browser: Browser
let folder: string
let authority: TestAuthority
let pdf: Uint8Array
let listener: Server
let heard = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-checker-'))
  authority = await testAuthority()
  pdf = await authority.sign(await templateDocument('receipt'))
  await buildChecker({
    folder,
    anchors: toPem(authority.root),
    words: testWords,
    bundle: async (entry, outfile) => {
      await build({ entryPoints: [entry], outfile, bundle: true, format: 'iife', platform: 'browser' })
    },
  })
  listener = createServer((_request, response) => {
    heard++
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end()
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  listener?.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(name: string, requests: string[] = [], width = 360): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 800 } })
  context.on('request', (request) => requests.push(request.url()))
  const page = await context.newPage()
  await page.goto(pathToFileURL(join(folder, name)).href)
  return page
}

async function check(page: Page, bytes: Uint8Array, name = 'หนังสือ.pdf'): Promise<string> {
  await page.setInputFiles('#file', { name, mimeType: 'application/pdf', buffer: Buffer.from(bytes) })
  return submit(page)
}

async function submit(page: Page): Promise<string> {
  await page.click('#check button[type=submit]')
  await page.waitForSelector('.verdict, .error-summary', { timeout: 60_000 })
  return (await page.textContent('main')) ?? ''
}

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
}

const focused = (page: Page) => page.evaluate<string>('document.activeElement.id')

describe('the checker in a browser', () => {
  it('checks a file from a disk, and asks for nothing but the files beside it', async () => {
    const requests: string[] = []
    const page = await open('index.html', requests)
    const said = await check(page, pdf)
    expect(said).toContain('ลายมือชื่อถูกต้อง')
    expect(said).toContain('สมชาย ใจดี')
    const beside = pathToFileURL(folder).href
    const own = (url: string) => url.startsWith(beside) || /^(data|blob):/.test(url)
    expect(requests.filter((url) => !own(url))).toEqual([])
    await page.context().close()
  })

  it('works from a web server as from a disk', async () => {
    const server = createServer((request, response) => {
      const name = (request.url ?? '').slice(1)
      const type = contentTypes[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
      readFile(join(folder, name)).then(
        (bytes) => response.writeHead(200, { 'content-type': type }).end(bytes),
        () => response.writeHead(404).end(),
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`)
    expect(await check(page, pdf)).toContain('ตรงกับหน้าที่มองเห็น')
    expect(await page.locator('figure img').count()).toBe(1)
    await context.close()
    server.close()
  })

  it('loads what draws pages only once a file was chosen', async () => {
    const requests: string[] = []
    const page = await open('index.html', requests)
    await page.waitForLoadState('networkidle')
    expect(requests.filter((url) => url.endsWith('picture.js'))).toEqual([])
    await check(page, pdf)
    expect(requests.filter((url) => url.endsWith('picture.js'))).toHaveLength(1)
    await page.context().close()
  })

  it('shows the page beside the data inside, and that both say the same', async () => {
    const page = await open('index.html', [], 1280)
    await check(page, pdf)
    expect(await page.textContent('.data h3')).toContain('ตรงกับหน้าที่มองเห็น')
    expect(await page.textContent('.data')).toContain('TEST-2569-000123')
    const [drawn, data] = await Promise.all([
      page.locator('figure img').boundingBox(),
      page.locator('.data').boundingBox(),
    ])
    expect(drawn?.height).toBeGreaterThan(400)
    expect(data?.x).toBeGreaterThan((drawn?.x ?? 0) + (drawn?.width ?? 0))
    const inks = await page.evaluate<number>(`(async () => {
      const image = document.querySelector('figure img')
      await image.decode()
      const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight })
      const pen = canvas.getContext('2d')
      pen.drawImage(image, 0, 0)
      const { data } = pen.getImageData(0, 0, canvas.width, canvas.height)
      let dark = 0
      for (let at = 0; at < data.length; at += 4) if (data[at] < 100) dark++
      return dark
    })()`)
    expect(inks).toBeGreaterThan(2000)
    await page.context().close()
  })

  it('says that the data inside differs from the page', async () => {
    const page = await open('en.html')
    const differing = await templateDocument('receipt', { number: 'OTHER-9' })
    const said = await check(page, await authority.sign(differing))
    expect(said).toContain('The data inside differs from what the page shows')
    expect(await page.textContent('.differences')).toContain('OTHER-9')
    expect(await faultsOf(page)).toEqual([])
    await page.context().close()
  })

  it('draws a file with a password, and asks for it first', async () => {
    const page = await open('en.html')
    const encrypted = await readFile(new URL('../fixtures/encrypted.pdf', import.meta.url))
    expect(await check(page, encrypted)).toContain('needs its password')
    expect(await focused(page)).toBe('error')
    expect(await page.locator('#password').isVisible()).toBe(true)
    expect(await faultsOf(page)).toEqual([])
    await page.fill('#password', 'wrong')
    await page.click('#check button[type=submit]')
    await page.waitForSelector('text=The password is wrong')
    await page.fill('#password', 'ผ่าน')
    await page.click('#check button[type=submit]')
    await page.waitForSelector('.verdict')
    expect(await page.locator('figure img').count()).toBe(1)
    await page.context().close()
  })

  it('could not send anything: the policy of the page refuses', async () => {
    const page = await open('index.html')
    const { port } = listener.address() as AddressInfo
    const outcomes = await page.evaluate(async (url) => {
      const asked = await fetch(url).then(
        () => 'sent',
        () => 'refused',
      )
      const beacon = navigator.sendBeacon(url, 'x')
      new Image().src = url
      // The thread that draws is made in this way, and has the policy of the page.
      const program = `fetch(${JSON.stringify(url)}).then(() => postMessage('sent'), () => postMessage('refused'))`
      const thread = new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })))
      const inThread = await new Promise((resolve) => {
        thread.onmessage = ({ data }) => resolve(data)
      })
      await new Promise((resolve) => setTimeout(resolve, 500))
      return { asked, beacon, inThread }
    }, `http://127.0.0.1:${port}/`)
    expect(outcomes.asked).toBe('refused')
    expect(outcomes.inThread).toBe('refused')
    expect(heard).toBe(0)
    await page.context().close()
  })

  it('sees that a byte was changed', async () => {
    const page = await open('en.html')
    const changed = pdf.slice()
    changed[1500] = (changed[1500] ?? 0) ^ 1
    expect(await check(page, changed)).toMatch(/does not hold|could not be/)
    await page.context().close()
  })

  it('says in words what is no document, and that no file was chosen', async () => {
    const page = await open('en.html')
    expect(await submit(page)).toContain('No file was chosen')
    expect(await focused(page)).toBe('error')
    expect(await check(page, Buffer.from('hello'))).toContain('This file cannot be read')
    await page.context().close()
  })

  it('goes back to the form for another file', async () => {
    const page = await open('en.html')
    const title = await page.title()
    await check(page, await plainDocument())
    expect(await page.locator('h1').allTextContents()).toContain('This file has no electronic signature')
    expect(await page.locator('h1:visible').count()).toBe(1)
    expect(await page.title()).toContain('This file has no electronic signature')
    await page.click('text=Check another file')
    expect(await focused(page)).toBe('file')
    expect(await page.title()).toBe(title)
    await page.context().close()
  })

  it.each([
    ['index.html', 360],
    ['index.html', 1280],
    ['en.html', 360],
    ['en.html', 1280],
  ])('%s at %i has no fault that axe knows, before and after', async (name, width) => {
    const page = await open(name, [], width)
    expect(await faultsOf(page)).toEqual([])
    await check(page, pdf)
    expect(await faultsOf(page)).toEqual([])
    expect(await widthOver(page)).toBeLessThanOrEqual(0)
    await page.context().close()
  })
})
