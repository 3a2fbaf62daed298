import { describe, expect, it } from 'vitest'
import { type BoatOffice, boatOffice, mali, officer, people } from './office.ts'
import { portal } from './portal.ts'

const company = { scheme: 'juristic-id', id: '0105561234567' } as const
const applicant = { as: ['self', 'company', 'person'], scope: 'apply' } as const
const register = { th: 'ทะเบียนบริษัท', en: 'The company register' }

/** The mandate of one who directs a company, as identity tells it, and takes away. */
function director(office: BoatOffice) {
  const stands = { isDirector: true, isSilent: false }
  const held = (account: string) =>
    stands.isDirector && account === people.mali.account
      ? [
          {
            ...{
              id: 'mandate',
              source: 'company',
              name: { th: 'เรือทอง', en: 'Golden Boat' },
              scopes: [{ code: 'apply', how: 'alone' }],
            },
            content: { number: company.id },
          },
        ]
      : []
  const mandates = {
    of: async (account: string) => (stands.isSilent ? [] : held(account)),
    interests: async (account: string) => ({
      held: held(account),
      silent: stands.isSilent ? [{ source: 'company', name: register }] : [],
    }),
    mayBeUnderAge: async () => false,
    act: async () => ({ mandate: 'mandate' }),
  }
  Object.assign(office.ground.rooms, { mandates })
  return stands
}

async function companysCase(office: BoatOffice): Promise<string> {
  const { account } = people.mali
  const name = { th: 'บริษัท เรือทอง จำกัด', en: 'Golden Boat' }
  const applicant = { account, kind: 'company', ...company, name, mandate: 'mandate' } as const
  return await office.submit(await office.draft({ applicant }), mali(office.at))
}

/** Asked by an officer, so that it can be replied to and withdrawn. */
async function ask(office: BoatOffice, id: string): Promise<void> {
  const { caseVersion } = await office.cases.read(officer, id)
  const taken = await office.cases.take(officer, { case: id, version: caseVersion })
  await office.cases.ask(officer, { case: id, version: taken.caseVersion }, 'เรือสีอะไร')
}

const acts = ['reply', 'withdraw', 'pay'] as const
const offered = (text: string, id: string) =>
  acts.filter((act) => text.includes(`/me/applications/${id}/${act}`))

describe('the page of a case of a company', () => {
  it('offers who acts for it what can be done, and who does so no more nothing, and says why', async () => {
    await using office = await boatOffice({ applicant })
    await using site = await portal(office)
    const stands = director(office)
    const id = await companysCase(office)
    await ask(office, id)
    const browser = site.as(people.mali.account)
    const page = `/me/applications/${id}`
    expect(offered((await browser.get(page)).text, id)).toEqual(['reply', 'withdraw'])
    await browser.get(`${page}/withdraw`)
    stands.isDirector = false
    for (const [language, why] of [
      ['th', 'ไม่มีอำนาจทำการแทนเจ้าของเรื่องนี้'],
      ['en', 'You do not act for whom this is about any more'],
    ] as const) {
      const { status, text } = await browser.get(page, language)
      expect([status, offered(text, id)]).toEqual([200, []])
      expect(text).toContain(why)
    }
    // From a page of before, or an address that was kept, the way leads back to where it is said.
    for (const act of acts) expect((await browser.get(`${page}/${act}`)).to).toBe(page)
    for (const act of ['reply', 'withdraw'])
      expect((await browser.post(`${page}/${act}`, { version: '3', text: 'x' })).to).toBe(page)
    expect((await office.cases.byId(office.ground.pool, id))?.state).toBe('awaiting-information')
    expect(office.lines.join()).toContain('act for another without a mandate refused')
  })

  it('says which register is silent, where only it knows whether they still act for it', async () => {
    await using office = await boatOffice({ applicant })
    await using site = await portal(office)
    const stands = director(office)
    const id = await companysCase(office)
    await ask(office, id)
    stands.isSilent = true
    const browser = site.as(people.mali.account)
    const { text } = await browser.get(`/me/applications/${id}`, 'en')
    expect(text).toContain('The company register: not answering right now')
    expect(offered(text, id)).toEqual([])
    stands.isSilent = false
    expect(offered((await browser.get(`/me/applications/${id}`)).text, id)).toEqual(['reply', 'withdraw'])
  })
})

describe('somebody to whom a person gave a mandate', () => {
  const giver = people.somchai
  /** What Mali holds of Somchai: kinds of acts, and perhaps only at some agencies. */
  const held = async (office: BoatOffice, scopes: readonly string[], agencies?: readonly string[]) => {
    const mandate = {
      ...{ id: 'given', source: 'person', name: { th: 'สมชาย', en: 'Somchai' }, giver: giver.account },
      scopes: scopes.map((code) => ({ code, how: 'alone' })),
      content: { scopes, limits: agencies === undefined ? {} : { agencies } },
    }
    const of = async (account: string) => (account === people.mali.account ? [mandate] : [])
    const interests = async (account: string) => ({ held: await of(account), silent: [] })
    const mandates = { of, interests, mayBeUnderAge: async () => false, act: async () => ({}) }
    Object.assign(office.ground.rooms, { mandates })
  }
  /** Handed in for them by another. */
  const giversCase = async (office: BoatOffice) => {
    const { account } = officer
    const name = { th: 'สมชาย', en: 'Somchai' }
    const party = { scheme: 'national-id', id: giver.number } as const
    const content = { applicant: { account, kind: 'person', ...party, name, mandate: 'other' } } as const
    return await office.submit(await office.draft(content), { ...mali(office.at), account })
  }

  it.each([
    ['acts where it covers the service', ['see-documents', 'apply'], undefined, ['withdraw']],
    ['at its agency alone', ['apply'], ['TH/GOV/ELSE'], []],
    ['and else only looks', ['see-documents'], undefined, []],
  ] as const)('%s', async (_, scopes, agencies, expected) => {
    await using office = await boatOffice({ applicant })
    await using site = await portal(office)
    await held(office, scopes, agencies)
    const id = await giversCase(office)
    const browser = site.as(people.mali.account)
    const page = `/me/applications/${id}`
    const { status, text } = await browser.get(page, 'en')
    expect([status, offered(text, id)]).toEqual([200, expected])
    expect(text.includes('Your mandate does not cover acting in this')).toBe(expected.length === 0)
    await browser.get('/services/boat-licence/apply')
    expect((await browser.post(`${page}/withdraw`, { version: '1', text: 'x' })).to).toBe(page)
    const { state } = (await office.cases.byId(office.ground.pool, id)) ?? {}
    expect(state === 'withdrawn').toBe(expected.length > 0)
  })

  it('does not agree for them to what others ask of them', async () => {
    await using office = await boatOffice({ applicant })
    await using site = await portal(office)
    await held(office, ['see-documents', 'apply'])
    const { account } = officer
    const content = { answers: { boat: 'เรือลับ', metres: 4, partner: giver.number } }
    const applied = { account, kind: 'person', scheme: 'national-id', id: '1100500123459' } as const
    const name = { th: 'คนอื่น', en: 'Another' }
    const draft = await office.draft({ ...content, applicant: { ...applied, name } })
    const id = await office.submit(draft, { ...mali(office.at), account })
    const browser = site.as(people.mali.account)
    expect((await browser.get('/me/applications')).text).not.toContain(id)
    expect((await browser.get(`/me/applications/asked/${id}`)).status).toBe(404)
    await browser.get('/services/boat-licence/apply')
    expect((await browser.post(`/me/applications/asked/${id}`, { agrees: 'yes' })).status).toBe(404)
    expect((await office.cases.byId(office.ground.pool, id))?.state).toBe('awaiting-consent')
    const asked = site.as(giver.account)
    expect((await asked.get('/me/applications')).text).toContain(id)
  })
})
