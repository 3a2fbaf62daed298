// The same two pages by nunjucks and govuk-frontend on Express, a process of its own, as govuk-frontend's own documentation
// sets it up: templates compiled once, no database, nobody signed in. Compressed as Express does it. `/step-kept` is the
// step for somebody whose session and answers lie in PostgreSQL.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compressPage } from '@sapan/ui'
import express from 'express'
import nunjucks from 'nunjucks'
import type { PageContent } from './page-content.ts'
import { openRows } from './peer-rows.ts'

export interface PeerOrder {
  readonly databaseUrl: string
  readonly port: number
  readonly content: PageContent
}

const { port, content, databaseUrl } = JSON.parse(process.argv[2] ?? '') as PeerOrder
const frontend = dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json'))
const app = express()
app.set('etag', false)
app.disable('x-powered-by')
const views = fileURLToPath(new URL('views/', import.meta.url))
const templates = nunjucks.configure([views, join(frontend, 'dist')], { autoescape: true })
const style = readFileSync(join(frontend, 'dist/govuk/govuk-frontend.min.css'))
const frame = {
  htmlLang: 'th',
  navigation: ['หน้าแรก', 'บริการ', 'ตรวจเอกสาร', 'หน้าของฉัน'].map((text) => ({ text, href: '/' })),
  footer: ['วิธีใช้', 'การเข้าถึง', 'ความเป็นส่วนตัว', 'ปัญหา'].map((text) => ({ text, href: '/' })),
  csrf: 'x'.repeat(86),
}
const { service, step } = content
const cell = (text: string) => ({ text })

app.get('/service', (request, response) => {
  send(request, response, 'service.njk', {
    ...service,
    crumbs: ['หน้าแรก', 'บริการทั้งหมด'].map((text) => ({ text, href: '/' })),
    rows: service.rows.map(({ key, value }) => ({ key: cell(key), value: cell(value) })),
    head: ['ขั้นตอน', 'ผู้ทำ', 'ใช้เวลา'].map(cell),
    steps: service.steps.map(({ title, who, takes }) => [title, who, takes].map(cell)),
  })
})
app.get('/step', (request, response) => send(request, response, 'step.njk', { ...step }))
const rows = await openRows(databaseUrl)
await rows.add('signed-in', 'one', Object.fromEntries(step.fields.map(({ name, value }) => [name, value])))
app.get('/step-kept', async (request, response) => {
  const sid = /(?:^|; )connect\.sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
  const saved = await rows.savedOf(sid)
  if (saved === undefined) return void response.sendStatus(401)
  const fields = step.fields.map((field) => ({ ...field, value: saved[field.name] ?? '' }))
  send(request, response, 'step.njk', { ...step, fields })
})
app.get('/govuk-frontend.css', (request, response) => answer(request, response, 'text/css', style))
app.listen(port, '127.0.0.1')

type Asked = express.Request
type Answered = express.Response

function send(request: Asked, response: Answered, template: string, page: object): void {
  answer(
    request,
    response,
    'text/html; charset=utf-8',
    Buffer.from(templates.render(template, { ...frame, ...page })),
  )
}

/** As the middleware `compression` does by itself: Brotli, quality 4, for who takes it. */
function answer(request: Asked, response: Answered, type: string, bytes: Buffer): void {
  response.type(type)
  if (request.acceptsEncodings('br') === false) return void response.send(bytes)
  response.setHeader('content-encoding', 'br')
  response.send(compressPage(bytes, 'br'))
}
