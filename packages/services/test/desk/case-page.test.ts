import { inTransaction, Problem, type ProblemType, registeredProblems } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carryOut } from '../../src/effects/carry-out.ts'
import { settledInput } from '../../src/effects/settled.ts'
import { cast, grant, refusal, seenOf } from '../authorisation/roles.ts'
import { type Desk, desk } from './site.ts'

let here: Desk
beforeAll(async () => {
  here = await desk()
})
afterAll(() => here?.[Symbol.asyncDispose]())

describe('deciding', () => {
  it('against the applicant needs a reason and words, and shows again what was typed', async () => {
    const { case: found, holder } = await cast(here, 'decide')
    const { id, version } = seenOf(found)
    const at = `/desk/cases/${id}/decide/refused`
    const page = await here.as(holder).get(at, 'en')
    for (const said of ['The boat is not safe.', 'can appeal within 30 days', 'Issued: Letter'])
      expect(page.text).toContain(said)
    const nothing = await here.as(holder).post(at, { version, words: ' ' })
    expect(nothing.status).toBe(422)
    for (const field of ['href="#reason', 'href="#words"']) expect(nothing.html).toContain(field)
    const typed = await here.as(holder).post(at, { version, words: '<b>รั่ว</b>' })
    expect(typed.status).toBe(422)
    expect(typed.html).toContain('&lt;b>รั่ว&lt;/b></textarea>')
    const reason = await here.as(holder).post(at, { version, reason: ['unsafe', 'x'], words: '' })
    expect(reason.html).toMatch(/value="unsafe"[^>]*checked/)
    expect((await here.read(id)).state).toBe('awaiting-decision')
  })

  it('asks what the service asks: each is read as in forms, and shown again with what is wrong', async () => {
    const { case: found, holder } = await cast(here, 'decide')
    const { id, version } = seenOf(found)
    const at = `/desk/cases/${id}/decide/granted`
    const wrong = {
      version,
      refund: '-1',
      'till-day': '30',
      'till-month': '2',
      'till-year': '2570',
      words: 'ดี',
    }
    const sent = await here.as(holder).post(at, wrong)
    expect(sent.status).toBe(422)
    // At the top of the page an error is named by its field.
    expect(sent.html).toMatch(/href="#refund"[^>]*>Paid back: /)
    for (const said of [
      'value="-1"',
      'value="30"',
      'value="2570"',
      'ดี</textarea>',
      'href="#refund"',
      '#till',
    ])
      expect(sent.html).toContain(said)
    expect(
      sent.html.match(/ds-validation-message|ds-error-message|aria-invalid="true"/g)?.length,
    ).toBeGreaterThan(1)
    const right = { ...wrong, refund: '12.50', 'till-day': '28' }
    expect((await here.as(holder).post(at, right)).status).toBe(303)
    expect((await here.read(id)).decision?.inputs).toEqual({ refund: 1250, till: '2027-02-28' })
  })

  it('holds what the officer answers to the checks of the definition, and asks what an answer brings up', async () => {
    const { case: found, holder } = await cast(here, 'decide')
    const { id, version } = seenOf(found)
    const at = `/desk/cases/${id}/decide/granted`
    const till = { 'till-day': '28', 'till-month': '2', 'till-year': '2570' }
    expect((await here.as(holder).get(at, 'en')).html).not.toContain('name="why"')
    const much = await here.as(holder).post(at, { version, ...till, refund: '5000.01' })
    expect(much.status).toBe(422)
    expect(much.html).toContain('More than a licence costs')
    const more = await here.as(holder).post(at, { version, ...till, refund: '5000' })
    expect(more.status).toBe(422)
    expect(more.html).toContain('name="why"')
    expect(more.html).not.toContain('More than a licence costs')
    const right = { version, ...till, refund: '5000', asked: 'why', why: 'Twice' }
    expect((await here.as(holder).post(at, right)).status).toBe(303)
    expect((await here.read(id)).decision?.inputs).toEqual({
      refund: 500000,
      till: '2027-02-28',
      why: 'Twice',
    })
  })

  it('keeps what was typed where somebody was faster', async () => {
    const { case: found, holder, colleague } = await cast(here, 'decide')
    await here.cases.note(colleague, { case: found.id, version: found.caseVersion }, 'รอก่อน')
    const { id, version } = seenOf(found)
    const sent = { version, reason: 'unsafe', words: 'เขียนไว้ยาว' }
    const page = await here.as(holder).post(`/desk/cases/${id}/decide/refused`, sent)
    expect(page.status).toBe(409)
    expect(page.html).toContain('เขียนไว้ยาว</textarea>')
    expect(page.html).toMatch(/value="unsafe"[^>]*checked/)
    expect(page.html).toContain(`name="version" value="${found.caseVersion + 1}"`)
  })
})

describe('what registers were told before a case came back', () => {
  it('is listed before it is decided otherwise, may be marked as set right, and stands in the history', async () => {
    const { case: found, holder } = await cast(here, 'decide')
    const grant = {
      outcome: 'granted',
      favours: true,
      reasons: [],
      inputs: { refund: 0, till: '2026-12-31' },
    }
    await here.cases.decide(holder, { case: found.id, version: found.caseVersion }, grant)
    const { ground } = here.office
    await inTransaction(ground.pool, async (client) => {
      await ground.cases.carryOut(client, found.id, { effect: 'enter', exchange: 'x1' })
      await ground.cases.returnToOfficer(client, found.id, 'ทะเบียนไม่รับ')
    })
    const returned = await here.read(found.id)
    const at = `/desk/cases/${returned.id}`
    const refusing = await here.as(holder).get(`${at}/decide/refused`, 'en')
    expect(refusing.text).toContain('Registers that were told already')
    expect(refusing.text).toContain('Enter it in the register of boats')
    expect(refusing.html).not.toContain('name="settled"')
    const page = await here.as(holder).get(at, 'en')
    expect(page.text).toContain('Registers that were told already')
    expect(page.text).toMatch(/Carried out: Enter it in the register of boats/)
    expect((await here.as(holder).get(`${at}/decide/granted`, 'en')).html).toContain('name="settled"')
    const sent = await here.as(holder).post(`${at}/decide/granted`, {
      ...{ version: String(returned.caseVersion), refund: '0', settled: ['enter', 'port'] },
      ...{ 'till-day': '28', 'till-month': '2', 'till-year': '2570' },
    })
    expect(sent.status).toBe(303)
    expect((await here.read(returned.id)).decision?.inputs).toMatchObject({ [settledInput]: ['enter'] })
    expect((await here.as(holder).get(at, 'en')).text).toContain('Registers that were set right')
  })
})

describe('the page of a case', () => {
  it('shows what was handed in, conditions, what happened, and that looking is recorded', async () => {
    const { case: found, holder } = await cast(here, 'endorse')
    for (const language of ['th', 'en'] as const) {
      const page = await here.as(holder).get(`/desk/cases/${found.id}`, language)
      expect(page.status).toBe(200)
      for (const said of [found.number, 'เรือหางยาว', 'A small boat', 'มะลิ ใจดี'].slice(
        0,
        language === 'th' ? 4 : 3,
      ))
        expect(page.text).toContain(said)
    }
    const views = await here.cases.viewsOf({ account: found.applicant, parties: [] }, found.id)
    expect(views.map(({ officer }) => officer)).toContain(holder.account)
  })

  it('marks what a register said otherwise, and as the register’s what it said just so', async () => {
    const { open } = here
    const withMark = async (was: string, origin: 'register' | 'applicant') => {
      here.open = async () => await open({ marks: { boat: { origin, was, evidence: 'hull' } } } as never)
      const { case: found, holder } = await cast(here, 'review')
      here.open = open
      return (await here.as(holder).get(`/desk/cases/${found.id}`)).text
    }
    const same = await withMark('เรือหางยาว', 'register')
    expect(same).toContain('จากทะเบียน')
    expect(same).not.toContain('ทะเบียนว่า')
    expect(await withMark('เรือหางสั้น', 'applicant')).toContain('ทะเบียนว่า เรือหางสั้น')
  })

  it('says how long the applicant has to reply, and by which law', async () => {
    const { case: found, holder } = await cast(here, 'review')
    expect((await here.as(holder).get(`/desk/cases/${found.id}`)).text).toContain(
      '30 วัน (พระราชบัญญัติเรือสมมติ มาตรา 9)',
    )
    const page = await here.as(holder).get(`/desk/cases/${found.id}`, 'en')
    expect(page.text).toContain('They have 30 days (Boats Act section 9) to reply')
  })

  it('offers each only what they can do', async () => {
    const { case: found, holder, colleague, otherStep } = await cast(here, 'review')
    const offered = async (who: typeof holder) => {
      const { html } = await here.as(who).get(`/desk/cases/${found.id}`)
      return [...html.matchAll(/action="\/desk\/cases\/[^/]+\/([a-z-]+)"/g)]
        .map(([, action]) => action)
        .sort()
    }
    expect(await offered(holder)).toEqual(['ask', 'ask-again', 'note', 'release', 'review', 'void'])
    expect(await offered(colleague)).toEqual(['assign', 'note'])
    expect(await offered(otherStep)).toEqual(['note'])
  })
})

describe('asking registers anew', () => {
  const ask = async () => {
    const { case: found, holder } = await cast(here, 'decide')
    return (await here.as(holder).post(`/desk/cases/${found.id}/ask-again`)).text
  }

  it('says which do not answer', async () => {
    here.hull = 'down'
    expect(await ask()).toContain('ยังถามไม่ได้: Survey of the hull')
  })

  it('is kept nowhere: what it said is not on the page any more', async () => {
    here.hull = { status: 200, body: { length: '99 เมตร' } }
    const { case: found, holder } = await cast(here, 'decide')
    await here.as(holder).post(`/desk/cases/${found.id}/ask-again`)
    expect((await here.as(holder).get(`/desk/cases/${found.id}`)).text).not.toContain('99 เมตร')
  })
})

describe('a register that changed between handing in and the decision', () => {
  it('is shown beside what it said then, markup as text', async () => {
    const facts = {
      hull: { state: 'fetched', askedAt: here.office.at, data: { length: '4 เมตร' }, agreed: true },
    }
    const open = here.open
    here.open = async () => await open({ facts } as never)
    const { case: found, holder } = await cast(here, 'decide')
    here.open = open
    here.hull = { status: 200, body: { length: '<b>9</b>' } }
    const page = await here.as(holder).post(`/desk/cases/${found.id}/ask-again`)
    for (const said of ['Length of the hull', '4 เมตร', '&lt;b>9&lt;/b>']) expect(page.html).toContain(said)
    here.hull = { status: 200, body: { length: '4 เมตร' } }
    const same = await here.as(holder).post(`/desk/cases/${found.id}/ask-again`)
    expect(same.text).toContain('ทะเบียนตรงกับคำขอ')
  })
})

describe('signing', () => {
  it('shows each document to be read, then that it is signed', async () => {
    const { case: found, holder } = await cast(here, 'sign', { refuse: true })
    const { id, version } = seenOf(found)
    const page = await here.as(holder).get(`/desk/cases/${id}`, 'en')
    expect(page.html).toContain(`/desk/cases/${id}/outputs/letter`)
    expect(page.text).toContain('Sign: Letter')
    await here.as(holder).post(`/desk/cases/${id}/outputs/letter/sign`, { version })
    here.signing.confirm()
    await here.as(holder).post(`/desk/cases/${id}/sign`, { version })
    const decided = await here.as(holder).get(`/desk/cases/${id}`, 'en')
    expect(decided.text).toContain(refusal.reasons[0]?.words)
    expect(decided.text).toContain('Signed')
  })
})

describe('a decision that is being carried out', () => {
  it('says which register does not answer, since when and how often it was tried', async () => {
    const { case: found, holder } = await cast(here, 'decide')
    await here.cases.decide(holder, { case: found.id, version: found.caseVersion }, grant)
    const shown = async () => (await here.as(holder).get(`/desk/cases/${found.id}`, 'en')).text
    expect(await shown()).not.toContain('does not answer yet')
    here.office.register.next.push('down', 503)
    for (const times of ['1 time', '2 times']) {
      expect(await carryOut(here.office.ground, found.id)).toBe('later')
      expect(await shown()).toMatch(new RegExp(`A register does not answer yet.*tried ${times} since`))
    }
    await carryOut(here.office.ground, found.id)
    expect(await shown()).not.toContain('does not answer yet')
  })

  it('says that a gateway lets nothing through, where that is so', async () => {
    const { case: found, holder } = await cast(here, 'decide')
    await here.cases.decide(holder, { case: found.id, version: found.caseVersion }, grant)
    const refused = new Problem(registeredProblems().get('no-grant') as ProblemType)
    here.office.register.next.push(refused, refused)
    for (let turn = 0; turn < 2; turn++) await carryOut(here.office.ground, found.id)
    const page = await here.as(holder).get(`/desk/cases/${found.id}`, 'en')
    expect(page.text).toContain('A gateway does not let it through yet')
    expect(page.text).not.toContain('does not answer yet')
  })
})

describe('asking the applicant for more', () => {
  it('names answers of the form and documents; not what settled the fee', async () => {
    const { case: found, holder } = await cast(here, 'review')
    const { id, version } = seenOf(found)
    const page = await here.as(holder).get(`/desk/cases/${id}`)
    expect(page.html).toMatch(/name="field-boat"[^>]*value="boat"/)
    expect(page.html).not.toContain('value="metres"')
    const nothing = { version, ask: ' ', 'field-boat': 'boat', 'file-0': 'ใบเสร็จ' }
    const again = await here.as(holder).post(`/desk/cases/${id}/ask`, nothing)
    expect(again.status).toBe(422)
    expect(again.html).toMatch(/value="boat"[^>]*checked/)
    expect(again.html).toContain('value="ใบเสร็จ"')
    const sent = { ...nothing, ask: 'ขอแก้ชื่อเรือ', 'field-boat2': 'metres', 'field-x': 'x.y' }
    expect((await here.as(holder).post(`/desk/cases/${id}/ask`, sent)).status).toBe(303)
    const events = await here.cases.history(holder, id)
    expect(events.at(-1)?.words?.data).toEqual({ fields: ['boat'], files: ['ใบเสร็จ'] })
  })

  it('shows the old beside the new once they replied', async () => {
    const { case: found, holder } = await cast(here, 'review')
    const seen = { case: found.id, version: found.caseVersion }
    const now = await here.cases.ask(holder, seen, 'ขอแก้', { fields: ['boat'], files: [] })
    const person = { account: found.applicant, parties: [] }
    const data = { answers: { boat: 'เรือหางสั้น' }, files: [] }
    await here.office.database.pool.connect().then(async (client) => {
      await here.cases.reply(client, person, { case: found.id, version: now.caseVersion }, data)
      client.release()
    })
    const { html } = await here.as(holder).get(`/desk/cases/${found.id}`)
    expect(html).toMatch(/เรือหางยาว<\/span><\/td><td[^>]*><span[^>]*>เรือหางสั้น/)
  })
})
