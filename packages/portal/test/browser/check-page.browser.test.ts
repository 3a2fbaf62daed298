import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { encodeQR } from 'qr'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pngOf } from '../../src/checking/png.ts'
import { type ServedPortal, servePortal } from '../serve.ts'
import { signedDocument } from '../signed.ts'
import { faultsOf, widthOver } from './accessibility.ts'
import { openBrowser } from './chromium.ts'
import { reportNames, stagedChecking, unreadableNames } from './states.ts'

let browser: Browser
let signed: Awaited<ReturnType<typeof signedDocument>>
let portal: ServedPortal
let staged: ServedPortal

beforeAll(async () => {
  signed = await signedDocument()
  portal = await servePortal({ anchors: [signed.root], timeoutMs: 60_000 })
  staged = await servePortal({ checking: await stagedChecking(), mostBytes: 1000 })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await portal?.close()
  await staged?.close()
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

  it('is used by keyboard alone, in the order in which it is read', async () => {
    const page = await open(`${staged.origin}/check?lang=en`)
    const order: string[] = []
    for (let step = 0; step < 8; step++) {
      await page.keyboard.press('Tab')
      order.push(
        await page.evaluate<string>(
          'document.activeElement.id || document.activeElement.className || document.activeElement.textContent',
        ),
      )
    }
    const words = 'The file has a password, or the signature is a separate file'
    expect(order).toEqual([
      'skip',
      'brand',
      'ไทย',
      'file',
      words,
      'Check this file',
      'code',
      'How it is checked',
    ])
    await page.setInputFiles('#file', { name: 'passedReport', mimeType: '', buffer: Buffer.from('x') })
    await page.focus('#check button')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.verdict')
    await page.focus('.card summary')
    await page.keyboard.press('Enter')
    expect(await page.locator('.card .checks').first().isVisible()).toBe(true)
    await page.context().close()
  })

  it('shows with a ring what has the focus', async () => {
    const page = await open(`${staged.origin}/check?lang=en`)
    for (const id of ['file', 'code']) {
      await page.focus(`#${id}`)
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Tab')
      const ring = await page.evaluate<string>(
        `getComputedStyle(document.getElementById('${id}')).outlineStyle`,
      )
      expect(ring).toBe('solid')
    }
    await page.context().close()
  })

  it('says that it is working, and sends a file once', async () => {
    const page = await open(`${staged.origin}/check?lang=th`)
    const sent: string[] = []
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
    await page.setInputFiles('#file', { name: 'slow', mimeType: '', buffer: Buffer.from('x') })
    expect(await page.getAttribute('#working', 'role')).toBe('status')
    const said = await page.evaluate<string>(`(() => {
      const button = document.querySelector('#check button')
      button.click()
      button.click()
      return document.getElementById('working').textContent
    })()`)
    expect(said).toBe('กำลังตรวจ…')
    await page.waitForSelector('.verdict')
    expect(sent).toHaveLength(1)
    await page.context().close()
  })

  it('moves to what is wrong, which leads to where it is mended', async () => {
    const page = await open(`${staged.origin}/check?lang=en`)
    await page.click('button[type=submit]')
    await page.waitForSelector('.error-summary')
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('error')
    await page.click('.error-summary a >> nth=0')
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('file')
    await page.setInputFiles('#file', { name: 'encrypted', mimeType: '', buffer: Buffer.from('x') })
    await page.click('button[type=submit]')
    await page.waitForSelector('text=needs its password')
    await page.click('.error-summary a >> nth=0')
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('password')
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

  describe.each([
    ['th', 360],
    ['th', 1280],
    ['en', 360],
    ['en', 1280],
  ] as const)(
    'in %s at %i pixels has no fault that axe knows, nor is it wider than its window,',
    (language, width) => {
      const address = () => `${staged.origin}/check?lang=${language}`
      const opened = (path = '') => open(`${address()}${path}`, { viewport: { width, height: 800 } })

      async function faultless(page: Page): Promise<void> {
        expect(await faultsOf(page)).toEqual([])
        expect(await widthOver(page)).toBeLessThanOrEqual(0)
        await page.context().close()
      }

      async function handedIn(name: string | undefined, bytes = 1): Promise<Page> {
        const page = await opened()
        const buffer = Buffer.alloc(bytes, 'x')
        if (name !== undefined) await page.setInputFiles('#file', { name, mimeType: '', buffer })
        await page.click('button[type=submit]')
        await page.waitForSelector('.verdict, .error-summary')
        return page
      }

      it('empty', async () => faultless(await opened()))

      it('come to by a code', async () => faultless(await opened(`&document=${'TEST-2569-'.repeat(9)}`)))

      it('with a code that was read', async () => {
        const page = await opened()
        const buffer = codePicture(`https://elsewhere.example/${'long'.repeat(20)}`)
        await page.setInputFiles('#code', { name: 'qr.png', mimeType: 'image/png', buffer })
        await page.waitForSelector('#scanned p')
        await faultless(page)
      })

      it('without a file', async () => {
        const page = await handedIn(undefined)
        expect(await page.textContent('.error-summary')).toContain('upload-missing')
        await faultless(page)
      })

      it('with a file that is too large', async () => {
        const page = await handedIn('large', 2000)
        expect(await page.textContent('.error-summary')).toContain('upload-too-large')
        await faultless(page)
      })

      it.each(unreadableNames)('with a file of which it says: %s', async (name) => {
        const page = await handedIn(name)
        expect(await page.textContent('.error-summary')).toMatch(/document-(unreadable|password-needed)/)
        await faultless(page)
      })

      it.each(reportNames)('with %s', async (name) => {
        const page = await handedIn(name)
        expect(await page.locator('.verdict').count()).toBe(1)
        await faultless(page)
      })
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
