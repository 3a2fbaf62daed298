import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { incompleteFor } from '../../src/api/incomplete.ts'
import { forgetApiAnswers } from '../../src/api/once.ts'
import { submissionProblem } from '../../src/submission/problems.ts'
import { definitionOf, field, page } from '../form/made.ts'
import { boatLicence } from '../submission/made.ts'
import { type ApiOffice, any, mali, openApiOffice, type Sent, somchai } from './office.ts'

/** A page that keeps an application from being handed in. */
interface Open {
  readonly page: string
  readonly href: string
  readonly errors: readonly Readonly<Record<'pointer' | 'detail' | 'th' | 'en', string>>[]
}

let api: ApiOffice
const base = '/api/services/boat-licence/drafts'
const call = (path: string, sent?: Sent) => api.call(path, sent)
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')

beforeAll(async () => {
  const { form } = boatLicence()
  const title = { th: 'ภาพถ่าย', en: 'Picture' }
  const files = definitionOf([
    page('picture', [
      field('file', { id: 'picture', label: title, required: true, limits: { max: 2000 } }),
      field('text', { id: 'view', label: title, required: true }),
    ]),
    page('sails', [field('file', { id: 'sail', label: title })], {
      repeat: { min: 0, max: 2, one: title, titleField: 'sail' },
    }),
  ])
  api = await openApiOffice({ form: { ...form, pages: [...form.pages, ...files.form.pages] } })
})
afterAll(() => api[Symbol.asyncDispose]())

const begin = (headers: Sent['headers'] = {}, as = mali) => call(base, { body: {}, as, headers })
const put = (at: string, answers: object, headers: Sent['headers'] = {}) =>
  call(`${at}/pages/boat`, { method: 'PUT', body: { answers }, as: mali, headers })
async function count(): Promise<number> {
  const { rows } = await api.office.database.pool.query('select count(*)::int as count from services.draft')
  return rows[0].count
}

describe('who gives no token, or one that does not do', () => {
  it.each([
    ['none', {}, 401, 'api-token-needed', undefined],
    ['none that holds', { as: 'over' }, 401, 'api-token-invalid', 'invalid_token'],
    ['one for something else', { as: `${mali}-poor` }, 403, 'api-scope-missing', 'insufficient_scope'],
  ] as const)(
    '%s: is challenged with the scope, and what is wrong',
    async (_what, sent, status, code, error) => {
      const answer = await call('/api/applications', sent)
      expect([answer.status, answer.value.code, answer.type]).toEqual([
        status,
        code,
        'application/problem+json',
      ])
      const challenge = answer.header('www-authenticate')
      expect(challenge).toMatch(/^Bearer realm="sapan", scope="applications", .*, DPoP algs="ES256/)
      expect(/ error="(\w+)"/.exec(challenge)?.[1]).toBe(error)
    },
  )

  it.each([
    ['none', undefined, 'api-token-needed'],
    ['what is none', 'Basic bWFsaTp4', 'api-token-invalid'],
    ['one that nobody has', 'Bearer made-up', 'api-token-invalid'],
  ])('%s: their file is not taken in before they are told', async (_what, authorization, code) => {
    const headers = {
      ...{ 'content-type': 'multipart/form-data; boundary=b', 'transfer-encoding': 'chunked' },
      ...(authorization === undefined ? {} : { authorization }),
    }
    const at = `${api.origin}${base}/01890000-0000-7000-8000-000000000009/files`
    const sent = httpRequest(at, { method: 'POST', headers }).on('error', () => {})
    // Nothing but its head ever comes.
    sent.flushHeaders()
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="sapan"/)
    expect(JSON.parse((await answer.toArray()).join(''))).toMatchObject({ code })
    sent.destroy()
  })

  it('whose is good is looked at once, however large what they send is: a proof serves once', async () => {
    const before = api.looks()
    const form = new FormData()
    form.set('file', new Blob([Buffer.alloc(2_000_000)]), 'large.pdf')
    const at = `${base}/01890000-0000-7000-8000-000000000009/files`
    expect((await call(at, { body: form, as: mali })).status).not.toBe(401)
    expect(api.looks() - before).toBe(1)
  })

  it('is told with which level the person is to sign in', async () => {
    api.setLevel('1.0')
    const answer = await begin()
    api.setLevel('2.1')
    expect(answer.status).toBe(401)
    expect(answer.header('www-authenticate')).toMatch(
      /error="insufficient_user_authentication",.* acr_values="urn:test:2\.\d:/,
    )
  })

  it('finds who gives tokens out by what the challenge names', async () => {
    const challenge = (await call('/api/applications')).header('www-authenticate')
    const metadata = /resource_metadata="([^"]+)"/.exec(challenge)?.[1] ?? ''
    const { value } = await call(metadata.slice(api.origin.length))
    expect(value).toMatchObject({ resource: api.origin, authorization_servers: ['https://id.example'] })
  })
})

describe('a form that is handed in too early', () => {
  it('is answered with each page that is open, where it is sent, and what is wrong where in it', async () => {
    const answers = { boat: 'เรือใบ', sails: [{}, {}, {}] }
    const draft = await api.office.draft({ answers, done: ['partner'] })
    const at = `${base}/${draft.id}`
    const sent = { body: { declared: true }, as: mali, headers: any }
    const { status, value } = await call(`${at}/submit`, sent)
    expect([status, value.code]).toEqual([422, 'application-incomplete'])
    const pointers = value.open.map(({ page: id, href, errors }: Open) => [
      id,
      href,
      errors.map(({ pointer }) => pointer),
    ])
    expect(pointers).toEqual([
      ['boat', `${at}/pages/boat`, ['/answers/metres']],
      ['picture', `${at}/pages/picture`, ['/answers/picture', '/answers/view']],
      ['sails', `${at}/pages/sails`, ['/items']],
    ])
    for (const { errors } of value.open)
      for (const { detail, th, en } of errors)
        expect([detail, th]).toEqual([en, expect.stringMatching(/[ก-๙]/)])
  })

  it('names the entry of a repeated page', () => {
    const title = { th: 'ลูกเรือ', en: 'Crew' }
    const crew = page('crew', [field('text', { id: 'name', label: title, required: true })], {
      repeat: { min: 0, max: 2, one: title, titleField: 'name' },
    })
    const open = [{ page: 'crew', item: 1, field: 'name', text: { th: 'กรอกชื่อ', en: 'Give the name.' } }]
    const told = incompleteFor(
      submissionProblem('application-incomplete', { extensions: { open } }),
      [crew],
      '/d',
    )
    const errors = [{ pointer: '/items/1/name', detail: 'Give the name.', ...open[0]?.text }]
    expect(told).toMatchObject({ extensions: { open: [{ page: 'crew', href: '/d/pages/crew', errors }] } })
  })
})

describe('an Idempotency-Key', () => {
  it('brings the same answer for the same, also at once, and does it once', async () => {
    const before = await count()
    const headers = { 'idempotency-key': '"a-1"' }
    const answers = await Promise.all([begin(headers), begin(headers), begin(headers)])
    const again = await begin({ 'idempotency-key': 'a-1' })
    const made = answers.filter(({ status }) => status === 201)
    expect(answers.filter((one) => !made.includes(one)).map(({ value }) => value.code)).toEqual(
      Array.from({ length: 3 - made.length }, () => 'api-in-flight'),
    )
    expect([again.status, again.value, again.etag]).toEqual([201, made[0]?.value, made[0]?.etag])
    expect(await count()).toBe(before + 1)
  })

  it('is refused for anything else, and is nobody else’s', async () => {
    const headers = { 'idempotency-key': '"b-1"' }
    const { value } = await begin(headers)
    const other = await call(base, { body: { other: 1 }, as: mali, headers })
    expect([other.status, other.value.code]).toEqual([422, 'api-key-reused'])
    const elsewhere = await call(`${base}/${value.id}/facts`, {
      body: {},
      as: mali,
      headers: { ...any, ...headers },
    })
    expect(elsewhere.value.code).toBe('api-key-reused')
    expect((await begin(headers, somchai)).value.id).not.toBe(value.id)
    expect((await begin(headers, `${mali}-other-client`)).value.id).not.toBe(value.id)
  })

  it('keeps what went wrong with what was sent, and not for want of rights', async () => {
    const key = { 'idempotency-key': '"c-1"' }
    const { value } = await begin()
    const at = `${base}/${value.id}/submit`
    const sent = (headers: Readonly<Record<string, string>>) =>
      call(at, { body: { declared: true }, as: mali, headers })
    const first = await sent({ ...any, ...key })
    expect([first.status, (await sent({ ...any, ...key })).value]).toEqual([422, first.value])
    api.setLevel('1.0')
    const low = { 'idempotency-key': '"c-2"' }
    expect((await begin(low)).status).toBe(401)
    api.setLevel('2.1')
    expect((await begin(low)).status).toBe(201)
  })

  it('is free again after a day, and where the process that worked on it died', async () => {
    const headers = { 'idempotency-key': '"d-1"' }
    const { value } = await begin(headers)
    api.office.at += 25 * 3_600_000
    expect(await forgetApiAnswers(api.office.ground)).toBeGreaterThan(0)
    const next = await begin(headers)
    expect([next.status, next.value.id === value.id]).toEqual([201, false])
    await api.office.database.pool.query('update services.api_answer set answer_sealed = null')
    const waiting = await begin(headers)
    expect([waiting.status, waiting.header('retry-after')]).toEqual([409, '2'])
    api.office.at += 3 * 60_000
    expect((await begin(headers)).status).toBe(201)
  })

  it.each(['""', '"a', 'a b', `"${'a'.repeat(256)}"`])('is one: %s is none', async (key) => {
    expect((await begin({ 'idempotency-key': key })).value.code).toBe('api-key-malformed')
  })

  it('lies in the database without what was answered or sent', async () => {
    await begin({ 'idempotency-key': '"e-secret"' })
    const { rows } = await api.office.database.pool.query('select * from services.api_answer')
    const stored = JSON.stringify(rows.map((row) => Object.values(row).map(String)))
    expect(stored).not.toMatch(/e-secret|"answers"|boat-licence/)
  })
})

describe('a draft', () => {
  it('is changed by who saw it as it is', async () => {
    const { value, etag } = await begin()
    const at = `${base}/${value.id}`
    const answers = { boat: 'เรือ', metres: 4 }
    const blind = await put(at, answers)
    expect([blind.status, blind.value.code]).toEqual([428, 'api-precondition-needed'])
    const first = await put(at, answers, { 'if-match': etag })
    expect([first.status, first.etag === etag]).toEqual([200, false])
    const stale = await put(at, { ...answers, metres: 5 }, { 'if-match': etag })
    expect([stale.status, stale.value.code]).toEqual([412, 'api-precondition-failed'])
    expect((await put(at, answers, { 'if-match': `W/${first.etag}` })).status).toBe(412)
    expect((await call(at, { as: mali })).etag).toBe(first.etag)
    expect((await put(at, { ...answers, metres: 5 }, { 'if-match': `"x", ${first.etag}` })).status).toBe(200)
  })

  it('gets one through of two that saw the same', async () => {
    const { value, etag } = await begin()
    const at = `${base}/${value.id}`
    const tries = [4, 5, 6].map((metres) => put(at, { boat: 'เรือ', metres }, { 'if-match': etag }))
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort()
    expect(statuses).toEqual([200, 412, 412])
  })

  it('is removed, and listed no more', async () => {
    const { value, etag } = await begin({}, somchai)
    const at = `${base}/${value.id}`
    const list = async () => (await call(base, { as: somchai })).value.drafts
    expect(await list()).toContainEqual(expect.objectContaining({ id: value.id, etag }))
    expect((await call(at, { method: 'DELETE', as: somchai, headers: { 'if-match': etag } })).status).toBe(
      204,
    )
    expect(JSON.stringify(await list())).not.toContain(value.id)
    expect((await call(at, { as: somchai })).value.code).toBe('draft-over')
  })
})

describe('a list', () => {
  it('comes in parts, each with the address of the next', async () => {
    for (let one = 0; one < 3; one++) await begin({}, somchai)
    const all = (await call(base, { as: somchai })).value.drafts.map(({ id }: { id: string }) => id)
    const found: string[] = []
    let at: string | undefined = `${base}?limit=2`
    while (at !== undefined) {
      const { value, header } = await call(at, { as: somchai })
      found.push(...value.drafts.map(({ id }: { id: string }) => id))
      at = /<([^>]+)>; rel="next"/.exec(header('link'))?.[1]?.slice(api.origin.length)
    }
    expect(found).toEqual(all)
  })

  it.each([
    `${base}?limit=0`,
    `${base}?limit=101`,
    `${base}?limit=x`,
    `${base}?after=x`,
    '/api/applications?after=x',
  ])('has no such part: %s', async (path) => {
    expect((await call(path, { as: mali })).status).toBe(400)
  })
})

describe('what anybody may read', () => {
  it('is sent once to who has it already', async () => {
    const { etag, header } = await call('/api/services')
    expect(header('cache-control')).toBe('public, no-cache')
    const again = await call('/api/services', { headers: { 'if-none-match': `"x", ${etag}` } })
    expect([again.status, again.bytes.length, again.etag]).toEqual([304, 0, etag])
  })

  it('is described by OpenAPI 3.1, which another’s validator takes', async () => {
    const { value } = await call('/api/services/boat-licence/openapi.json')
    const validator = new Validator()
    const { valid, errors } = await validator.validate(value)
    expect([errors, valid, validator.version]).toEqual([undefined, true, '3.1'])
    const files = value.paths[`${base}/{draft}/files`].post.requestBody.content['multipart/form-data']
    expect(files.schema.properties.field.enum).toEqual(['picture', 'sail'])
  })
})

function form(parts: Readonly<Record<string, string | Buffer>>, name = 'เรือ.pdf'): FormData {
  const data = new FormData()
  for (const [key, part] of Object.entries(parts)) {
    if (typeof part === 'string') data.set(key, part)
    else data.set(key, new Blob([new Uint8Array(part)]), name)
  }
  return data
}

describe('a file', () => {
  const send = (
    at: string,
    parts: Readonly<Record<string, string | Buffer>>,
    headers: Sent['headers'] = any,
  ) => call(`${at}/files`, { body: form(parts), as: mali, headers })

  it('is sent, kept with the answers of its page, given back to its owner, and taken away', async () => {
    const at = `${base}/${(await begin()).value.id}`
    const sent = await send(at, { field: 'picture', file: pdf })
    expect([sent.status, sent.value.answers.picture.name]).toEqual([201, 'เรือ.pdf'])
    const answers = { method: 'PUT', body: { answers: { view: 'bow' } }, as: mali, headers: any }
    const { value } = await call(`${at}/pages/picture`, answers)
    expect(value.answers).toMatchObject({ view: 'bow', picture: sent.value.answers.picture })
    const file = sent.header('location')
    const had = await call(file, { as: mali })
    expect([had.type, had.bytes.equals(pdf)]).toEqual(['application/pdf', true])
    expect((await call(file, { as: somchai })).status).toBe(404)
    const gone = await call(file, { method: 'DELETE', as: mali, headers: any })
    expect([gone.status, gone.value.answers.picture, gone.value.answers.view]).toEqual([
      200,
      undefined,
      'bow',
    ])
    expect((await call(file, { as: mali })).value.code).toBe('api-file-unknown')
  })

  it('is one thing however its form is cut, under a key', async () => {
    const at = `${base}/${(await begin()).value.id}`
    const headers = { ...any, 'idempotency-key': '"f-1"' }
    const parts = { field: 'picture', file: pdf }
    const [first, again] = [await send(at, parts, headers), await send(at, parts, headers)]
    expect([again.status, again.value]).toEqual([201, first.value])
    expect((await send(at, { ...parts, file: Buffer.concat([pdf, pdf]) }, headers)).status).toBe(422)
  })

  it('begins an entry of a repeated page, or belongs to one', async () => {
    const at = `${base}/${(await begin()).value.id}`
    const sent = await send(at, { field: 'sail', item: '0', file: pdf })
    expect([sent.status, sent.value.answers.sails.length]).toEqual([201, 1])
    expect((await send(at, { field: 'sail', item: '2', file: pdf })).value.errors[0].pointer).toBe('/item')
    expect((await send(at, { field: 'sail', file: pdf })).value.errors[0].pointer).toBe('/item')
  })

  it.each([
    ['a field that is none', { field: 'boat', file: pdf }, '/field'],
    ['nothing', { field: 'picture' }, '/file'],
    ['what is empty', { field: 'picture', file: Buffer.alloc(0) }, '/file'],
    ['too large', { field: 'picture', file: Buffer.concat([pdf, Buffer.alloc(2000, 32)]) }, '/file'],
    ['of another type', { field: 'picture', file: Buffer.from('MZ\u0000program') }, '/file'],
    [
      'with a script in it',
      { field: 'picture', file: Buffer.from(`${pdf}/OpenAction /JavaScript`) },
      '/file',
    ],
  ])('is not taken: %s', async (_what, parts, pointer) => {
    const at = `${base}/${(await begin()).value.id}`
    const { status, value } = await send(at, parts)
    expect([status, value.code, value.errors[0].pointer]).toEqual([422, 'api-answers-wrong', pointer])
    expect((await call(at, { as: mali })).value.answers).toEqual({})
  })

  it('is a form; and JSON is JSON', async () => {
    const at = `${base}/${(await begin()).value.id}`
    for (const [path, type] of [
      ['files', 'application/json'],
      ['facts', 'application/x-www-form-urlencoded'],
      ['facts', 'text/plain'],
    ] as const) {
      const sent = { body: '{"a":1}', as: mali, headers: { ...any, 'content-type': type } }
      const answer = await call(`${at}/${path}`, sent)
      expect([answer.status, answer.type], `${path} ${type}`).toEqual([415, 'application/problem+json'])
    }
  })
})
