import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { encodeQR } from 'qr'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Checking } from '../../src/checking/checking.ts'
import { pngOf } from '../../src/checking/png.ts'
import { everyReport } from '../reports.ts'
import { type ServedPortal, servePortal } from '../serve.ts'
import { signedDocument } from '../signed.ts'
import { faultsOf } from './accessibility.ts'
import { openBrowser } from './chromium.ts'

let browser: Browser
let signed: Awaited<ReturnType<typeof signedDocument>>
let portal: ServedPortal
let pictured: ServedPortal
let shown: keyof typeof everyReport = 'passedReport'

beforeAll(async () => {
  signed = await signedDocument()
  portal = await servePortal({ anchors: [signed.root], timeoutMs: 60_000 })
  const checking: Checking = { check: async () => ({ report: everyReport[shown] }), close: async () => {} }
  pictured = await servePortal({ checking })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await portal?.close()
  await pictured?.close()
})

async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, ...options })
  const page = await context.newPage()
  await page.goto(address)
  return page
}

const document = () => ({ name: 'หนังสือ.pdf', mimeType: 'application/pdf', buffer: Buffer.from(signed.pdf) })

describe('the page that checks documents', () => {
  it('works without JavaScript', async () => {
    const page = await open(`${portal.origin}/check?lang=th`, { javaScriptEnabled: false })
    await page.setInputFiles('#file', document())
    await page.click('button[type=submit]')
    await page.waitForSelector('.verdict')
    expect(await page.textContent('.verdict')).toContain('ลายมือชื่อถูกต้อง')
    expect(await page.textContent('.card')).toContain('สมชาย ใจดี')
    expect(await page.getAttribute('figure img', 'src')).toMatch(/^data:image\/png;base64,/)
    await page.context().close()
  })

  it('is used by keyboard alone', async () => {
    const page = await open(`${portal.origin}/check?lang=en`)
    const order: string[] = []
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press('Tab')
      order.push(await page.evaluate<string>('document.activeElement.id || document.activeElement.tagName'))
    }
    expect(order.indexOf('file')).toBeGreaterThan(0)
    expect(order.indexOf('BUTTON')).toBeGreaterThan(order.indexOf('file'))
    await page.context().close()
  })

  it('reads a QR code in the browser, and opens nothing by itself', async () => {
    const page = await open(`${portal.origin}/check?lang=en`)
    await page.setInputFiles('#code', {
      name: 'qr.png',
      mimeType: 'image/png',
      buffer: codePicture('https://elsewhere.example/check'),
    })
    await page.waitForSelector('#scanned p')
    const said = await page.textContent('#scanned')
    expect(said).toContain('https://elsewhere.example/check')
    expect(said).toContain('another site')
    expect(await page.locator('#scanned a').count()).toBe(0)
    await page.setInputFiles('#code', {
      name: 'qr.png',
      mimeType: 'image/png',
      buffer: codePicture(`${portal.origin}/check?document=7&lang=en`),
    })
    await page.click('#scanned a')
    await page.waitForURL(/document=7/)
    expect(await page.textContent('main')).toContain('document 7')
    await page.context().close()
  })

  it.each(['th', 'en'])('has no fault that axe knows, in %s, empty and with an error', async (language) => {
    const page = await open(`${portal.origin}/check?lang=${language}&document=7`)
    expect(await faultsOf(page)).toEqual([])
    await page.setInputFiles('#file', {
      name: 'x.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('hello'),
    })
    await page.click('button[type=submit]')
    await page.waitForSelector('.error-summary')
    expect(await faultsOf(page)).toEqual([])
    await page.context().close()
  })

  it.each(Object.keys(everyReport) as (keyof typeof everyReport)[])(
    'has no fault that axe knows, with %s',
    async (name) => {
      shown = name
      for (const [language, width] of [
        ['th', 360],
        ['en', 1280],
      ] as const) {
        const page = await open(`${pictured.origin}/check?lang=${language}`, {
          viewport: { width, height: 800 },
        })
        await page.setInputFiles('#file', document())
        await page.click('button[type=submit]')
        await page.waitForSelector('.verdict')
        expect(await faultsOf(page)).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(
          0,
        )
        await page.context().close()
      }
    },
  )
})

function codePicture(text: string): Buffer {
  const cells = encodeQR(text, 'raw', { border: 4 })
  const scale = 8
  const side = cells.length * scale
  const pixels = new Uint8Array(side * side * 4)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const dark = cells[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true
      pixels.fill(dark ? 0 : 255, (y * side + x) * 4, (y * side + x) * 4 + 4)
    }
  }
  return Buffer.from(pngOf(side, side, pixels))
}
