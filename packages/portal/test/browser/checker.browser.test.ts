import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { toPem } from '@sapan/trust'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildChecker } from '../../src/index.ts'
import { signedDocument } from '../signed.ts'
import { faultsOf } from './accessibility.ts'
import { openBrowser } from './chromium.ts'

let browser: Browser
let folder: string
let pdf: Uint8Array
let listener: Server
let heard = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-checker-'))
  const { pdf: signed, root } = await signedDocument()
  pdf = signed
  await buildChecker({
    folder,
    anchors: toPem(root),
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

async function open(name: string, requests: string[]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 } })
  context.on('request', (request) => requests.push(request.url()))
  const page = await context.newPage()
  await page.goto(pathToFileURL(join(folder, name)).href)
  return page
}

async function check(page: Page, bytes: Uint8Array): Promise<string> {
  await page.setInputFiles('#file', {
    name: 'หนังสือ.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from(bytes),
  })
  await page.click('button[type=submit]')
  await page.waitForSelector('.verdict, .error-summary', { timeout: 60_000 })
  return (await page.textContent('#answer')) ?? ''
}

it('checks a file from a disk and sends no request', async () => {
  const requests: string[] = []
  const page = await open('index.html', requests)
  await page.waitForLoadState('networkidle')
  const whileLoading = requests.length
  const said = await check(page, pdf)
  expect(said).toContain('ลายมือชื่อถูกต้อง')
  expect(said).toContain('สมชาย ใจดี')
  expect(requests.slice(whileLoading)).toEqual([])
  expect(requests.filter((url) => !url.startsWith(pathToFileURL(folder).href))).toEqual([])
  await page.context().close()
})

it('could not send one: the policy of the page refuses', async () => {
  const page = await open('index.html', [])
  const { port } = listener.address() as AddressInfo
  const outcomes = await page.evaluate(async (url) => {
    const asked = await fetch(url).then(
      () => 'sent',
      () => 'refused',
    )
    const beacon = navigator.sendBeacon(url, 'x')
    new Image().src = url
    await new Promise((resolve) => setTimeout(resolve, 500))
    return { asked, beacon }
  }, `http://127.0.0.1:${port}/`)
  expect(outcomes.asked).toBe('refused')
  expect(heard).toBe(0)
  await page.context().close()
})

it('sees that a byte was changed', async () => {
  const page = await open('en.html', [])
  const changed = pdf.slice()
  changed[1500] = (changed[1500] ?? 0) ^ 1
  expect(await check(page, changed)).toMatch(/does not hold|could not be/)
  await page.context().close()
})

it('says in words what is no document', async () => {
  const page = await open('en.html', [])
  expect(await check(page, Buffer.from('hello'))).toContain('There is a problem')
  await page.context().close()
})

it.each(['index.html', 'en.html'])('%s has no fault that axe knows, before and after', async (name) => {
  const page = await open(name, [])
  expect(await faultsOf(page)).toEqual([])
  await check(page, pdf)
  expect(await faultsOf(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  await page.context().close()
})
