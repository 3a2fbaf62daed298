import { afterEach, expect, it } from 'vitest'
import type { Checking } from '../src/checking/checking.ts'
import type { CheckJob } from '../src/checking/job.ts'
import { everyReport, passedReport } from './reports.ts'
import { type ServedPortal, servePortal } from './serve.ts'

let served: ServedPortal | undefined

afterEach(async () => {
  await served?.close()
  served = undefined
})

const jobs: CheckJob[] = []

function answering(report = passedReport): Checking {
  jobs.length = 0
  return {
    check: async (job) => {
      jobs.push(job)
      return { report, pdf: new Uint8Array([37]), picture: { png: new Uint8Array([1]), width: 1, height: 1 } }
    },
    close: async () => {},
  }
}

async function serve(options: Parameters<typeof servePortal>[0] = {}): Promise<ServedPortal> {
  served = await servePortal({ checking: answering(), ...options })
  return served
}

function upload(bytes: BlobPart = '%PDF-', name = 'ลับมาก.pdf'): FormData {
  const form = new FormData()
  form.set('file', new Blob([bytes]), name)
  return form
}

const html = { accept: 'text/html', 'accept-language': 'th' }

it('shows a form that works without a script, in the language of the reader', async () => {
  const { origin } = await serve()
  const thai = await fetch(`${origin}/check`, { headers: html })
  expect(thai.headers.get('content-security-policy')).toContain("default-src 'none'")
  const page = await thai.text()
  expect(page).toContain('<html lang="th">')
  expect(page).toMatch(/<form[^>]*method="post"[^>]*enctype="multipart\/form-data"/)
  expect(await (await fetch(`${origin}/check?lang=en`)).text()).toContain('Check a document')
})

it('goes from the root to the page', async () => {
  const { origin } = await serve()
  const answer = await fetch(origin, { redirect: 'manual' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/check'])
})

it.each(Object.entries(everyReport))(
  'shows %s with who, when and whether it was changed',
  async (_name, report) => {
    const { origin } = await serve({ checking: answering(report) })
    const answer = await fetch(`${origin}/check`, { method: 'POST', body: upload(), headers: html })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const page = await answer.text()
    for (const { signer } of report.signatures) expect(page).toContain(signer?.name)
    expect(page).toContain('data:image/png;base64,AQ==')
    expect(page).toContain('download="report.json"')
  },
)

it('escapes what a file says about itself', async () => {
  const report = { ...passedReport, file: { ...passedReport.file, name: '<img src=x onerror=alert(1)>' } }
  const { origin } = await serve({ checking: answering(report) })
  const page = await (
    await fetch(`${origin}/check`, { method: 'POST', body: upload(), headers: html })
  ).text()
  expect(page).not.toContain('<img src=x')
})

it('answers the report as JSON and as PDF to those who ask for it', async () => {
  const { origin } = await serve()
  const asked = (path: string, accept: string) =>
    fetch(`${origin}${path}`, { method: 'POST', body: upload(), headers: { accept } })
  expect(await (await asked('/check', 'application/json')).json()).toEqual(passedReport)
  expect(await (await asked('/api/check', '*/*')).json()).toEqual(passedReport)
  expect((await asked('/check', 'application/pdf')).headers.get('content-type')).toBe('application/pdf')
})

it('takes a file as the whole body', async () => {
  const { origin } = await serve()
  const headers = { 'content-type': 'application/pdf' }
  const answer = await fetch(`${origin}/api/check`, { method: 'POST', body: '%PDF-', headers })
  expect(answer.status).toBe(200)
  expect(Buffer.from(jobs[0]?.bytes ?? []).toString()).toBe('%PDF-')
})

it('says on the page what is wrong, with the way to mend it first', async () => {
  const { origin } = await serve()
  const answer = await fetch(`${origin}/check`, { method: 'POST', body: upload(''), headers: html })
  expect(answer.status).toBe(400)
  const page = await answer.text()
  expect(page).toContain('role="alert"')
  expect(page).toContain('/problems/upload-missing')
})

it('answers programs with problems', async () => {
  const { origin } = await serve({ mostBytes: 10 })
  const headers = { 'content-type': 'application/pdf' }
  const large = await fetch(`${origin}/api/check`, { method: 'POST', headers, body: 'x'.repeat(11) })
  expect([large.status, (await large.json()).code]).toEqual([413, 'upload-too-large'])
  const huge = await fetch(`${origin}/api/check`, { method: 'POST', headers, body: 'x'.repeat(200_000) })
  expect([huge.status, (await huge.json()).code]).toEqual([413, 'upload-too-large'])
  const read = await fetch(`${origin}/api/check`)
  expect([read.status, (await read.json()).code]).toEqual([405, 'portal-method-not-allowed'])
  const unknown = await fetch(`${origin}/nothing`)
  expect([unknown.status, (await unknown.json()).code]).toEqual([404, 'portal-page-unknown'])
})

it('tells who comes from a QR code that the code proves nothing', async () => {
  const { origin } = await serve()
  const page = await (await fetch(`${origin}/check?lang=th&document=%3Cb%3E123`)).text()
  expect(page).toContain('&lt;b>123')
  expect(page).toContain('QR อย่างเดียวไม่ยืนยันอะไร')
})

it('logs neither names nor contents, also when something breaks', async () => {
  const checking: Checking = {
    check: async () => Promise.reject(new Error('ลับมาก %PDF-')),
    close: async () => {},
  }
  const { origin, logged } = await serve({ checking })
  const answer = await fetch(`${origin}/check`, { method: 'POST', body: upload(), headers: html })
  expect(answer.status).toBe(500)
  expect(logged.join('')).toContain('portal-fault')
})

it('serves its own scripts and style, and nothing of others', async () => {
  const { origin } = await serve()
  const page = await (await fetch(`${origin}/check`)).text()
  const addresses = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1])
  expect(addresses.length).toBeGreaterThan(2)
  for (const address of addresses) expect((await fetch(origin + address)).status).toBe(200)
  expect((await fetch(`${origin}/assets/portal/qr/decode.js`)).status).toBe(200)
  expect(page).not.toMatch(/(?:src|href)="https?:/)
})
