import { describe, expect, it } from 'vitest'
import { type BoatOffice, boatOffice, mali, officer, people } from './office.ts'
import { portal } from './portal.ts'

const company = { scheme: 'juristic-id', id: '0105561234567' } as const
const register = { th: 'ทะเบียนบริษัท', en: 'The company register' }

/** The mandate of one who directs a company, as identity tells it, and takes away. */
function director(office: BoatOffice) {
  const stands = { isDirector: true, isSilent: false }
  const held = (account: string) =>
    stands.isDirector && account === people.mali.account
      ? [{ id: 'mandate', source: 'company', content: { number: company.id } }]
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
    await using office = await boatOffice()
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
    await using office = await boatOffice()
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
