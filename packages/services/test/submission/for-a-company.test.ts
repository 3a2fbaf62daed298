import { randomUUID } from 'node:crypto'
import '@sapan/identity'
import { inTransaction, Problem, registeredProblems } from '@sapan/kernel'
import { describe, expect, it } from 'vitest'
import { applicationOf } from '../../src/application/of-case.ts'
import type { Draft } from '../../src/draft/draft.ts'
import { filledInBy } from '../../src/pages/form/opened.ts'
import { submit } from '../../src/submission/submit.ts'
import { personOf } from '../../src/submission/who.ts'
import { applicationRoutes } from '../../src/tracking/routes.ts'
import { places } from '../form/made.ts'
import { evidence } from '../prefill/made.ts'
import { type BoatOffice, boatOffice, filledIn, mali, officer, people } from './office.ts'
import { portal } from './portal.ts'

/** As identity refuses. */
function refused(code: string): Problem {
  const type = registeredProblems().get(code)
  if (type === undefined) throw new Error(`no problem ${code}`)
  return new Problem(type)
}

const company = { scheme: 'juristic-id', id: '0105561234567' } as const
const name = { th: 'บริษัท เรือทอง จำกัด', en: 'Golden Boat' }
const { mali: first, somchai: second } = people

const ofCompany = {
  name,
  source: 'company',
  content: { number: company.id, name, scopes: ['apply'] },
  scopes: [{ code: 'apply', how: 'jointly' }],
}

interface Confirmed {
  readonly act: unknown
  readonly by: Set<string>
  used: boolean
}

const actId = (at: number) => `01890000-0000-7000-8000-00000000000${at}`

/** Mandates of two directors, as this room sees them: each has their own, both must confirm. */
function directors(office: BoatOffice) {
  const acts: Confirmed[] = []
  const inOffice = new Set([first.account, second.account])
  /** Whether the register of companies answers; what it said of whom before it fell silent. */
  const register = { isSilent: false, said: new Set<string>() }
  /** Whether who asks proved too long ago that it is them. */
  const proof = { isStale: false }
  const held = async (account: string) => {
    const mandate = { ...ofCompany, id: `of ${account}` }
    if (register.isSilent) return register.said.has(account) ? [mandate] : []
    if (inOffice.has(account)) register.said.add(account)
    return inOffice.has(account) ? [mandate] : []
  }
  const found = (id: string): Confirmed => {
    const act = acts[Number(id.slice(-1))]
    if (act === undefined) throw refused('joint-act-not-found')
    return act
  }
  const mandates = {
    own: async ({ account }: { account: string }, id: string) => ({ ...ofCompany, id, holder: account }),
    of: async (account: string) => (register.isSilent ? [] : await held(account)),
    interests: async (account: string) => ({
      held: await held(account),
      silent: register.isSilent ? [{ source: 'company', name: { th: 'ทะเบียนบริษัท', en: 'Companies' } }] : [],
    }),
    mayBeUnderAge: async () => true,
    act: async ({ account }: { account: string }, mandate: string) => {
      if (mandate !== `of ${account}`) throw refused('mandate-not-found')
      if (register.isSilent) throw refused('mandate-register-silent')
      if (!inOffice.has(account)) throw refused('mandate-ended')
      throw refused('mandate-needs-joint')
    },
    joint: {
      prepare: async ({ account }: { account: string }, { act }: { act: unknown }) => {
        if (proof.isStale) throw refused('mandate-proof-stale')
        return actId(acts.push({ act, by: new Set([account]), used: false }) - 1)
      },
      seen: async (_doer: unknown, id: string) => {
        const { act, by, used } = found(id)
        return { act, state: used ? 'used' : by.size > 1 ? 'complete' : 'open' }
      },
      carryOut: async (_doer: unknown, id: string, { act }: { act: unknown }) => {
        if (JSON.stringify(act) !== JSON.stringify(found(id).act)) throw refused('joint-act-changed')
        found(id).used = true
      },
    },
  }
  Object.assign(office.ground.rooms, { mandates })
  return { acts, inOffice, register, proof }
}

async function companyDraft({ drafts }: BoatOffice): Promise<Draft> {
  const applicant = {
    account: first.account,
    kind: 'company',
    ...company,
    name,
    mandate: `of ${first.account}`,
  }
  const content = { ...filledIn, facts: {}, marks: {}, applicant: { ...applicant, kind: 'company' as const } }
  const owner = { account: first.account, party: company }
  return await drafts.create(owner, { service: 'boat-licence', version: 1, content })
}

/** As the page of this director opens it. */
function openedBy({ account }: { account: string }, draft: Draft): Draft {
  return filledInBy({ ...draft.content.applicant, account, mandate: `of ${account}` }, draft)
}

const handIn = (office: BoatOffice, director: { account: string }, draft: Draft) =>
  submit(office.ground, office.drafts, {
    draft: openedBy(director, draft),
    who: { ...mali(office.at), account: director.account },
    language: 'th',
  })

describe('an application of a company for which two sign', () => {
  it('is prepared by who hands it in first, and opened once the other has confirmed the same', async () => {
    await using office = await boatOffice()
    const { acts } = directors(office)
    const draft = await companyDraft(office)
    await expect(handIn(office, first, draft)).rejects.toMatchObject({
      code: 'application-joint',
      extensions: { page: `/me/mandates/joint/${actId(0)}` },
    })
    // Sent again it is the same, whoever sends it.
    await expect(handIn(office, second, draft)).rejects.toThrow('application-joint')
    expect(acts).toHaveLength(1)
    acts[0]?.by.add(second.account)
    const id = await handIn(office, second, draft)
    const found = await office.cases.byId(office.ground.pool, id)
    expect(found?.applicant).toBe(second.account)
    expect(found && applicationOf(found).applicant).toMatchObject({
      ...company,
      mandate: `of ${second.account}`,
    })
    expect(acts[0]?.used).toBe(true)
  })

  it('is confirmed anew where an answer was changed after it was confirmed', async () => {
    await using office = await boatOffice()
    const { acts } = directors(office)
    const draft = await companyDraft(office)
    await expect(handIn(office, first, draft)).rejects.toThrow('application-joint')
    acts[0]?.by.add(second.account)
    const answers = { boat: 'เรือลำอื่น', metres: 4 }
    const changed = await office.drafts.save(draft, { ...draft.content, answers })
    await expect(handIn(office, first, changed)).rejects.toMatchObject({
      extensions: { page: `/me/mandates/joint/${actId(1)}` },
    })
  })

  it('is not handed in by who is no director any more, and stays for those who are', async () => {
    await using office = await boatOffice()
    const { inOffice } = directors(office)
    const draft = await companyDraft(office)
    inOffice.delete(first.account)
    await expect(handIn(office, first, draft)).rejects.toThrow('mandate-ended')
    const owner = { account: second.account, party: company }
    expect((await office.drafts.find(owner, draft.id)).submitted).toBeUndefined()
    await expect(handIn(office, second, draft)).rejects.toThrow('application-joint')
  })

  it('is seen by every director, and handled by none of them as an officer', async () => {
    await using office = await boatOffice()
    const { acts } = directors(office)
    const draft = await companyDraft(office)
    await expect(handIn(office, first, draft)).rejects.toThrow('application-joint')
    acts[0]?.by.add(second.account)
    const id = await handIn(office, first, draft)
    const { cases, ground } = office
    const { cases: seen } = await cases.ofApplicant(await personOf(ground, second.account))
    expect(seen.map((one) => one.id)).toEqual([id])
    const isOfficerToo = { ...officer, account: second.account }
    const { caseVersion } = await cases.read(officer, id)
    const version = caseVersion
    await expect(cases.take(isOfficerToo, { case: id, version })).rejects.toBeInstanceOf(Problem)
    await expect(cases.take(officer, { case: id, version })).resolves.toBeDefined()
  })

  it('is nobody’s to handle while the company register does not answer, and a director’s never', async () => {
    await using office = await boatOffice()
    const { acts, register } = directors(office)
    const draft = await companyDraft(office)
    await expect(handIn(office, first, draft)).rejects.toThrow('application-joint')
    acts[0]?.by.add(second.account)
    const id = await handIn(office, first, draft)
    const ofPerson = await office.submit(await office.draft())
    const { cases } = office
    const director = { ...officer, account: second.account }
    const read = async (who: typeof officer, one: string) =>
      await cases.read(who, one).then(
        () => 'read',
        ({ code }) => code,
      )
    register.isSilent = true
    // It was never asked about this one: whether they direct the company is not known.
    expect(await read(director, id)).toBe('case-concern-unknown')
    expect(await read(officer, id)).toBe('case-concern-unknown')
    // Who applied for themselves, nobody acts for by that register.
    expect(await read(officer, ofPerson)).toBe('read')
    register.isSilent = false
    expect([await read(director, id), await read(officer, id)]).toEqual(['case-not-found', 'read'])
    register.isSilent = true
    // A yes stays one; a no does not.
    expect([await read(director, id), await read(officer, id)]).toEqual([
      'case-not-found',
      'case-concern-unknown',
    ])
  })

  it('is withdrawn by who acts for the company now, not by who handed it in and does so no more', async () => {
    await using office = await boatOffice()
    const { acts, inOffice } = directors(office)
    const draft = await companyDraft(office)
    await expect(handIn(office, first, draft)).rejects.toThrow('application-joint')
    acts[0]?.by.add(second.account)
    const id = await handIn(office, first, draft)
    inOffice.delete(first.account)
    const withdraw = async ({ account }: { account: string }) => {
      const person = await personOf(office.ground, account)
      return await inTransaction(office.ground.pool, (client) =>
        office.cases.withdraw(client, person, { case: id, version: 1 }),
      )
    }
    await expect(withdraw(first)).rejects.toThrow('case-not-found')
    await expect(withdraw(second)).resolves.toMatchObject({ state: 'withdrawn' })
  })

  it('is withdrawn once the other has confirmed the same words, and both see who did it', async () => {
    await using office = await boatOffice({ applicant: { as: ['self', 'company'], scope: 'apply' } })
    await using site = await portal(office)
    const { acts } = directors(office)
    const draft = await companyDraft(office)
    await expect(handIn(office, first, draft)).rejects.toThrow('application-joint')
    acts[0]?.by.add(second.account)
    const id = await handIn(office, first, draft)
    const page = `/me/applications/${id}/withdraw`
    const state = async () => (await office.cases.byId(office.ground.pool, id))?.state
    const [one, other] = [site.as(first.account), site.as(second.account)]
    const before = await state()
    const words = { version: '1', text: 'ขายเรือแล้ว' }
    await one.get(page)
    expect((await one.post(page, words, 'en')).text).toContain(`/me/mandates/joint/${actId(1)}`)
    expect([acts[1]?.act, await state()]).toMatchObject([
      { what: 'withdraw', case: id, text: words.text, stage: 'first' },
      before,
    ])
    // The other finds the words as they were confirmed; others are confirmed anew.
    expect((await other.get(page)).text).toContain(words.text)
    await other.post(page, { ...words, text: 'อื่น' })
    expect([acts.length, await state()]).toEqual([3, before])
    await one.post(page, words)
    acts[3]?.by.add(second.account)
    expect((await other.post(page, words)).to).toBe(`/me/applications/${id}`)
    expect([await state(), acts[3]?.used]).toEqual(['withdrawn', true])
    const { text } = await one.get(`/me/applications/${id}`, 'en')
    expect(text).toMatch(/Acted by <bdi>Mali Jaidee/)
  })

  it('is withdrawn by who proves anew that it is them, with the words that they sent before', async () => {
    await using office = await boatOffice({ applicant: { as: ['self', 'company'], scope: 'apply' } })
    await using site = await portal(office)
    const { acts, proof } = directors(office)
    const draft = await companyDraft(office)
    await expect(handIn(office, first, draft)).rejects.toThrow('application-joint')
    acts[0]?.by.add(second.account)
    const page = `/me/applications/${await handIn(office, first, draft)}/withdraw`
    const browser = site.as(first.account)
    const words = { version: '1', text: 'ขายเรือแล้ว' }
    proof.isStale = true
    await browser.get(page)
    // 307: the browser sends the form there once more.
    expect(await browser.post(page, words)).toMatchObject({ status: 307, to: `${page}/proved` })
    expect(acts).toHaveLength(1)
    proof.isStale = false
    expect((await browser.post(`${page}/proved`, words)).text).toContain(`/me/mandates/joint/${actId(1)}`)
    expect(acts[1]?.act).toMatchObject({ what: 'withdraw', text: words.text })
  })

  it('goes on where a proof is asked for only with one of the last minute', async () => {
    await using office = await boatOffice()
    const { ground, drafts } = office
    const routes = applicationRoutes({ ground, drafts, places, needs: {} })
    const asked = (at: string) => routes.find((one) => one.method === 'POST' && one.path === at)?.needs
    const application = '/me/applications/:case'
    const doings = [
      `${application}/withdraw`,
      `${application}/appeal`,
      '/services/boat-licence/drafts/:draft/submit',
    ]
    for (const path of doings)
      expect([asked(path)?.freshSeconds, asked(`${path}/proved`)?.freshSeconds]).toEqual([undefined, 60])
  })

  it('is handed in under one’s own mandate, never under that of who began it', async () => {
    await using office = await boatOffice()
    directors(office)
    const draft = await companyDraft(office)
    const who = { ...mali(office.at), account: second.account }
    const sent = submit(office.ground, office.drafts, { draft, who, language: 'th' })
    await expect(sent).rejects.toThrow('mandate-not-found')
  })
})

describe('a director while the company register does not answer', () => {
  const languages = [
    ['th', 'ทะเบียนบริษัท ไม่ตอบในขณะนี้', 'เก็บไว้ครบแล้ว'],
    ['en', 'Companies does not answer right now', 'are all kept'],
  ] as const

  it.each(languages)(
    'is told in %s that it is kept, finds it, and goes on',
    async (language, names, kept) => {
      await using office = await boatOffice({ applicant: { as: ['self', 'company'], scope: 'apply' } })
      await using site = await portal(office)
      const { register, acts } = directors(office)
      const draft = await companyDraft(office)
      const base = `/services/boat-licence/drafts/${draft.id}`
      const browser = site.as(first.account, `of ${first.account}`)
      expect((await browser.get('/me/applications', language)).text).toContain(base)
      await browser.get('/services/boat-licence/apply')
      register.isSilent = true
      const sent = await browser.post(`${base}/submit`, { revision: '1', declared: 'yes' }, language)
      expect(sent.status).toBe(503)
      for (const part of [kept, `${base}/review`, '/me/applications']) expect(sent.text).toContain(part)
      const { text } = await browser.get('/me/applications', language)
      for (const part of [names, base]) expect(text).toContain(part)
      expect(text).not.toContain('empty-state')
      expect((await browser.get(`${base}/review`, language)).status).toBe(200)
      register.isSilent = false
      const again = await browser.post(`${base}/submit`, { revision: '1', declared: 'yes' })
      expect([again.status, acts]).toEqual([200, [expect.objectContaining({ used: false })]])
    },
  )

  it('is not shown what was handed in for the company, before it answers', async () => {
    await using office = await boatOffice({ applicant: { as: ['self', 'company'], scope: 'apply' } })
    await using site = await portal(office)
    const { register, acts } = directors(office)
    await expect(handIn(office, first, await companyDraft(office))).rejects.toThrow('application-joint')
    acts[0]?.by.add(second.account)
    const { rows } = await office.ground.pool.query('select draft_id from services.joint_submission')
    const owner = { account: first.account, party: company }
    const id = await handIn(office, first, await office.drafts.find(owner, rows[0].draft_id))
    const browser = site.as(second.account, `of ${second.account}`)
    expect((await browser.get('/me/applications')).text).toContain(id)
    register.isSilent = true
    expect((await browser.get('/me/applications')).text).not.toContain(id)
    // It is not known whether they still direct it; nor, for anybody, which other applications there are.
    for (const one of [id, randomUUID()]) {
      const { status, text } = await browser.get(`/me/applications/${one}`, 'en')
      expect([status, text.includes('application-authority-unknown'), text.includes('Companies')]).toEqual([
        ...[503, true, true],
      ])
    }
    // That another is silent is no incident of ours.
    expect(office.lines.join()).not.toContain('page failed')
    register.isSilent = false
    expect((await browser.get(`/me/applications/${id}`)).status).toBe(200)
    expect((await browser.get(`/me/applications/${randomUUID()}`)).status).toBe(404)
  })
})

describe('what a register said long ago', () => {
  const day = 24 * 3_600_000
  const asks = { evidence: [evidence('owner', { fields: ['boatNumber'] })] }

  async function agreedDraft(office: BoatOffice) {
    Object.assign(office.ground.rooms, { actorToken: async () => ({ token: 'token', expiresIn: 300 }) })
    const facts = {
      owner: { state: 'fetched', askedAt: office.at - day - 1, data: { boatNumber: 'B-1' }, agreed: true },
    } as const
    return await office.draft({ facts })
  }

  it('is asked for again, and handed in where it is the same', async () => {
    await using office = await boatOffice(asks)
    const id = await office.submit(await agreedDraft(office))
    const found = await office.cases.byId(office.ground.pool, id)
    expect(found && applicationOf(found).facts.owner?.askedAt).toBe(office.at)
    expect(office.register.asked).toHaveLength(1)
  })

  it('is shown to the person where the register says something else now, before anything is handed in', async () => {
    await using office = await boatOffice(asks)
    const draft = await agreedDraft(office)
    office.register.done.set('other', { status: 200, body: {} })
    await expect(office.submit(draft)).rejects.toMatchObject({
      code: 'application-facts-changed',
      extensions: { page: `/services/boat-licence/drafts/${draft.id}/facts`, evidence: ['owner'] },
    })
    const kept = await office.drafts.find({ account: draft.account }, draft.id)
    expect(kept.content.facts.owner).toMatchObject({ data: { boatNumber: 'B-2' } })
    expect(kept.content.facts.owner?.agreed).toBeUndefined()
  })

  it('holds while the register is down', async () => {
    await using office = await boatOffice(asks)
    office.register.next.push('down')
    const id = await office.submit(await agreedDraft(office))
    const found = await office.cases.byId(office.ground.pool, id)
    expect(found && applicationOf(found).facts.owner).toMatchObject({ data: { boatNumber: 'B-1' } })
  })
})
