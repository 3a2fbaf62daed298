import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSandboxMail } from '@sapan/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withFonts } from '../src/up/with-fonts.ts'

let server: Server
let origin: string
let mail: ReturnType<typeof createSandboxMail>
beforeAll(async () => {
  server = createServer((request, response) => withFonts(mail.handler)(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  mail = createSandboxMail({ origin })
})
afterAll(async () => {
  await mail.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

describe('the pages of a stand-in', () => {
  it('have every font that they name at their own origin, and may load it', async () => {
    const page = await fetch(origin)
    const named = [...(await page.text()).matchAll(/url\((\/assets\/[^)]+)\)/g)].map(([, path]) => path)
    expect(named).toHaveLength(4)
    expect(page.headers.get('content-security-policy')).toContain("font-src 'self'")
    for (const path of named) {
      const font = await fetch(`${origin}${path}`)
      expect([font.status, font.headers.get('content-type')]).toEqual([200, 'font/woff2'])
    }
  })

  it('have nothing else of the house', async () => {
    expect((await fetch(`${origin}/assets/sapan.css`)).status).toBe(404)
    expect((await fetch(`${origin}/assets/none.woff2`)).status).toBe(404)
    expect((await fetch(`${origin}/assets/sarabun-thai-400.woff2`, { method: 'POST' })).status).toBe(405)
  })
})
