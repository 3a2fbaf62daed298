import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAgencyClients } from '../../src/desk/clients/agency-clients.ts'
import { clientRoutes } from '../../src/desk/clients/routes.ts'
import { officerRoutes } from '../../src/desk/officers/routes.ts'
import { createImportJobs } from '../../src/officers/import/jobs.ts'
import { officersCountry as country } from '../officers/country.ts'
import { dopa, numberOf, OfficersHouse, type TestOfficer } from '../officers/house.ts'
import { signsIn, startIssuer, type TestIssuer } from '../provider/issuer.ts'
import { startFace, type TestFace } from '../relying-party/face.ts'
import { TestVisitor } from '../relying-party/visitor.ts'

let issuer: TestIssuer
let house: OfficersHouse
let administrator: TestOfficer
let face: TestFace
let routes: ReturnType<typeof routesOf>
let browser: TestVisitor

beforeAll(async () => {
  issuer = await startIssuer({
    fetch: (url, { method, headers, body } = {}) =>
      fetch(url, { method: method ?? 'GET', headers: headers ?? {}, body: body ?? null }),
  })
  house = new OfficersHouse(issuer.ground)
  administrator = await house.administrator(dopa)
  routes = routesOf()
  const { appointment } = administrator
  const officer = { appointment, agency: dopa, duties: ['administrator'] }
  face = await startFace(issuer, { roleOf: async () => ({ officer }) }, routes)
})
afterAll(async () => {
  await face.stop()
  await issuer.stop()
})
beforeEach(() => {
  issuer.act = signsIn(issuer, administrator.account)
  browser = new TestVisitor()
})

function routesOf() {
  const { officers, ground } = house
  const officersGround = { ...ground, country }
  return [
    ...officerRoutes({
      ground: officersGround,
      officers,
      imports: createImportJobs(officersGround, officers),
      register: { ask: async () => ({ status: 404, body: {}, exchange: '' }), agencyName: () => undefined },
    }),
    ...clientRoutes({
      clients: createAgencyClients({ clients: issuer.clients, officers, log: ground.log }),
      choices: { scopes: [{ code: 'openid' }], ial: [], aal: [] },
      country,
    }),
  ]
}

/** Makes the sign-in older than it is. */
async function age(minutes: number): Promise<void> {
  await issuer.ground.pool.query(
    `update portal.session set authenticated_at = authenticated_at - interval '${minutes} minutes'`,
  )
}

const client = (id: string) => ({
  id,
  name_th: 'ระบบ',
  name_en: 'System',
  profile: 'basic',
  authentication: 'none',
  redirectUris: 'https://app.example/back',
  scopes: 'openid',
})

describe('what administrators send', () => {
  it('asks for a fresh proof at the country’s level, unless it is known to change nothing', () => {
    const looking = ['/desk/officers', '/desk/officers/import']
    for (const { path, needs } of routes.filter(({ method }) => method === 'POST')) {
      const { aal, freshSeconds } = looking.includes(path) ? {} : country.administration
      expect({ path, ...needs }).toEqual({
        path,
        duties: ['administrator'],
        ...(aal && { aal, freshSeconds }),
      })
    }
  })

  it('waits while they prove themselves anew, and is done when they press once more', async () => {
    const { text } = await browser.open(`${face.origin}/desk/clients/new`)
    await age(11)
    const offered = await browser.post(`${face.origin}/desk/clients/new`, client('late-system'), text)
    expect(offered.at.pathname).toMatch(/^\/sign-in\/continue\//)
    expect(await issuer.clients.find('late-system')).toBeUndefined()
    await browser.post(`${face.origin}/desk/clients/new`, client('late-system'), offered.text)
    expect((await issuer.clients.find('late-system'))?.settings.member).toBe(dopa)
  })

  it('is not done by who proves themselves less surely', async () => {
    issuer.act = signsIn(issuer, administrator.account, '2.1')
    const { text } = await browser.open(`${face.origin}/desk/officers`)
    const entry = { national_id: numberOf(901), given_name: 'วิชัย', title_th: 'นักปกครอง' }
    const { status } = await browser.post(`${face.origin}/desk/officers/new`, entry, text)
    expect(status).toBe(403)
    expect((await house.officers.list(administrator, { words: numberOf(901) })).total).toBe(0)
  })
})
