import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiOffice, any, mali, openApiOffice, type Sent, somchai } from './office.ts'

let api: ApiOffice
beforeEach(async () => {
  api = await openApiOffice()
})
afterEach(() => api[Symbol.asyncDispose]())

const call = (path: string, sent?: Sent) => api.call(path, sent)

const base = '/api/services/boat-licence'
const begin = async () => (await call(`${base}/drafts`, { body: {}, as: mali })).value

describe('what anybody may read', () => {
  it('is the catalogue, as JSON and as linked data', async () => {
    const plain = await call('/api/services')
    expect(plain.value.services.map((one: { id: string }) => one.id)).toEqual(['boat-licence'])
    const linked = await call('/api/services', { headers: { accept: 'application/ld+json' } })
    expect(linked.type).toContain('application/ld+json')
    expect(linked.value['@graph'][0]['@type']).toBe('cpsv:PublicService')
  })

  it('is the form of each service, page by page, in both languages', async () => {
    const { value } = await call(`${base}/openapi.json`)
    expect(value.openapi).toBe('3.1.0')
    const page =
      value.paths[`${base}/drafts/{draft}/pages/boat`].put.requestBody.content['application/json'].schema
    expect(Object.keys(page.properties.answers.properties)).toContain('metres')
    expect(page.properties.answers.properties.boat['x-sapan-text'].th).not.toBe('')
  })

  it('is whether a service is for somebody, of whom nothing is kept', async () => {
    const { status, value } = await call(`${base}/eligibility`, { body: { answers: {} } })
    expect([status, ['yes', 'no', 'unknown'].includes(value.overall)]).toEqual([200, true])
    const drafts = await api.office.database.pool.query('select 1 from services.draft')
    expect(drafts.rowCount).toBe(0)
  })

  it('tells problems as JSON, whatever is asked for', async () => {
    const { status, type, value } = await call('/api/services/no-such', { headers: { accept: 'text/html' } })
    expect([status, type, value.code]).toEqual([404, 'application/problem+json', 'service-not-offered'])
  })
})

describe('a program of somebody', () => {
  it('needs their token', async () => {
    const { status, value } = await call(`${base}/drafts`, { body: {} })
    expect([status, value.code]).toEqual([401, 'api-token-needed'])
    expect((await call('/api/applications')).value.code).toBe('api-token-needed')
  })

  it('needs a sign-in that is strong enough', async () => {
    api.setLevel('1.0')
    const { status, value } = await call(`${base}/drafts`, { body: {}, as: mali })
    expect([status, value.code]).toEqual([401, 'api-level-too-low'])
  })

  it('fills in, hands in once, and follows it', async () => {
    const { id } = await begin()
    const at = `${base}/drafts/${id}`
    const put = (page: string, answers: object) =>
      call(`${at}/pages/${page}`, { method: 'PUT', body: { answers }, as: mali, headers: any })
    const first = await put('boat', { boat: 'เรือหางยาว', metres: 4 })
    expect([first.status, first.value.answers]).toMatchObject([200, { boat: 'เรือหางยาว', metres: 4 }])
    let { value } = await call(at, { as: mali })
    for (const { page } of value.problems) value = (await put(page, {})).value
    expect(value.problems).toEqual([])
    expect((await call(`${at}/submit`, { body: {}, as: mali, headers: any })).value.code).toBe(
      'api-not-declared',
    )
    const handed = await call(`${at}/submit`, { body: { declared: true }, as: mali, headers: any })
    const again = await call(`${at}/submit`, { body: { declared: true }, as: mali })
    expect([handed.status, again.status, again.value.number]).toEqual([201, 200, handed.value.number])
    const { value: list } = await call('/api/applications', { as: mali })
    expect(list.applications.map((one: { id: string }) => one.id)).toEqual([handed.value.id])
    expect((await call(`/api/applications/${handed.value.id}`, { as: mali })).value.state).toBe(
      handed.value.state,
    )
    expect((await put('boat', { boat: 'x', metres: 4 })).value.code).toBe('draft-over')
  })

  it('is told what is wrong by pointers, and nothing of it is saved', async () => {
    const { id } = await begin()
    const at = `${base}/drafts/${id}/pages/boat`
    for (const answers of [
      { boat: 'เรือ', metres: 'four' },
      { boat: 'เรือ', metres: 4.5 },
      { boat: 7, metres: 4 },
      { hull: 1 },
    ]) {
      const { status, type, value } = await call(at, {
        method: 'PUT',
        body: { answers },
        as: mali,
        headers: any,
      })
      expect([status, type, value.code]).toEqual([422, 'application/problem+json', 'api-answers-wrong'])
      expect(value.errors[0].pointer).toMatch(/^\/answers\/(metres|boat|hull)$/)
    }
    expect((await call(`${base}/drafts/${id}`, { as: mali })).value.answers).toEqual({})
  })

  it('never meets a fault for what it sends', async () => {
    const { id } = await begin()
    const draft = `${base}/drafts/${id}`
    const bodies = [
      '',
      '[]',
      'null',
      '{',
      '{"answers":null}',
      '{"answers":[1]}',
      '{"answers":{"boat":"\\u0000"}}',
      '{"answers":{"boat":"\\ud800"}}',
      `{"answers":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      '{"items":{}}',
      '{"ask":{"x":"yes"}}',
      '{"use":7}',
    ]
    for (const path of [
      `${base}/eligibility`,
      `${draft}/pages/boat`,
      `${draft}/pages/none`,
      `${draft}/facts`,
      `${draft}/submit`,
      `${draft}/files`,
      `${draft}/files/x`,
      `${base}/drafts/x/submit`,
    ])
      for (const body of bodies)
        for (const method of ['POST', 'PUT', 'DELETE'])
          expect(
            (await call(path, { method, body, as: mali, headers: any })).status,
            `${method} ${path} ${body}`,
          ).toBeLessThan(500)
  })

  it('is refused a NUL, in values and in names, and nothing is kept of it', async () => {
    const { id } = await begin()
    const page = `${base}/drafts/${id}/pages/boat`
    for (const body of [
      '{"answers":{"boat":"se\\u0000a"}}',
      '{"answers":{"boat":"sea","a\\u0000b":1}}',
      '{"answers":{"boat":["se\\u0000a"]}}',
    ]) {
      const { status, value } = await call(page, { method: 'PUT', body, as: mali, headers: any })
      expect([status, value.code]).toEqual([400, 'api-body-malformed'])
    }
    expect((await call(`${base}/drafts/${id}`, { as: mali })).value.answers).toEqual({})
  })

  it('may say what only looks like one: it is kept as it was written', async () => {
    const { id } = await begin()
    const written = 'Sea \\u0000 Star'
    const body = { answers: { boat: written, metres: 4 } }
    await call(`${base}/drafts/${id}/pages/boat`, { method: 'PUT', body, as: mali, headers: any })
    expect((await call(`${base}/drafts/${id}`, { as: mali })).value.answers).toMatchObject({ boat: written })
  })

  it('sees nothing of others', async () => {
    const { id } = await begin()
    const other = somchai
    expect((await call(`${base}/drafts/${id}`, { as: other })).value.code).toBe('draft-not-found')
    const handed = await api.office.submit(await api.office.draft())
    expect((await call(`/api/applications/${handed}`, { as: other })).status).toBe(404)
  })
})
