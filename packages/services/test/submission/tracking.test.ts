import { randomUUID } from 'node:crypto'
import { inTransaction } from '@sapan/kernel'
import type { Notice } from '@sapan/notices'
import { describe, expect, it } from 'vitest'
import { copyDifferences } from '../../src/draft/copied.ts'
import { carryOut } from '../../src/effects/carry-out.ts'
import type { ServicesGround } from '../../src/ground.ts'
import { giveReceipt } from '../../src/submission/receipt.ts'
import { boatLicence } from './made.ts'
import { boatOffice, officer, people } from './office.ts'
import { portal } from './portal.ts'

const { mali, somchai } = people

describe('handing in from check-your-answers', () => {
  it('leads to the confirmation with number and date; sent again it leads to the same', async () => {
    await using office = await boatOffice()
    await using site = await portal(office)
    const browser = site.as(mali.account)
    await browser.get(`/me/applications/${await office.submit(await office.draft())}/withdraw`)
    const draft = await office.draft()
    const door = `/services/boat-licence/drafts/${draft.id}/submit`
    const undeclared = await browser.post(door, { revision: '1' })
    expect(undeclared.to).toBe(`/services/boat-licence/drafts/${draft.id}/review?unticked=declared`)
    const sent = await browser.post(door, { revision: '1', declared: 'yes' })
    expect(sent.to).toMatch(/^\/me\/applications\/[0-9a-f-]{36}\/receipt$/)
    expect((await browser.post(door, { revision: '1', declared: 'yes' })).to).toBe(sent.to)
    for (const language of ['th', 'en'] as const) {
      const { text } = await browser.get(sent.to, language)
      expect(text).toContain('XX-2569-000002')
      expect(text).toContain(boatLicence().name[language])
    }
  })

  it('says on a busy day how many receipts are made before', async () => {
    await using office = await boatOffice()
    await using site = await portal(office)
    const browser = site.as(mali.account)
    const receipt = `/me/applications/${await office.submit(await office.draft())}/receipt`
    expect((await browser.get(receipt, 'en')).text).toContain('in a few minutes')
    await office.database.pool.query(
      `insert into jobs.queue select (jsonb_populate_record(queue, '{"name": "services.receipt"}')).* from jobs.queue
       where name = 'case.submit' on conflict do nothing`,
    )
    await office.database.pool.query(
      `update jobs.queue set ready_count = case name when 'case.submit' then 4300 else 21 end
       where name in ('case.submit', 'services.receipt')`,
    )
    const { text } = await browser.get(receipt, 'en')
    expect(text).toContain('4,321 documents are made before yours')
    expect(text).not.toContain('in a few minutes')
  })

  it('says where the decision is to be read, once there is one', async () => {
    await using office = await boatOffice()
    await using site = await portal(office)
    const id = await office.decided('refused')
    expect(await carryOut(office.ground, id)).toBe('completed')
    const browser = site.as(mali.account)
    const { text } = await browser.get(`/me/applications/${id}/receipt`, 'en')
    expect(text).toContain('It is decided. Follow it to read the decision')
    expect(text).not.toContain('below')
  })

  it('says which register was told, and whose it is', async () => {
    await using office = await boatOffice()
    await using site = await portal(office)
    const id = await office.decided('granted')
    expect(await carryOut(office.ground, id)).toBe('completed')
    const { text } = await site.as(mali.account).get(`/me/applications/${id}`, 'en')
    expect(text).toContain('A register was told')
    const names = boatLicence().workflow.effects.map(({ name }) => name.en)
    for (const name of names) expect(text).toContain(`${name} (`)
  })

  it('of a form that changed in another tab goes back to the answers', async () => {
    await using office = await boatOffice()
    await using site = await portal(office)
    const browser = site.as(mali.account)
    await browser.get(`/me/applications/${await office.submit(await office.draft())}/withdraw`)
    const draft = await office.draft()
    await office.drafts.save(draft, draft.content)
    const sent = await browser.post(`/services/boat-licence/drafts/${draft.id}/submit`, {
      revision: '1',
      declared: 'yes',
    })
    expect(sent.to).toBe(`/services/boat-licence/drafts/${draft.id}/review`)
  })
})

describe('the page of what was handed in', () => {
  it('says once from when the time runs', async () => {
    await using office = await boatOffice()
    await using site = await portal(office)
    const id = await office.submit(await office.draft({ answers: { boat: 'เรือใบ', metres: 6 } }))
    const { text } = await site.as(mali.account).get(`/me/applications/${id}/receipt`, 'en')
    expect(text).toContain('runs from then')
    expect(text).not.toContain('runs once what is awaited is there')
  })
})

describe('what is told of an application', () => {
  it('names it in the inbox, where there are several, by service and number', async () => {
    await using office = await boatOffice()
    const id = await office.submit(await office.draft())
    const told: Notice[] = []
    const notices: ServicesGround['notices'] = { send: async (_client, notice) => void told.push(notice) }
    await giveReceipt({ ...office.ground, notices }, id)
    const [message] = told
    expect(message?.title.en).toBe(`Your application has been received: ${boatLicence().name.en}`)
    expect(message?.body.th).toContain('เลขที่รับ XX-2569-000001')
  })
})

describe('the list of applications', () => {
  it('says what to do while there is none, then shows drafts and cases', async () => {
    await using office = await boatOffice()
    await using site = await portal(office)
    const browser = site.as(mali.account)
    expect((await browser.get('/me/applications', 'en')).text).toContain(
      'You have not applied for anything yet',
    )
    const draft = await office.draft()
    expect((await browser.get('/me/applications')).text).toContain(
      `/services/boat-licence/drafts/${draft.id}`,
    )
    const id = await office.submit(draft)
    const { text } = await browser.get('/me/applications')
    expect(text).toContain(`/me/applications/${id}`)
    expect(text).not.toContain(`/drafts/${draft.id}`)
  })
})

describe('the page of an application', () => {
  it('shows state, number, clock, answers and story, and never an officer’s name or account', async () => {
    await using office = await boatOffice()
    await using site = await portal(office)
    const id = await office.decided('refused')
    await carryOut(office.ground, id)
    const browser = site.as(mali.account)
    for (const language of ['th', 'en'] as const) {
      const { status, text } = await browser.get(`/me/applications/${id}`, language)
      expect(status).toBe(200)
      for (const part of ['XX-2569-000001', 'เรือหางยาว', 'เรือรั่ว', 'XX-LETTER-2569-000001', `${id}/appeal`])
        expect(text).toContain(part)
      expect(text).not.toContain(officer.account)
    }
  })

  it('of another is not there, and the try is logged; so is what is no id', async () => {
    await using office = await boatOffice()
    await using site = await portal(office)
    const id = await office.submit(await office.draft())
    const stranger = site.as(somchai.account)
    for (const below of ['', '/receipt', '/reply', '/withdraw', '/appeal', '/pay', `/files/${randomUUID()}`])
      expect((await stranger.get(`/me/applications/${id}${below}`)).status).toBe(404)
    expect(office.lines.join()).toContain(id)
    const own = site.as(mali.account)
    for (const wrong of ['x', "' or 1=1", randomUUID(), '%00', '../..'])
      expect((await own.get(`/me/applications/${encodeURIComponent(wrong)}`)).status).toBeGreaterThanOrEqual(
        400,
      )
  })

  it('takes the answer to a question, a withdrawal and an appeal, each once', async () => {
    await using office = await boatOffice()
    await using site = await portal(office)
    const browser = site.as(mali.account)
    const id = await office.submit(await office.draft())
    const { caseVersion } = await office.cases.read(officer, id)
    const taken = await office.cases.take(officer, { case: id, version: caseVersion })
    await office.cases.ask(officer, { case: id, version: taken.caseVersion }, 'เรือสีอะไร')
    const asked = (await browser.get(`/me/applications/${id}`)).text
    for (const said of ['เรือสีอะไร', '30 วัน (พระราชบัญญัติเรือสมมติ มาตรา 9)']) expect(asked).toContain(said)
    const page = await browser.get(`/me/applications/${id}/reply`)
    const version = /name="version" value="(\d+)"/.exec(page.text)?.[1] ?? ''
    for (const text of [' ', 'ก'.repeat(4001), 'แดง\u202eขาว'])
      expect((await browser.post(`/me/applications/${id}/reply`, { version, text })).status).toBe(422)
    expect((await browser.post(`/me/applications/${id}/reply`, { version, text: 'สีแดง' })).status).toBe(303)
    expect((await browser.post(`/me/applications/${id}/reply`, { version, text: 'สีแดง' })).status).toBe(409)
    await browser.get(`/me/applications/${id}/withdraw`)
    const long = await browser.post(`/me/applications/${id}/withdraw`, { version, text: 'x'.repeat(4001) })
    expect([long.status, long.text.includes('x'.repeat(4001))]).toEqual([422, true])
    const now = await office.cases.read(officer, id)
    const left = await browser.post(`/me/applications/${id}/withdraw`, {
      version: String(now.caseVersion),
    })
    expect(left.status).toBe(303)
    expect((await browser.get(`/me/applications/${id}`, 'en')).text).toContain('You withdrew it')
  })

  it('is copied into a new draft with the person’s own answers', async () => {
    await using office = await boatOffice()
    await using site = await portal(office)
    const browser = site.as(mali.account)
    const id = await office.decided('refused')
    await carryOut(office.ground, id)
    await browser.get(`/me/applications/${id}`)
    const { to } = await browser.post(`/me/applications/${id}/copy`)
    const draft = await office.drafts.find({ account: mali.account }, to.split('/').at(-1) ?? '')
    expect(draft.content).toMatchObject({ answers: { boat: 'เรือหางยาว', metres: 4 }, done: [], facts: {} })
    const [definition] = office.definitions
    if (definition === undefined) throw new Error('there is no definition')
    const differences = (copy: typeof draft) =>
      copyDifferences(definition, copy, { language: 'en', today: '2026-11-23' })
    expect(differences(draft)).toEqual([])
    const answers = { boat: 'เรือหางสั้น' }
    const saved = await office.drafts.save(draft, { ...draft.content, answers, done: ['boat'] })
    expect(differences(saved)).toEqual([
      {
        page: 'boat',
        label: 'Name of the boat',
        before: 'เรือหางยาว',
        now: 'เรือหางสั้น',
        isFromRegister: false,
      },
      { page: 'boat', label: 'Metres', before: '4', now: undefined, isFromRegister: false },
    ])
  })
})

describe('an application that was erased', () => {
  it('is copied no more, also from a page of before', async () => {
    await using office = await boatOffice()
    await using site = await portal(office)
    const id = await office.decided()
    await carryOut(office.ground, id)
    const browser = site.as(mali.account)
    await browser.get(`/me/applications/${id}`)
    await inTransaction(office.ground.pool, (client) => office.cases.erase(client, id, 'kept long enough'))
    expect((await browser.post(`/me/applications/${id}/copy`)).status).toBe(404)
  })
})

describe('somebody who is asked for consent', () => {
  const content = { answers: { boat: 'เรือลับ', metres: 4, partner: somchai.number } }

  it('sees what they agree to and nothing else of the application, and answers once', async () => {
    await using office = await boatOffice()
    await using site = await portal(office)
    const id = await office.submit(await office.draft(content))
    const asked = site.as(somchai.account)
    expect((await asked.get('/me/applications')).text).toContain(`/me/applications/asked/${id}`)
    expect((await asked.get(`/me/applications/${id}`)).to).toBe(`/me/applications/asked/${id}`)
    const { text } = await asked.get(`/me/applications/asked/${id}`)
    expect(text).toContain('Do you agree?')
    expect(text).toContain('มะลิ ใจดี')
    expect(text).toMatch(/สิ่งที่คุณถูกขอให้ยินยอม.*ความยาว.*4/s)
    expect(text).not.toContain('เรือลับ')
    for (const more of ['receipt', 'withdraw', 'appeal', 'reply', 'pay'])
      expect((await asked.get(`/me/applications/${id}/${more}`)).to).toBe(`/me/applications/${id}`)
    expect((await asked.post(`/me/applications/${id}/copy`)).status).toBe(404)
    expect((await asked.post(`/me/applications/asked/${id}`)).status).toBe(422)
    expect((await asked.post(`/me/applications/asked/${id}`, { agrees: 'yes' })).status).toBe(200)
    expect((await office.cases.byId(office.ground.pool, id))?.state).toBe('awaiting-decision')
    expect((await asked.post(`/me/applications/asked/${id}`, { agrees: 'no' })).status).toBe(404)
  })

  it('who says no ends it; nobody else can answer', async () => {
    await using office = await boatOffice()
    await using site = await portal(office)
    const id = await office.submit(await office.draft(content))
    const applicant = site.as(mali.account)
    expect((await applicant.get(`/me/applications/asked/${id}`)).status).toBe(404)
    const asked = site.as(somchai.account)
    await asked.get(`/me/applications/asked/${id}`)
    const answered = await asked.post(`/me/applications/asked/${id}`, { agrees: 'no' })
    // Nothing succeeded: what they said is repeated without a tick.
    expect(answered.text).toContain('data-color="info"')
    expect(answered.text).not.toContain('data-color="success"')
    expect((await office.cases.byId(office.ground.pool, id))?.state).toBe('lapsed')
    expect((await applicant.get(`/me/applications/${id}`, 'en')).text).toContain('Closed without a decision')
  })
})
