import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Need, Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import { createSite, renderPage, type Site, type SiteRoute } from '@sapan/ui'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { apiProblems } from '../../src/api/problems.ts'
import { servicesApiRoutes } from '../../src/api/routes.ts'
import { places } from '../form/made.ts'
import { type BoatOffice, boatOffice, people } from '../submission/office.ts'

let office: BoatOffice
let server: Server
let site: Site
let origin: string
let ial = '2.1'

/** The API on a site; a token is somebody's account. */
beforeEach(async () => {
  ial = '2.1'
  office = await boatOffice()
  server = createServer((request, response) => site.handler(request, response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  site = createSite<Visitor | undefined, Need>({
    origin,
    cookiePrefix: 'test',
    cookieSecret: Buffer.alloc(32, 7),
    frame: ({ language, title, body, languages }) =>
      renderPage({ language, title, body, languages, home: '/' }),
    routes: servicesApiRoutes({
      ...{ ground: office.ground, drafts: office.drafts, places },
      meets: (has, needs) => has.ial >= needs.ial && has.aal >= needs.aal,
      authenticate: async ({ authorization = '' }) => {
        const account = /^Bearer (\S+)$/.exec(authorization)?.[1]
        if (account === undefined) throw new Problem(apiProblems['api-token-needed'])
        return {
          account,
          name: '',
          session: 'session',
          level: { ial, aal: '2.1' },
          authenticatedAt: office.at,
        }
      },
    }) as SiteRoute<Visitor | undefined, Need>[],
    admit: () => ({ kind: 'in', who: undefined }),
    log: office.ground.log,
  })
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await site.close()
  await office[Symbol.asyncDispose]()
})

async function call(
  path: string,
  { body, as, accept }: { body?: unknown; as?: string; accept?: string } = {},
) {
  const response = await fetch(origin + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
      ...(accept === undefined ? {} : { accept }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    value: JSON.parse(text),
  }
}

const mali = people.mali.account
const base = '/api/services/boat-licence'
const begin = async () => (await call(`${base}/drafts`, { body: {}, as: mali })).value

describe('what anybody may read', () => {
  it('is the catalogue, as JSON and as linked data', async () => {
    const plain = await call('/api/services')
    expect(plain.value.services.map((one: { id: string }) => one.id)).toEqual(['boat-licence'])
    const linked = await call('/api/services', { accept: 'application/ld+json' })
    expect(linked.type).toContain('application/ld+json')
    expect(linked.value['@graph'][0]['@type']).toBe('cpsv:PublicService')
  })

  it('is the form of each service, page by page, in both languages', async () => {
    const { value } = await call(`${base}/openapi.json`)
    expect(value.openapi).toBe('3.1.0')
    const page =
      value.paths[`${base}/drafts/{draft}/pages/boat`].post.requestBody.content['application/json'].schema
    expect(Object.keys(page.properties.answers.properties)).toContain('metres')
    expect(page.properties.answers.properties.boat['x-sapan-text'].th).not.toBe('')
  })

  it('is whether a service is for somebody, of whom nothing is kept', async () => {
    const { status, value } = await call(`${base}/eligibility`, { body: { answers: {} } })
    expect([status, ['yes', 'no', 'unknown'].includes(value.overall)]).toEqual([200, true])
    const drafts = await office.database.pool.query('select 1 from services.draft')
    expect(drafts.rowCount).toBe(0)
  })

  it('tells problems as JSON, whatever is asked for', async () => {
    const { status, type, value } = await call('/api/services/no-such', { accept: 'text/html' })
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
    ial = '1.0'
    const { status, value } = await call(`${base}/drafts`, { body: {}, as: mali })
    expect([status, value.code]).toEqual([403, 'api-level-too-low'])
  })

  it('fills in, hands in once, and follows it', async () => {
    const { id } = await begin()
    const at = `${base}/drafts/${id}`
    const put = (page: string, answers: object) =>
      call(`${at}/pages/${page}`, { body: { answers }, as: mali })
    const first = await put('boat', { boat: 'เรือหางยาว', metres: 4 })
    expect([first.status, first.value.answers]).toMatchObject([200, { boat: 'เรือหางยาว', metres: 4 }])
    let { value } = await call(at, { as: mali })
    for (const { page } of value.problems) value = (await put(page, {})).value
    expect(value.problems).toEqual([])
    expect((await call(`${at}/submit`, { body: {}, as: mali })).value.code).toBe('api-not-declared')
    const handed = await call(`${at}/submit`, { body: { declared: true }, as: mali })
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
      const { status, type, value } = await call(at, { body: { answers }, as: mali })
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
      `${base}/drafts/x/submit`,
    ])
      for (const body of bodies)
        expect((await call(path, { body, as: mali })).status, `${path} ${body}`).toBeLessThan(500)
  })

  it('sees nothing of others', async () => {
    const { id } = await begin()
    const other = people.somchai.account
    expect((await call(`${base}/drafts/${id}`, { as: other })).value.code).toBe('draft-not-found')
    const handed = await office.submit(await office.draft())
    expect((await call(`/api/applications/${handed}`, { as: other })).status).toBe(404)
  })
})
